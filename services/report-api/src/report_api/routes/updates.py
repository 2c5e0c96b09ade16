"""Live: server-sent events that say what changed, so that a page knows when to ask again."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Annotated, Final

import msgspec
from fastapi import APIRouter, Header, Query
from fastapi.sse import EventSourceResponse, format_sse_event
from starlette.requests import Request
from starlette.responses import StreamingResponse

from careledger import clock
from careledger.events.updates import ReportName, ReportUpdate
from report_api.access import Gate, Visit, allowed
from report_api.identity.callers import Caller
from report_api.identity.tokens import Bearer
from report_api.live import Live, News, narrowed
from report_api.parameters import NoParameters
from report_api.permissions import Permission

router = APIRouter(prefix="/api/v1/reports", tags=["Live"])

HEARTBEAT_SECONDS: Final = 15.0
PACE_SECONDS: Final = 0.25
"""Updates of so long are told together."""
RETRY_MILLISECONDS: Final = 3_000
_PERMISSIONS: Final[dict[ReportName, Permission]] = {
    "revenue": Permission.REVENUE_READ,
    "patients": Permission.HISTORY_READ,
    "outstanding": Permission.OUTSTANDING_READ,
}
_STREAM: Final = {
    "description": (
        "`report-update`: one clinic's reports changed for these business dates, up to this"
        " watermark. `reset`: updates were missed; load what is shown anew. Each has an `id`, to"
        " be sent back as `Last-Event-ID`. Comments keep the connection open."
    ),
    "content": {
        "text/event-stream": {
            "schema": {"type": "string"},
            "examples": {
                "update": {
                    "value": (
                        "event: report-update\n"
                        'data: {"clinic_id":"harbor","reports":["revenue"],'
                        '"first_date":"2026-03-30","last_date":"2026-03-31",'
                        '"watermark":"0:1523,1:1498"}\n'
                        "id: 8123\n\n"
                    )
                }
            },
        }
    },
}

_Follows = Annotated[Visit, allowed(Permission.CATALOG_READ, "updates.followed")]
_LastEventId = Annotated[
    str | None,
    Header(
        alias="Last-Event-ID",
        pattern="^[0-9]{1,18}$",
        description="`id` of the last event seen, to go on behind it.",
        examples=["8123"],
    ),
]


@router.get(
    "/updates",
    operation_id="followUpdates",
    summary="What changes, live",
    response_class=StreamingResponse,
    responses={200: _STREAM},
    response_model=None,
)
async def follow(
    visit: _Follows,
    request: Request,
    _: Annotated[NoParameters, Query()],
    last_event_id: _LastEventId = None,
) -> EventSourceResponse:
    """Tell what changes in the caller's clinics while the token holds; no figures, no patients.

    The stream ends with the token, or soon after the account or its sign-in has ended.
    """
    live: Live = request.app.state.live
    account = (visit.caller.kind, visit.caller.account_id)
    live.check(account)
    place = live.place(None if last_event_id is None else int(last_event_id))
    follower = _Follower(live, request.app.state.gate, visit.bearer, visit.caller, place)
    return EventSourceResponse(follower.stream(), headers={"X-Accel-Buffering": "no"})


class _Follower:
    def __init__(self, live: Live, gate: Gate, bearer: Bearer, caller: Caller, place: int) -> None:
        self._live = live
        self._gate = gate
        self._bearer = bearer
        self._caller: Caller | None = caller
        self._place = place

    async def stream(self) -> AsyncGenerator[bytes]:
        """Yield events as they go over the wire, and a comment when there are none."""
        account = (self._bearer.kind, self._bearer.account_id)
        # Counted here and not before: a client that leaves at once never gets this far.
        with self._live.followed(account):
            yield format_sse_event(comment="connected", retry=RETRY_MILLISECONDS)
            looked_at = clock.now()
            while (caller := self._caller) is not None and not self._live.is_ending:
                for event in self._told(self._live.news(self._place), caller):
                    yield event
                left_seconds = (self._bearer.expires_at - clock.now()).total_seconds()
                if left_seconds <= 0:
                    return
                if not await self._something(min(HEARTBEAT_SECONDS, left_seconds)):
                    yield format_sse_event(comment="still here")
                if (clock.now() - looked_at).total_seconds() >= HEARTBEAT_SECONDS:
                    self._caller = await self._gate.caller_now(self._bearer)
                    looked_at = clock.now()

    async def _something(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                await self._live.wait(self._place)
        except TimeoutError:
            return False
        await self._live.rest(PACE_SECONDS)
        return True

    def _told(self, news: News, caller: Caller) -> list[bytes]:
        before, self._place = self._place, news.offset
        if news.is_gap:
            return [format_sse_event(event="reset", data_str="{}", id=_id(news.offset))]
        reports: list[ReportName] = [
            name for name, needed in _PERMISSIONS.items() if caller.may(needed)
        ]
        seen = narrowed(news.updates, caller.clinic_ids, reports)
        # Whoever is cut off among them gets all of them again.
        ids = [_id(before)] * (len(seen) - 1) + [_id(news.offset)]
        return [_event(update, last_id) for update, last_id in zip(seen, ids, strict=False)]


def _id(place: int) -> str | None:
    return str(place - 1) if place else None


def _event(update: ReportUpdate, last_id: str | None) -> bytes:
    data = msgspec.json.encode(update).decode()
    return format_sse_event(event="report-update", data_str=data, id=last_id)
