"""`report-api serve`: checks every setting and part first, then answers until told to stop."""

from __future__ import annotations

import asyncio

import uvicorn

from careledger.settings import load
from report_api.settings import ReportApiSettings
from report_api.startup import check_parts

_STOP_SECONDS = 15


def serve() -> None:
    """Answer requests; stops at SIGTERM after the requests under way."""
    settings = load(ReportApiSettings)
    asyncio.run(check_parts(settings))
    proxies = settings.report_api_trusted_proxies
    uvicorn.run(
        "report_api.app:from_environment",
        factory=True,
        host=settings.report_api_host,
        port=settings.report_api_port,
        workers=settings.report_api_workers,
        loop="uvloop",
        http="httptools",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or None,
        timeout_graceful_shutdown=_STOP_SECONDS,
    )
