"""Answers again what was asked before: the account checked, the record written, nothing computed.

Requests that come while others are being answered are answered together: one look at the accounts
and the watermark, one commit of all their records. What cannot be answered so goes the long way.
"""

from __future__ import annotations

import asyncio
from typing import Final, NamedTuple

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from careledger import audit_trail
from careledger.events.audit import AuditRecord
from careledger.postgres import Connection
from careledger.reports.clinics import Clinic, read_clinics
from careledger.reports.position import Position, read_position
from careledger.reports.provenance import freshness
from report_api.access import ACQUIRE_SECONDS, Gate
from report_api.answering import JSON, question_of
from report_api.auditing import audit_record, path_of
from report_api.editions import NOT_MODIFIED, Known, etag_of, holds
from report_api.errors import ProblemError
from report_api.facts import facts_of
from report_api.identity.callers import Caller, caller_of_token
from report_api.identity.tokens import Bearer
from report_api.kept import KeptAnswer, KeptAnswers
from report_api.metrics import KEPT_ANSWERS

_log = structlog.stdlib.get_logger(__name__)


class _Waiting(NamedTuple):
    request: Request
    bearer: Bearer
    answer: asyncio.Future[Response | None]


class _Ready(NamedTuple):
    waiting: _Waiting
    response: Response
    record: AuditRecord


class Repeats:
    """Answers repeated questions from memory, many at once."""

    def __init__(self, gate: Gate, kept: KeptAnswers) -> None:
        self._gate: Final = gate
        self._kept: Final = kept
        self._waiting: list[_Waiting] = []
        self._serving: asyncio.Task[None] | None = None

    async def answer(self, request: Request) -> Response | None:
        """Return the kept answer to a request; None if it must be answered the long way."""
        if not self._kept.knows(question_of(request)):
            return None
        try:
            await self._gate.bearer(request)
            bearer = await self._gate.admit(request)
        except ProblemError:
            return None
        waiting = _Waiting(request, bearer, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._serving is None:
            self._serving = asyncio.create_task(self._serve())
        return await waiting.answer

    async def close(self) -> None:
        """Let those under way end."""
        if self._serving is not None:
            await self._serving

    async def _serve(self) -> None:
        while self._waiting:
            together, self._waiting = self._waiting, []
            try:
                await self._answer_together(together)
            except Exception as error:  # noqa: BLE001 - the long way meets it again and tells it
                _log.warning("repeats_not_answered", error=type(error).__name__)
            finally:
                for one in together:
                    if not one.answer.done():
                        one.answer.set_result(None)
        self._serving = None

    async def _answer_together(self, together: list[_Waiting]) -> None:
        async with self._gate.pool.acquire(timeout=ACQUIRE_SECONDS) as connection:
            callers = await _callers(connection, {one.bearer for one in together})
            clinics = await read_clinics(connection)
            position = await read_position(connection)
            found = [self._ready(one, callers[one.bearer], clinics, position) for one in together]
            ready = [one for one in found if one is not None]
            if ready:
                await audit_trail.record(connection, *(one.record for one in ready))
        KEPT_ANSWERS.inc(len(ready))
        for one in ready:
            facts_of(one.waiting.request).accounted = True
            if not one.waiting.answer.done():
                one.waiting.answer.set_result(one.response)

    def _ready(
        self, waiting: _Waiting, caller: Caller | None, clinics: list[Clinic], position: Position
    ) -> _Ready | None:
        if caller is None:
            return None
        request = waiting.request
        seen = [c for c in clinics if caller.clinic_ids is None or c.clinic_id in caller.clinic_ids]
        current = str(position.watermark)
        watermark = request.query_params.get("watermark", current)
        known = Known(watermark, position.horizon and position.horizon.day)
        etag = etag_of(request, caller, seen, known, shared=True)
        kept = self._kept.find(question_of(request), etag)
        if kept is None or not caller.may(kept.permission):
            return None
        request.scope["route"] = kept.route
        if holds(request, etag):
            response = Response(status_code=NOT_MODIFIED, headers={"ETag": etag})
            return _Ready(waiting, response, _record(request, caller, kept, NOT_MODIFIED))
        body = kept.body(freshness(position, is_current=kept.watermark == current))
        response = Response(body, media_type=JSON, headers={"ETag": etag})
        return _Ready(waiting, response, _record(request, caller, kept))


async def _callers(connection: Connection, bearers: set[Bearer]) -> dict[Bearer, Caller | None]:
    return {bearer: await caller_of_token(connection, bearer) for bearer in bearers}


def _record(
    request: Request, caller: Caller, kept: KeptAnswer, status: int | None = None
) -> AuditRecord:
    noted = kept.noted if status is None else {**kept.noted, "status": status}
    return audit_record(
        request,
        kept.action,
        outcome="success",
        resource=path_of(request),
        caller=caller,
        clinic_ids=kept.clinic_ids,
        details=noted,
    )


class AnswerRepeats:
    """Before the application: answers what is kept, and passes on everything else."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] == "http" and scope["method"] == "GET":
            repeats: Repeats | None = getattr(scope["app"].state, "repeats", None)
            response = repeats and await repeats.answer(Request(scope, receive))
            if response is not None:
                await response(scope, receive, send)
                return
        await self._app(scope, receive, send)
