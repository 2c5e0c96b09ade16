"""Runs over the practice's database: started, watched and stopped."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from pydantic import Field, model_validator
from starlette.requests import Request
from starlette.responses import Response

from careledger.control import RunMode, RunRequest
from careledger.events.fields import IDENTIFIER_PATTERN
from report_api.access import Visit, allowed
from report_api.errors import NotFoundError, RunGoingOnError, WrongStateError
from report_api.parameters import Day, NoParameters, Plain, PlainInteger
from report_api.permissions import Permission
from report_api.run_control import RunControl
from report_api.runs import Run, RunStatus, find_run, list_runs

router = APIRouter(prefix="/api/v1/reports/etl", tags=["Runs"])

_Seen = Annotated[Visit, allowed(Permission.RUNS_READ, "run.viewed")]
_Started = Annotated[Visit, allowed(Permission.RUNS_DECIDE, "run.started", writes=True)]
_Canceled = Annotated[Visit, allowed(Permission.RUNS_DECIDE, "run.canceled", writes=True)]
_RunId = Annotated[str, Path(pattern="^[0-9a-f-]{36}$")]


class RunWanted(Plain):
    """What to run."""

    mode: RunMode = Field(
        default="incremental",
        description="incremental: what is new or changed; range: the rows of some days; full: "
        "every row; reconcile: only days whose counts differ, and totals.",
    )
    start_date: Day | None = Field(default=None, description="First day of a range.")
    end_date: Day | None = Field(default=None, description="Last day of a range, inclusive.")
    accept_refusals: bool = Field(
        default=False, strict=True, description="Go on however many rows are refused."
    )
    accept_deletions: bool = Field(
        default=False, strict=True, description="Take rows back however many are gone."
    )

    @model_validator(mode="after")
    def _range_has_days(self) -> "RunWanted":
        days = self.start_date, self.end_date
        if self.mode == "range":
            if days[0] is None or days[1] is None or days[1] < days[0]:
                raise ValueError("a range needs start_date and end_date, the first not the later")
        elif days != (None, None):
            raise ValueError("only a range has start_date and end_date")
        return self


class RunAccepted(Plain):
    """The run that has begun."""

    run_id: str
    status: Literal["running"] = "running"
    run: str = Field(description="Where to watch it.")


class RunListParameters(Plain):
    """Which runs."""

    limit: PlainInteger = Field(default=50, ge=1, le=200, description="Runs of a page.")
    before: str | None = Field(default=None, pattern="^[0-9a-f-]{36}$")
    source: str | None = Field(default=None, pattern=IDENTIFIER_PATTERN)
    status: RunStatus | None = None


class RunList(Plain):
    """Runs, the latest first."""

    runs: list[Run]
    before: str | None = Field(description="Ask with it for the page after this one.")


@router.post(
    "/run",
    operation_id="startRun",
    summary="Start a run",
    status_code=202,
    responses={202: {"headers": {"Location": {"schema": {"type": "string"}}}}},
)
async def start(
    visit: _Started,
    wanted: RunWanted,
    request: Request,
    response: Response,
    _: Annotated[NoParameters, Query()],
) -> RunAccepted:
    """Read the practice's database now; 409 names the run that is in the way."""
    control: RunControl = request.app.state.run_control
    started = await control.start(
        RunRequest(
            mode=wanted.mode,
            first_day=wanted.start_date,
            last_day=wanted.end_date,
            accept_refusals=wanted.accept_refusals,
            accept_deletions=wanted.accept_deletions,
            by=visit.caller.name,
        )
    )
    where = f"{router.prefix}/runs/{started.run_id}"
    if not started.is_new or started.run_id is None:
        members = {} if started.run_id is None else {"run_id": started.run_id, "run": where}
        raise RunGoingOnError("Another run of the same source has not ended.", members=members)
    visit.note(run_id=started.run_id, mode=wanted.mode)
    response.headers["Location"] = where
    return RunAccepted(run_id=started.run_id, run=where)


@router.get("/runs", operation_id="listRuns", summary="List runs")
async def read_list(visit: _Seen, page: Annotated[RunListParameters, Query()]) -> RunList:
    """List runs and imports, the latest first."""
    runs = await list_runs(
        visit.connection,
        before=page.before,
        source=page.source,
        status=page.status,
        limit=page.limit,
        amounts=visit.caller.clinic_ids is None,
    )
    visit.note(count=len(runs))
    return RunList(runs=runs, before=runs[-1].run_id if len(runs) == page.limit else None)


@router.get("/runs/{run_id}", operation_id="getRun", summary="Read a run")
async def read_one(visit: _Seen, run_id: _RunId, _: Annotated[NoParameters, Query()]) -> Run:
    """Read the state of a run; while it runs, how far it is."""
    run = await find_run(visit.connection, run_id, amounts=visit.caller.clinic_ids is None)
    if run is None:
        raise NotFoundError
    visit.note(run_id=run_id, status=run.status)
    return run


@router.post(
    "/runs/{run_id}/cancel", operation_id="cancelRun", summary="Stop a run", status_code=202
)
async def cancel(
    visit: _Canceled, run_id: _RunId, request: Request, _: Annotated[NoParameters, Query()]
) -> Run:
    """Ask a run to stop after its chunk; the next one goes on where it stood."""
    run = await find_run(visit.connection, run_id, amounts=visit.caller.clinic_ids is None)
    if run is None:
        raise NotFoundError
    if run.status not in ("queued", "running"):
        raise WrongStateError("The run has ended.")
    control: RunControl = request.app.state.run_control
    await control.cancel(run_id, visit.caller.name)
    visit.note(run_id=run_id)
    return run
