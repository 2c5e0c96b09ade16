"""The head of an HTTP request within limits of time and size, whoever sends it."""

from __future__ import annotations

import asyncio
from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES_MAX: Final = 64 * 1024


class HeadLimitedProtocol(HttpToolsProtocol):
    """uvicorn's protocol with a limit of time and size for the head of each request.

    By itself uvicorn waits for ever for a connection's first request and takes headers of any
    length; the body is limited by the services.
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
