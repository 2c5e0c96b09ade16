"""HTTP inlet: events in, and the questions of whoever keeps the service running."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

import msgspec
from fastapi import APIRouter, FastAPI, Request, Response
from starlette.exceptions import HTTPException

from ingest.bodies import Body
from ingest.documents import EVENT_ANSWERS, EVENT_BODIES
from ingest.errors import PROBLEM_MEDIA, ProblemError, plain_problem_text, problem_text
from ingest.health import Health, is_ready
from ingest.reception import Reception

router: Final = APIRouter()


@router.post(
    "/v1/events",
    status_code=HTTPStatus.ACCEPTED,
    responses=EVENT_ANSWERS,
    openapi_extra={"requestBody": EVENT_BODIES},
)
async def receive_events(request: Request) -> Response:
    """Take one or many events in; 202 means that Kafka has acknowledged every accepted one."""
    reception: Reception = request.app.state.reception
    body = Body(request.receive, timeout_seconds=request.app.state.receive_timeout_seconds)
    request.state.body = body
    return await reception.receive(request, body)


@router.get("/livez")
async def tell_alive() -> Response:
    """Answer as long as the process can."""
    return Response(b'{"status":"alive"}', media_type="application/json")


@router.get("/readyz")
async def tell_ready(request: Request) -> Response:
    """Answer 200 if events can come in, else 503; `?verbose` names each part."""
    health: Health = request.app.state.health
    findings = await health.findings()
    ready = is_ready(findings)
    answer: dict[str, object] = {"status": "ready" if ready else "unavailable"}
    if "verbose" in request.query_params:
        answer["checks"] = findings
    return Response(
        msgspec.json.encode(answer),
        status_code=HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE,
        media_type="application/json",
    )


def add_problem_answers(app: FastAPI) -> None:
    """Answer every error as problem details."""
    app.add_exception_handler(ProblemError, _answer_problem)
    app.add_exception_handler(HTTPException, _answer_plainly)
    app.add_exception_handler(Exception, _answer_failure)


async def _answer_problem(request: Request, error: Exception) -> Response:
    if not isinstance(error, ProblemError):
        raise error
    headers = dict(error.headers)
    body: Body | None = getattr(request.state, "body", None)
    if body is not None and not body.complete:
        await body.drain()
        headers["connection"] = "close"
    return Response(
        problem_text(error, request.state.request_id),
        status_code=error.status,
        headers=headers,
        media_type=PROBLEM_MEDIA,
    )


async def _answer_plainly(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    return Response(
        plain_problem_text(error.status_code, request.state.request_id),
        status_code=error.status_code,
        headers=error.headers,
        media_type=PROBLEM_MEDIA,
    )


async def _answer_failure(request: Request, _error: Exception) -> Response:
    return Response(
        plain_problem_text(HTTPStatus.INTERNAL_SERVER_ERROR, request.state.request_id),
        status_code=HTTPStatus.INTERNAL_SERVER_ERROR,
        media_type=PROBLEM_MEDIA,
    )
