"""The HTTP server under the application: uvicorn, with limits on the head of a request as well."""

from __future__ import annotations

from typing import Final

import uvicorn
from starlette.types import ASGIApp

from careledger.request_heads import HeadLimitedProtocol
from ingest.settings import IngestSettings

_STOP_SECONDS: Final = 15


def serve(app: ASGIApp, settings: IngestSettings) -> None:
    """Answer requests until the process is told to stop."""
    uvicorn.Server(server_config(app, settings)).run()


def server_config(app: ASGIApp, settings: IngestSettings) -> uvicorn.Config:
    """Say how the application is served."""
    proxies = [text.strip() for text in settings.ingest_trusted_proxies.split(",") if text.strip()]
    return uvicorn.Config(
        app,
        host=settings.ingest_host,
        port=settings.ingest_port,
        http=type(
            "Protocol",
            (HeadLimitedProtocol,),
            {"head_timeout_seconds": settings.ingest_receive_timeout_seconds},
        ),
        ws="none",
        loop="uvloop",
        log_config=None,
        # Its access log would write query strings; the request frame has one without.
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies,
        limit_concurrency=settings.ingest_connections_max,
        timeout_graceful_shutdown=_STOP_SECONDS,
    )
