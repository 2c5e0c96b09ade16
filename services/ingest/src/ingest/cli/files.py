"""Commands that bring files in: rows that a mapping explains, or events, one a line."""

from __future__ import annotations

import asyncio
import csv
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Final, Literal, get_args

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from careledger import clock
from careledger.audit_trail import operator
from careledger.errors import ConfigurationError
from careledger.events.topics import PAYMENT_INTAKE_DLQ
from careledger.money import MoneyError, decimal_text, minor_units
from careledger.settings import load
from careledger.telemetry import configure_logging
from ingest.auditing import SERVICE, Actor
from ingest.cli.mapping import MappingFile, print_table, screening
from ingest.extraction.digests import Digests
from ingest.extraction.places import mapping_of
from ingest.file_import.contents import Content, FileTally, Refusals, Wanted
from ingest.file_import.events import EventsContent
from ingest.file_import.rows import RowsContent, RowsFile
from ingest.file_import.run import FileImport, FileRefusedError
from ingest.parts import Parts, opened
from ingest.settings import IngestSettings
from ingest.sources.practice.checking import SAMPLE_ROWS, CheckedTable, sample
from ingest.sources.practice.mapping import EntityName
from ingest.sources.strict_csv import DELIMITERS, read_csv
from ingest.sources.strict_ndjson import read_ndjson

REJECTS_SHOWN: Final = 20
Delimiter = Literal["comma", "semicolon", "tab", "bar"]
_DELIMITERS: Final = dict(zip(get_args(Delimiter), DELIMITERS, strict=True))
_NDJSON: Final = frozenset({".ndjson", ".jsonl"})

_File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The file.")]
_DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Read and judge all of it and say so; keep nothing.")
]
_Expect = Annotated[
    list[str] | None,
    typer.Option(help="What the file must hold: rows=120, or its sum, as USD=1250.00; or more."),
]
_Refusals = Annotated[
    Refusals,
    typer.Option(
        help="How many refused rows may be left out: none; few, at most a fifth or 500; or any."
    ),
]
_Rejects = Annotated[
    Path | None, typer.Option("--rejects", help="Write refused lines here, as CSV: line and why.")
]


def import_rows(
    file: _File,
    mapping: MappingFile = None,
    table: Annotated[
        EntityName | None, typer.Option(help="What its rows are, if the mapping has several.")
    ] = None,
    delimiter: Annotated[Delimiter, typer.Option(help="What stands between CSV cells.")] = "comma",
    expect: _Expect = None,
    refusals: _Refusals = "few",
    rejects: _Rejects = None,
    *,
    dry_run: _DryRun = False,
) -> None:
    """Bring in a CSV or NDJSON file of rows; done again it changes nothing.

    Names ending in .ndjson or .jsonl are read as NDJSON, one flat object a line; others as CSV.
    """
    settings = load(IngestSettings)
    is_ndjson = file.suffix.lower() in _NDJSON
    read = read_ndjson if is_ndjson else partial(read_csv, delimiter=_DELIMITERS[delimiter])
    found = RowsFile(file, read, mapping_of(settings, mapping), table)
    if dry_run:
        _preview(found, settings)
    wanted = _wanted(expect, refusals)

    def content(parts: Parts) -> Content:
        return RowsContent(
            found, _digests(settings), parts.intake, _letters(settings), _limit(settings)
        )

    _take(settings, content, wanted, rejects, dry_run=dry_run)


def import_events(
    file: _File,
    expect: _Expect = None,
    refusals: _Refusals = "few",
    rejects: _Rejects = None,
    *,
    dry_run: _DryRun = False,
) -> None:
    """Bring in an NDJSON file of events, one CloudEvent a line as ingest takes them over HTTP.

    Done again it changes nothing: each event has its own identity.
    """
    settings = load(IngestSettings)
    wanted = _wanted(expect, refusals)

    def content(parts: Parts) -> Content:
        return EventsContent(
            file, _digests(settings), parts.intake, _letters(settings), _limit(settings)
        )

    _take(settings, content, wanted, rejects, dry_run=dry_run)


def _take(
    settings: IngestSettings,
    content: Callable[[Parts], Content],
    wanted: Wanted,
    rejects: Path | None,
    *,
    dry_run: bool,
) -> None:
    # Whoever types a command reads its last line; what libraries mumble before is for services.
    configure_logging(SERVICE, "ERROR")
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())

    async def go() -> FileTally:
        async with opened(settings) as parts:
            with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
                task = progress.add_task("reading", total=None)
                actor = Actor(name=operator(), kind="user")
                importing = FileImport(parts, settings, actor)
                act = importing.try_out if dry_run else importing.run
                return await act(
                    content(parts),
                    wanted,
                    lambda tally: progress.update(task, description=_summary(tally)),
                )

    try:
        tally = asyncio.run(go())
    except FileRefusedError as error:
        _show(error.tally, rejects)
        raise
    _show(tally, rejects)
    if dry_run:
        sys.stdout.write("nothing was taken in: a dry run\n")


def _show(tally: FileTally, rejects: Path | None) -> None:
    sys.stdout.write(_summary(tally) + "\n")
    for currency, amount in sorted(tally.amounts.items()):
        sys.stdout.write(f"amounts add up to {decimal_text(amount, currency)} {currency}\n")
    for one in tally.rejects[:REJECTS_SHOWN]:
        sys.stdout.write(f"  line {one.line}: {one.problem}\n")
    if tally.rejected > REJECTS_SHOWN:
        sys.stdout.write(f"  and {tally.rejected - REJECTS_SHOWN} more\n")
    if rejects is not None:
        with rejects.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("line", "reason", "problem"))
            writer.writerows((one.line, one.reason, one.problem) for one in tally.rejects)


def _summary(tally: FileTally) -> str:
    return (
        f"{tally.read} rows read, {tally.events} events new, {tally.unchanged} rows unchanged, "
        f"{tally.rejected} refused, {tally.sent} events sent"
    )


def _preview(file: RowsFile, settings: IngestSettings) -> None:
    now = clock.now()
    shown = CheckedTable(name=file.name, table=file.path.name)
    cells = file.sample(SAMPLE_ROWS)
    shown.rows = len(cells)
    sample(shown, file.mapping, file.table, cells, now=now, screen=screening(settings, now))
    print_table(shown)


def _wanted(expected: Sequence[str] | None, refusals: Refusals) -> Wanted:
    rows: int | None = None
    totals: dict[str, int] = {}
    for text in expected or ():
        name, _, value = text.partition("=")
        try:
            if name == "rows":
                rows = int(value)
            else:
                totals[name] = minor_units(value, name)
        except (ValueError, MoneyError):
            raise ConfigurationError(
                "--expect takes rows=120, or a currency and an amount as USD=1250.00"
            ) from None
    return Wanted(rows=rows, totals=totals, refusals=refusals)


def _digests(settings: IngestSettings) -> Digests:
    return Digests(settings.secret.get_secret_value(), settings.name_keys)


def _letters(settings: IngestSettings) -> str:
    return settings.kafka_topic_prefix + PAYMENT_INTAKE_DLQ.name


def _limit(settings: IngestSettings) -> int:
    return settings.extraction_chunk_rows
