"""Around every request: its id, its log line, the headers of every answer, and the last net.

Plain ASGI: a layer that ran the application in a task of its own would leak cancelled queries.
"""

from __future__ import annotations

import asyncio
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
from report_api.problems import INTERNAL, kind_of_status
from report_api.refusals import log_defect
from report_api.unattributed import UnattributedRequests

_log = structlog.stdlib.get_logger(__name__)

DEID_PROFILE: Final = "pseudonymized-phi; minimum-necessary-view"
SUPPRESSED_PROFILE: Final = "suppressed; cells-of-1-to-10-patients-hidden; not-de-identified; phi"
BODY_BYTES_MAX: Final = 64 * 1024
BODY_SECONDS_MAX: Final = 30.0
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
PROBES: Final = frozenset({"/livez", "/readyz"})
_UPGRADE: Final = {"Upgrade": "TLS/1.2, HTTP/1.1", "Connection": "Upgrade"}
_HSTS: Final = "max-age=63072000; includeSubDomains"


class RequestEnvelope:
    """Wraps the application; an answer nobody accounted for is counted before it leaves."""

    def __init__(
        self, app: ASGIApp, *, unattributed: UnattributedRequests, requires_tls: bool
    ) -> None:
        self._app = app
        self._unattributed = unattributed
        self._requires_tls = requires_tls

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
                if self._requires_tls and _is_in_the_clear(scope):
                    answer = problem_response(Request(scope), kind_of_status(426), headers=_UPGRADE)
                    await answer(scope, receive, send_with_headers)
                    return
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


def _is_in_the_clear(scope: Scope) -> bool:
    """Whether a request came without TLS; probes come from this side of the proxy."""
    return scope["scheme"] != "https" and scope["path"] not in PROBES


def _limited(receive: Receive) -> Receive:
    """Count the body as it comes, and wait for all of it no longer than it is worth.

    What Content-Length says is not asked.
    """
    received = 0
    until: float | None = None
    complete = False

    async def receive_counted() -> Message:
        nonlocal received, until, complete
        loop = asyncio.get_running_loop()
        until = until or loop.time() + BODY_SECONDS_MAX
        try:
            # Behind the body there is the end of the connection, which may be waited for.
            async with asyncio.timeout_at(None if complete else until):
                message = await receive()
        except TimeoutError:
            raise HTTPException(408, headers={"Connection": "close"}) from None
        received += len(message.get("body", b""))
        complete = not message.get("more_body", False)
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
