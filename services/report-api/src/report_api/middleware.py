"""Around every request: its id, its log line, the headers of every answer, and the last net.

Plain ASGI: a layer that ran the application in a task of its own would leak cancelled queries.
"""

from __future__ import annotations

import time
from typing import Final

import structlog
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from report_api.errors import problem_response
from report_api.facts import RequestFacts, begin, route_path
from report_api.metrics import observe
from report_api.problems import INTERNAL
from report_api.refusals import log_defect
from report_api.unattributed import UnattributedRequests

_log = structlog.stdlib.get_logger(__name__)

DEID_PROFILE: Final = "pseudonymized-phi; minimum-necessary-view"
SUPPRESSED_PROFILE: Final = "suppressed; cells-of-1-to-10-patients-hidden; not-de-identified; phi"
BODY_BYTES_MAX: Final = 64 * 1024
_REPORTS: Final = "/api/v1/reports"
_SUPPRESSED: Final = f"{_REPORTS}/revenue/suppressed"
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_HSTS: Final = "max-age=63072000; includeSubDomains"


class RequestEnvelope:
    """Wraps the application; an answer nobody accounted for is counted before it leaves."""

    def __init__(self, app: ASGIApp, *, unattributed: UnattributedRequests) -> None:
        self._app = app
        self._unattributed = unattributed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        facts = begin(scope)
        began = time.perf_counter()
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                if not facts.accounted:
                    self._unattributed.count(facts.remote, facts.limited_account)
                _add_headers(MutableHeaders(scope=message), scope, facts)
            await send(message)

        with structlog.contextvars.bound_contextvars(
            request_id=facts.request_id, trace_id=facts.trace_id
        ):
            try:
                await self._app(scope, _limited(receive), send_with_headers)
            except Exception as error:
                log_defect(error)
                if status:
                    raise
                answer = problem_response(Request(scope), INTERNAL)
                await answer(scope, receive, send_with_headers)
            finally:
                seconds = time.perf_counter() - began
                observe(scope["method"], route_path(scope), status, seconds)
                _log.info(
                    "request",
                    method=scope["method"],
                    route=route_path(scope),
                    status=status,
                    duration_ms=round(seconds * 1000, 1),
                )


def _limited(receive: Receive) -> Receive:
    """Count the body as it comes; what Content-Length says is not asked."""
    received = 0

    async def receive_counted() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > BODY_BYTES_MAX:
            # FastAPI lets only its own kind of error through while it reads a body.
            raise HTTPException(413)
        return message

    return receive_counted


def _add_headers(headers: MutableHeaders, scope: Scope, facts: RequestFacts) -> None:
    headers["X-Request-ID"] = facts.request_id
    for name, value in facts.headers.items():
        headers.append(name, value)
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    if scope["path"].startswith(_REPORTS):
        suppressed = scope["path"] == _SUPPRESSED
        headers["X-Deid-Profile"] = SUPPRESSED_PROFILE if suppressed else DEID_PROFILE
    if scope["scheme"] == "https":
        headers["Strict-Transport-Security"] = _HSTS
