"""What is known of a request before anything is asked: its id, its trace, where it came from."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from typing import Final, cast

import structlog
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import Scope

from careledger.events.audit import ActorKind
from careledger.ids import new_id
from careledger.telemetry import trace_id_of

_KEY: Final = "careledger"
# Only UUIDs are taken over: a free text could carry a name or forge a log line.
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


@dataclass(slots=True)
class RequestFacts:
    """Facts of one request; `accounted` is set once its audit record is committed or not due."""

    request_id: str
    trace_id: str | None
    remote: str
    accounted: bool = False
    headers: dict[str, str] = field(default_factory=dict[str, str])
    """What the answer is to carry besides."""
    is_counted: bool = False
    """The request was counted against its account's limit."""
    limited_account: tuple[ActorKind, str] | None = None
    """The account whose request was one too many."""


def begin(scope: Scope) -> RequestFacts:
    """Read the facts off the headers and keep them in the scope."""
    headers = Headers(scope=scope)
    given = headers.get("x-request-id", "").lower()
    client = cast("tuple[str, int] | None", scope.get("client"))
    facts = RequestFacts(
        request_id=given if _UUID.fullmatch(given) else new_id(),
        trace_id=trace_id_of(headers.get("traceparent", "")),
        remote=client[0] if client else "unknown",
    )
    scope[_KEY] = facts
    return facts


def facts_of(request: Request) -> RequestFacts:
    """Return the facts of a request that came through the middleware."""
    return cast("RequestFacts", request.scope[_KEY])


def route_path(scope: Scope) -> str:
    """Return the path template a request matched, or "unknown"."""
    return getattr(scope.get("route"), "path_format", "unknown")


def trace_headers() -> dict[str, str]:
    """Return what a request to another service carries on of the one being answered."""
    bound = structlog.contextvars.get_contextvars()
    trace_id, request_id = bound.get("trace_id"), bound.get("request_id")
    carried = {"X-Request-ID": str(request_id)} if request_id else {}
    if trace_id:
        carried["traceparent"] = f"00-{trace_id}-{secrets.token_hex(8)}-01"
    return carried
