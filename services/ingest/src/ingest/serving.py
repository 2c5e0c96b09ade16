"""The HTTP server under the application: uvicorn, with limits on the head of a request as well."""

from __future__ import annotations

import asyncio
from typing import Final

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from ingest.settings import IngestSettings

HEAD_BYTES_MAX: Final = 64 * 1024
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


class HeadLimitedProtocol(HttpToolsProtocol):
    """uvicorn's protocol with a limit of time and size for the head of each request.

    By itself uvicorn waits for ever for a connection's first request and takes headers of any
    length; the body is limited by `ingest.bodies`.
    """

    head_timeout_seconds = 30.0
    _timer: asyncio.TimerHandle | None = None
    _head_bytes = 0

    def connection_made(  # pyright: ignore[reportIncompatibleMethodOverride] - as uvicorn does
        self, transport: asyncio.Transport
    ) -> None:
        """Wait for the first request."""
        super().connection_made(transport)
        self._await_head()

    def on_message_begin(self) -> None:
        """Wait for the rest of a head."""
        super().on_message_begin()
        self._await_head()

    def on_headers_complete(self) -> None:
        """Go on to the body."""
        self._forget_head()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._forget_head()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what belongs to a head."""
        super().data_received(data)
        if self._timer is None:
            return
        self._head_bytes += len(data)
        if self._head_bytes > HEAD_BYTES_MAX:
            self.send_400_response("The head of the request is too large.")

    def _await_head(self) -> None:
        self._forget_head()
        self._timer = self.loop.call_later(self.head_timeout_seconds, self.transport.close)

    def _forget_head(self) -> None:
        self._head_bytes = 0
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
