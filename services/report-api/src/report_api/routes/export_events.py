"""Progress of an export: server-sent events until it has ended."""

from collections.abc import AsyncGenerator
from typing import Annotated, Final

import msgspec
from fastapi import APIRouter, Path, Query
from fastapi.sse import EventSourceResponse, format_sse_event
from starlette.requests import Request
from starlette.responses import StreamingResponse

from careledger import clock
from report_api.access import ACQUIRE_SECONDS, Gate, Visit, allowed
from report_api.errors import NotFoundError
from report_api.export_requests import EXPORTS
from report_api.exports import Export, export_of
from report_api.identity.callers import Caller
from report_api.identity.tokens import Bearer
from report_api.live import Live
from report_api.parameters import NoParameters
from report_api.permissions import Permission

router = APIRouter(prefix=EXPORTS, tags=["Exports"])

_LOOK_SECONDS: Final = 0.5
_HEARTBEAT_SECONDS: Final = 15.0
_RETRY_MILLISECONDS: Final = 3_000
_UNDER_WAY: Final = frozenset({"queued", "rendering"})
_STREAM: Final = {
    "description": (
        "`export`: state and progress in percent, whenever one of them changes; the last one says"
        " how it ended. Comments keep the connection open."
    ),
    "content": {
        "text/event-stream": {
            "schema": {"type": "string"},
            "examples": {
                "progress": {
                    "value": 'event: export\ndata: {"state":"rendering","progress_percent":45}\n\n'
                }
            },
        }
    },
}

_Seen = Annotated[Visit, allowed(Permission.EXPORTS, "export.viewed")]


@router.get(
    "/{export_id}/events",
    operation_id="followExport",
    summary="An export's progress, live",
    response_class=StreamingResponse,
    responses={200: _STREAM},
    response_model=None,
)
async def follow(
    visit: _Seen,
    export_id: Annotated[str, Path(pattern="^[0-9a-f-]{36}$")],
    request: Request,
    _: Annotated[NoParameters, Query()],
) -> EventSourceResponse:
    """Tell how far an export of one's own is, until it has ended or the token has.

    Neither figures nor the link are in it: those are the export's own answer.
    """
    export = await export_of(visit.connection, export_id, visit.caller)
    if export is None:
        raise NotFoundError
    visit.note(export_id=export_id, state=export.state)
    live: Live = request.app.state.live
    live.check((visit.caller.kind, visit.caller.account_id))
    gate: Gate = request.app.state.gate
    told = _told(live, gate, visit.bearer, visit.caller, export)
    return EventSourceResponse(told, headers={"X-Accel-Buffering": "no"})


async def _told(
    live: Live, gate: Gate, bearer: Bearer, asked_by: Caller, export: Export
) -> AsyncGenerator[bytes]:
    caller: Caller | None = asked_by
    looked_at = said_at = clock.now()
    said: tuple[str, int] | None = None
    with live.followed((bearer.kind, bearer.account_id)):
        yield format_sse_event(comment="connected", retry=_RETRY_MILLISECONDS)
        while caller is not None:
            now = clock.now()
            if (state := _state(export)) != said:
                said, said_at = state, now
                yield _event(export)
            elif (now - said_at).total_seconds() >= _HEARTBEAT_SECONDS:
                said_at = now
                yield format_sse_event(comment="still here")
            if export.state not in _UNDER_WAY or now >= bearer.expires_at:
                return
            await live.rest(_LOOK_SECONDS)
            if live.is_ending:
                return
            if (now - looked_at).total_seconds() >= _HEARTBEAT_SECONDS:
                caller, looked_at = await gate.caller_now(bearer), now
            async with gate.pool.acquire(timeout=ACQUIRE_SECONDS) as connection:
                found = await export_of(connection, export.export_id, asked_by)
            if found is None:
                return
            export = found


def _state(export: Export) -> tuple[str, int]:
    ended = export.state in {"ready", "expired"}
    return export.state, 100 if ended else export.progress_percent or 0


def _event(export: Export) -> bytes:
    state, percent = _state(export)
    data = msgspec.json.encode({"state": state, "progress_percent": percent}).decode()
    return format_sse_event(event="export", data_str=data)
