"""`aggregator retention`: how far back reports reach, and removing what lies behind."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from typing import Annotated, Final

import typer

from aggregator import ledger
from aggregator.retention.configured import terms_of
from aggregator.retention.opening import Due, move_horizon, plan_purge
from aggregator.retention.preview import Preview, preview_purge
from aggregator.retention.purge import purge_step
from aggregator.retention.status import Progress, last_purge
from aggregator.settings import SERVICE, RetentionTerms
from careledger import clock
from careledger.audit_chain.verification import extent
from careledger.audit_trail import operator
from careledger.commands import with_connection
from careledger.postgres import Connection
from careledger.settings import DatabaseSettings

app = typer.Typer(help="How far back reports reach.", no_args_is_help=True)

_SHOW_STEPS: Final = 10


class RetentionSettings(DatabaseSettings, RetentionTerms):
    """All that these commands need."""


@app.command("status")
def status() -> None:
    """Show the horizon, how far the last purge is, and whether the next one is due."""

    async def ask(connection: Connection, settings: RetentionSettings) -> None:
        progress = await last_purge(connection)
        typer.echo("horizon: none, everything is kept" if progress is None else _told(progress))
        plan = await plan_purge(connection, terms_of(settings), clock.now().date())
        typer.echo(f"next: {plan.horizon or ''} {plan.due.value}".replace("  ", " "))
        first, last = await extent(connection)
        kept = terms_of(settings).audit_horizon_on(clock.now().date())
        since = "everything is kept" if kept is None else f"kept since {kept}"
        typer.echo(f"audit log: records {first} to {last}; {since}")

    _run(ask)


@app.command("purge")
def purge(
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Count what would be removed; change nothing.")
    ] = False,
) -> None:
    """Move the horizon if it is due, and remove what lies behind it.

    The aggregator does the same by itself, more slowly. Stopped or killed, it goes on where it was.
    """
    _run(_count if dry_run else _purge)


async def _count(connection: Connection, settings: RetentionSettings) -> None:
    found = await preview_purge(
        connection, terms_of(settings), clock.now().date(), show=_show_preview
    )
    typer.echo(_would_go(found))


async def _purge(connection: Connection, settings: RetentionSettings) -> None:
    by = operator()
    plan = await move_horizon(connection, terms_of(settings), clock.now().date(), by=by)
    if plan.due is Due.NOW:
        sys.stderr.write(f"nothing before {plan.horizon} is answered from now on\n")
    else:
        sys.stderr.write(f"the horizon stays where it is: {plan.due.value}\n")
    steps = 0
    while await purge_step(connection) is not None:
        steps += 1
        if steps % _SHOW_STEPS == 0 and (progress := await last_purge(connection)):
            sys.stderr.write(f"{_told(progress)}\n")
    progress = await last_purge(connection)
    if progress is not None:
        typer.echo(_told(progress))


def _show_preview(found: Preview) -> None:
    sys.stderr.write(f"looked at {found.patients_seen} patients\n")


def _would_go(found: Preview) -> str:
    if found.plan.horizon is None:
        return found.plan.due.value
    return (
        f"horizon {found.plan.horizon} ({found.plan.due.value}): of {found.patients_seen} patients"
        f" with anything older, {found.invoices} invoices and {found.payments} payments of"
        f" {found.patients} would be removed"
    )


def _told(progress: Progress) -> str:
    state = "done" if progress.ended_at else "under way"
    return (
        f"horizon: {progress.horizon} ({state}); removed {progress.entries} entries and"
        f" {progress.moves} moves, {progress.invoices} invoices and {progress.payments} payments of"
        f" {progress.patients} patients, {progress.daily_totals} daily totals"
    )


def _run(work: Callable[[Connection, RetentionSettings], Awaitable[None]]) -> None:
    with_connection(SERVICE, RetentionSettings, work, session_settings=ledger.SESSION_SETTINGS)
