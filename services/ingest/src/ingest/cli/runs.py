"""Commands about the runs there were: shown, and the one that goes on asked to stop."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Final, TypeVar

import msgspec
import typer

from careledger.audit_trail import command_record, operator
from careledger.errors import CareledgerError
from careledger.events.audit import AuditAction
from careledger.settings import load
from careledger.telemetry import configure_logging
from ingest.auditing import SERVICE
from ingest.parts import Parts, opened
from ingest.run_list import ShownRun, shown_runs
from ingest.runs import ask_to_stop
from ingest.settings import IngestSettings

_LISTED_MAX: Final = 200
_COLUMNS: Final = (
    "run",
    "source",
    "mode",
    "status",
    "started",
    "read",
    "published",
    "quarantined",
    "error",
)
_Source = Annotated[str | None, typer.Option(help="Only runs of one source.")]
T = TypeVar("T")


def show_status(
    run_id: Annotated[str | None, typer.Argument(help="Which run; default: the latest.")] = None,
    source: _Source = None,
) -> None:
    """Show one run: its state, how far it is, and why it ended."""

    async def work(parts: Parts) -> ShownRun:
        found = await shown_runs(parts.pool, source=source, run_id=run_id, limit=1)
        if not found:
            raise CareledgerError("there is no such run")
        await _audit(parts, "run.viewed", found[0].run_id, 1)
        return found[0]

    told = msgspec.structs.asdict(_with(work))
    width = max(map(len, told))
    for name, value in told.items():
        if value is not None:
            sys.stdout.write(f"{name.ljust(width)}  {_text(value)}\n")


def list_runs(
    source: _Source = None,
    limit: Annotated[int, typer.Option(min=1, max=_LISTED_MAX, help="Most runs.")] = 20,
) -> None:
    """List runs and imports, the latest first."""

    async def work(parts: Parts) -> list[ShownRun]:
        found = await shown_runs(parts.pool, source=source, limit=limit)
        await _audit(parts, "run.viewed", "runs", len(found))
        return found

    lines = [_COLUMNS, *map(_line, _with(work))]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_COLUMNS))]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        sys.stdout.write("  ".join(cells).rstrip() + "\n")


def cancel_run(run_id: Annotated[str, typer.Argument(help="The run that is to stop.")]) -> None:
    """Ask a run to stop after its chunk; the next one goes on where it stood."""

    async def work(parts: Parts) -> None:
        if not await ask_to_stop(parts.pool, run_id, operator()):
            raise CareledgerError("no such run is going on")
        await _audit(parts, "run.canceled", run_id, 1)

    _with(work)
    sys.stdout.write("asked to stop after its chunk\n")


def _line(one: ShownRun) -> tuple[str, ...]:
    return (
        one.run_id,
        one.source,
        one.mode,
        one.status,
        f"{one.started_at:%Y-%m-%d %H:%M}",
        str(one.read),
        str(one.published),
        str(one.quarantined),
        one.error or "",
    )


def _with(work: Callable[[Parts], Awaitable[T]]) -> T:
    settings = load(IngestSettings)
    # Whoever types a command reads its last line; what libraries mumble before is for services.
    configure_logging(SERVICE, "ERROR")

    async def connected() -> T:
        async with opened(settings) as parts:
            return await work(parts)

    return asyncio.run(connected())


async def _audit(parts: Parts, action: AuditAction, resource: str, count: int) -> None:
    await parts.audit.write(command_record(SERVICE, action, resource, details={"runs": count}))


def _text(value: object) -> str:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else str(value)
