"""Is it alive, can it answer: for process managers, without a token and without patient data."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from report_api.access import public
from report_api.parameters import NoParameters, Plain
from report_api.readiness import Readiness

router = APIRouter(tags=["Health"])

Verdict = Literal["ok", "away"]


class Alive(Plain):
    """The process answers."""

    status: Literal["alive"] = "alive"


class Ready(Plain):
    """Whether requests are answered; `checks` names each part when asked for."""

    status: Literal["ready", "not ready"]
    checks: dict[str, Verdict] | None = None


class ReadyParameters(Plain):
    """How much to tell."""

    verbose: Literal["", "true", "false"] = Field(default="false")


@router.get(
    "/livez",
    operation_id="getLiveness",
    summary="Alive?",
    dependencies=[public("process managers have no account")],
)
async def live(_: Annotated[NoParameters, Query()]) -> Alive:
    """Answer while the process can; asks nothing of others."""
    return Alive()


@router.get(
    "/readyz",
    operation_id="getReadiness",
    summary="Ready?",
    dependencies=[public("process managers have no account")],
    response_model_exclude_none=True,
    responses={503: {"model": Ready, "description": "Not ready."}},
)
async def ready(
    request: Request, response: Response, parameters: Annotated[ReadyParameters, Query()]
) -> Ready:
    """Tell whether reports can be answered: PostgreSQL is there.

    Redis or Kafka away does not make it unready: exports are kept and rung for later, records wait
    in the outbox, and live updates come when Kafka is back.
    """
    readiness: Readiness = request.app.state.readiness
    checks = await readiness.check()
    is_ready = readiness.is_ready(checks)
    response.status_code = 200 if is_ready else 503
    return Ready(
        status="ready" if is_ready else "not ready",
        checks=None if parameters.verbose == "false" else checks,
    )
