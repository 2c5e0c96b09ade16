"""What surrounds every request: its id, the headers of every answer, and its line in the log."""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import Final

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from careledger import ids
from careledger.telemetry import trace_id_of

REQUEST_ID_HEADER: Final = "x-request-id"
_PROBES: Final = frozenset({"/livez", "/readyz"})
_IN_THE_CLEAR: Final = Response(
    b'{"type":"about:blank","title":"Upgrade Required","status":426,"detail":"Send it by TLS."}',
    status_code=HTTPStatus.UPGRADE_REQUIRED,
    headers={"upgrade": "TLS/1.2, HTTP/1.1", "connection": "Upgrade"},
    media_type="application/problem+json",
)
_log = structlog.get_logger(__name__)


class RequestFrame:
    """ASGI middleware; the id is ours, never the client's, and queries are not logged."""

    def __init__(self, app: ASGIApp, *, requires_tls: bool = False) -> None:
        self._app = app
        self._requires_tls = requires_tls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = ids.new_id()
        trace_id = trace_id_of(Headers(scope=scope).get("traceparent", ""))
        scope.setdefault("state", {}).update(request_id=request_id, trace_id=trace_id)
        status = 0
        since = time.monotonic()

        async def send_framed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
                headers = MutableHeaders(scope=message)
                headers[REQUEST_ID_HEADER] = request_id
                headers["cache-control"] = "no-store"
                headers["x-content-type-options"] = "nosniff"
            await send(message)

        try:
            if self._requires_tls and scope["scheme"] != "https" and scope["path"] not in _PROBES:
                await _IN_THE_CLEAR(scope, receive, send_framed)
                return
            await self._app(scope, receive, send_framed)
        finally:
            if scope["path"] not in _PROBES:
                _log.info(
                    "request_answered",
                    request_id=request_id,
                    trace_id=trace_id,
                    method=scope["method"],
                    # What was asked for can be anything, a name too; what answered is ours.
                    route=getattr(scope.get("route"), "path_format", "unknown"),
                    status=status,
                    milliseconds=round((time.monotonic() - since) * 1000),
                )
