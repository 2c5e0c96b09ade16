"""The head of an HTTP request within limits of time and size, whoever sends it.

What is refused here, before there is a request for a service to answer, is refused as services
refuse: with a problem document (RFC 9457) that repeats nothing, and an id.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any, Final

import msgspec
import structlog
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from careledger.ids import new_id

HEAD_BYTES_MAX: Final = 64 * 1024
RETRY_SECONDS: Final = 2
_log = structlog.stdlib.get_logger(__name__)
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Connection": "close",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}


class HeadLimitedProtocol(HttpToolsProtocol):
    """uvicorn's protocol with a limit of time and size for the head of each request.

    By itself uvicorn waits for ever for a connection's first request, takes headers of any length,
    and refuses in plain text; the body is limited by the services.
    """

    head_timeout_seconds = 30.0
    _timer: asyncio.TimerHandle | None = None
    _head_bytes = 0
    _connections_max: int | None = None

    def connection_made(  # pyright: ignore[reportIncompatibleMethodOverride] - as uvicorn does
        self, transport: asyncio.Transport
    ) -> None:
        """Wait for the first request."""
        self._connections_max, self.limit_concurrency = self.limit_concurrency, None
        super().connection_made(transport)
        self._await_head()

    def on_message_begin(self) -> None:
        """Wait for the rest of a head."""
        super().on_message_begin()
        self._await_head()

    def on_headers_complete(self) -> None:
        """Go on to the body; with more connections than may be, say so instead."""
        self._forget_head()
        most = self._connections_max
        if most is not None and max(len(self.connections), len(self.tasks)) >= most:
            self.app = _too_busy
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
            self._refuse(
                HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The head of the request is too large."
            )

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - the same for all of them
        """Refuse what is no request."""
        self._refuse(HTTPStatus.BAD_REQUEST, "This is no HTTP request that can be read.")

    def _refuse(self, status: HTTPStatus, detail: str) -> None:
        answer = _problem(status, detail)
        head = [f"HTTP/1.1 {status.value} {status.phrase}".encode()]
        head += [
            b"%b: %b" % pair for pair in [*self.server_state.default_headers, *answer.raw_headers]
        ]
        self.transport.write(b"\r\n".join([*head, b"", bytes(answer.body)]))
        self.transport.close()

    def _await_head(self) -> None:
        self._forget_head()
        self._timer = self.loop.call_later(self.head_timeout_seconds, self.transport.close)

    def _forget_head(self) -> None:
        self._head_bytes = 0
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


async def _too_busy(scope: Scope, receive: Receive, send: Send) -> None:
    _log.warning("too_many_connections")
    answer = _problem(
        HTTPStatus.SERVICE_UNAVAILABLE, "There are too many connections. Ask again in a moment."
    )
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    await answer(scope, receive, send)


def _problem(status: HTTPStatus, detail: str) -> Response:
    request_id = new_id()
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
        "instance": f"urn:uuid:{request_id}",
        "request_id": request_id,
    }
    return Response(
        msgspec.json.encode(document),
        status_code=status.value,
        headers={**_HEADERS, "X-Request-ID": request_id},
        media_type="application/problem+json",
    )
