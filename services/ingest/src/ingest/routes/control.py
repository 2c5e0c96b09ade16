"""HTTP inlet for report-api: starts and stops runs over the practice's database."""

from __future__ import annotations

import hmac
from http import HTTPStatus
from typing import Final, TypeVar

import msgspec
from fastapi import APIRouter, Request, Response

from careledger.control import (
    REPLAYS_PATH,
    RUNS_PATH,
    CancelRequest,
    ReplayRequest,
    RunAnswer,
    RunRequest,
)
from careledger.errors import CareledgerError, ConfigurationError, UnavailableError
from ingest.auditing import Actor
from ingest.bodies import Body
from ingest.errors import BadRequestError, UnauthorizedError, UnreachableError
from ingest.extraction.requests import Request as RunAsked
from ingest.extraction.starting import Extractions
from ingest.replays import Replays
from ingest.runs import RunInProgressError

router: Final = APIRouter(include_in_schema=False)
_BODY_BYTES_MAX: Final = 4096
T = TypeVar("T")


@router.post(RUNS_PATH)
async def start_run(request: Request) -> Response:
    """Start a run: 202 with its id, or 409 with the id of the one in the way."""
    asked = await _read(request, RunRequest)
    extractions: Extractions = request.app.state.extractions
    if (asked.mode == "range") != (asked.first_day is not None and asked.last_day is not None):
        raise BadRequestError("A range needs its first and last day, and nothing else has them.")
    days = (
        None
        if asked.first_day is None or asked.last_day is None
        else (
            asked.first_day,
            asked.last_day,
        )
    )
    wanted = RunAsked(
        mode=asked.mode,
        days=days,
        refusals_accepted=asked.accept_refusals,
        deletions_accepted=asked.accept_deletions,
    )
    try:
        run_id = await extractions.start(wanted, Actor(name=asked.by, kind="user"))
    except RunInProgressError as error:
        return _answer(HTTPStatus.CONFLICT, error.run_id)
    except ConfigurationError as error:
        raise BadRequestError(str(error)) from error
    except UnavailableError as error:
        raise UnreachableError(str(error)) from error
    except CareledgerError as error:
        raise BadRequestError(str(error)) from error
    return _answer(HTTPStatus.ACCEPTED, run_id)


@router.post(RUNS_PATH + "/{run_id}/cancel")
async def cancel_run(request: Request, run_id: str) -> Response:
    """Ask a run to stop: 202, or 404 if it is not going on."""
    asked = await _read(request, CancelRequest)
    extractions: Extractions = request.app.state.extractions
    found = await extractions.cancel(run_id, by=asked.by)
    return _answer(HTTPStatus.ACCEPTED if found else HTTPStatus.NOT_FOUND, run_id)


@router.post(REPLAYS_PATH)
async def replay_record(request: Request) -> Response:
    """Judge a refused record again: 200 with what became of it, 404 if Kafka has it no more."""
    asked = await _read(request, ReplayRequest)
    replays: Replays = request.app.state.replays
    try:
        answer = await replays.replay(asked)
    except UnavailableError as error:
        raise UnreachableError(str(error)) from error
    return Response(
        msgspec.json.encode(answer),
        status_code=HTTPStatus.NOT_FOUND if answer is None else HTTPStatus.OK,
        media_type="application/json",
    )


async def _read(request: Request, kind: type[T]) -> T:
    authorization = request.headers.get("authorization", "")
    expected = f"Bearer {request.app.state.control_token}"
    if not hmac.compare_digest(authorization.encode(), expected.encode()):
        raise UnauthorizedError("The internal token is needed.")
    body = Body(request.receive, timeout_seconds=request.app.state.receive_timeout_seconds)
    request.state.body = body
    try:
        return msgspec.json.decode(await body.whole(bytes_max=_BODY_BYTES_MAX), type=kind)
    except msgspec.DecodeError as error:
        raise BadRequestError("The body is not a request of this route.") from error


def _answer(status: HTTPStatus, run_id: str | None) -> Response:
    return Response(
        msgspec.json.encode(RunAnswer(run_id=run_id)),
        status_code=status,
        media_type="application/json",
    )
