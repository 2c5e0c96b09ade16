"""`report-api serve`: checks every setting and part first, then answers until told to stop."""

from __future__ import annotations

import asyncio
import atexit
import os
import shutil
import tempfile

import uvicorn

from careledger.request_heads import HeadLimitedProtocol
from careledger.settings import load
from report_api.settings import ReportApiSettings
from report_api.startup import check_parts

_STOP_SECONDS = 15


def _serve_metrics(settings: ReportApiSettings) -> None:
    """Serve what all processes count, from this one; they meet in a folder."""
    # The library decides how to count when it is imported, so the folder comes first.
    folder = tempfile.mkdtemp(prefix="careledger-metrics-")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder  # noqa: TID251 - told to processes, not read
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    from prometheus_client import CollectorRegistry, start_http_server  # noqa: PLC0415
    from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415

    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=folder)
    start_http_server(
        settings.report_api_metrics_port, addr=settings.report_api_host, registry=registry
    )


def serve() -> None:
    """Answer requests; stops at SIGTERM after the requests under way."""
    settings = load(ReportApiSettings)
    asyncio.run(check_parts(settings))
    if settings.report_api_metrics_port:
        _serve_metrics(settings)
    proxies = settings.report_api_trusted_proxies
    uvicorn.run(
        "report_api.app:from_environment",
        factory=True,
        host=settings.report_api_host,
        port=settings.report_api_port,
        workers=settings.report_api_workers,
        loop="uvloop",
        http=HeadLimitedProtocol,
        limit_concurrency=settings.report_api_connections_max,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or None,
        timeout_graceful_shutdown=_STOP_SECONDS,
    )
