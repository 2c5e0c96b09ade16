"""`aggregator audit`: verifies the sealed audit log, for operators and auditors."""

from __future__ import annotations

import asyncio
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Final

import asyncpg
import msgspec
import typer

from aggregator.verifying import Report, VerifySettings, keep, verify
from careledger import clock
from careledger.audit_chain.verification import SourceVerdict
from careledger.audit_trail import operator
from careledger.errors import CareledgerError, UnavailableError
from careledger.postgres import SCHEMA
from careledger.settings import PREFIX, load

app = typer.Typer(help="The sealed audit log.", no_args_is_help=True)

_EXIT_CODES: Final = {"intact": 0, "broken": 1, "unanchored": 3}
_FAILED: Final = 2
_SESSION: Final = {"application_name": "audit verify", "search_path": SCHEMA, "timezone": "UTC"}
_SHOW_SECONDS: Final = 2.0


@app.callback()
def callback() -> None:
    """Keep `verify` a subcommand, so that others can stand beside it."""


@app.command("verify")
def verify_log(
    checkpoints: Annotated[
        list[Path] | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            help="A checkpoint file besides CARELEDGER_AUDIT_CHECKPOINT_FILE; again for more.",
        ),
    ] = None,
    from_sequence: Annotated[
        int, typer.Option("--from", min=1, help="Begin at the checkpoint before this record.")
    ] = 1,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    copy: Annotated[
        bool, typer.Option(help="The database is a copy: leave no audit record in it.")
    ] = False,
) -> None:
    """Verify every record and every signed checkpoint, in bounded memory.

    Ends with 0 if the log is intact, 1 if it is broken, 2 if it could not be verified, 3 if it
    agrees with itself but there is no checkpoint outside the database to hold it against.
    """
    try:
        settings = load(VerifySettings)
        report = asyncio.run(_verify(settings, checkpoints or [], from_sequence, copy=copy))
    except (CareledgerError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(_FAILED) from None
    typer.echo(_as_json(report) if as_json else _as_text(report))
    raise typer.Exit(_EXIT_CODES[report.verdict])


async def _verify(
    settings: VerifySettings, files: list[Path], from_sequence: int, *, copy: bool
) -> Report:
    # As whoever signs in, not in the role of a service: reading the log is all it takes.
    try:
        connection = await asyncpg.connect(
            settings.database_url.get_secret_value(), server_settings=_SESSION, timeout=10
        )
        try:
            started_at = clock.now()
            report = await verify(
                connection, settings, files, from_sequence=from_sequence, progress=_Shown()
            )
            if not copy:
                await keep(connection, report, started_at=started_at, by=operator())
        finally:
            await connection.close()
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, ValueError) as error:
        raise UnavailableError(
            f"PostgreSQL at {PREFIX}DATABASE_URL refuses: {type(error).__name__}"
        ) from error
    return report


class _Shown:
    """Tells on standard error how far it is, every other second."""

    def __init__(self) -> None:
        self._next = time.monotonic() + _SHOW_SECONDS

    def __call__(self, done: int, of: int) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _SHOW_SECONDS
            sys.stderr.write(f"verified {done} of {of} records\n")


def _as_text(report: Report) -> str:
    rows = report.rows
    lines = [f"{report.verdict}: records {rows.from_sequence} to {rows.through_sequence} verified"]
    if report.finding is not None:
        first, last = report.finding.first_sequence, report.finding.last_sequence
        where = f"record {first}" if first == last else f"somewhere in records {first} to {last}"
        lines.append(f"  first bad: {where}: {report.finding.problem}")
    lines += [f"  {_source_text(one)}" for one in report.sources]
    newer = report.last_sequence - report.anchored_through
    if newer > 0 and report.finding is None:
        lines.append(f"  {newer} newest records: no checkpoint outside the database covers them")
    return "\n".join(lines)


def _source_text(source: SourceVerdict) -> str:
    parts = [f"{source.source}: {source.compared} checkpoints compared"]
    if source.last is not None:
        parts.append(f"the last at {source.last.sequence}, signed {source.last.sealed_at:%F %TZ}")
    if source.disagrees_at is not None:
        parts.append(f"the log disagrees at {source.disagrees_at}")
    if source.invalid:
        parts.append(f"{source.invalid} invalid")
    return ", ".join([*parts, *source.problems])


def _as_json(report: Report) -> str:
    return msgspec.json.encode(
        {
            "verdict": report.verdict,
            "finding": asdict(report.finding) if report.finding else None,
            "from_sequence": report.rows.from_sequence,
            "through_sequence": report.rows.through_sequence,
            "last_sequence": report.last_sequence,
            "anchored_through": report.anchored_through,
            "sources": [
                {
                    "source": one.source,
                    "outside": one.outside,
                    "compared": one.compared,
                    "invalid": one.invalid,
                    "last_sequence": one.last.sequence if one.last else None,
                    "last_sealed_at": one.last.sealed_at if one.last else None,
                    "problems": one.problems,
                }
                for one in report.sources
            ],
        }
    ).decode()
