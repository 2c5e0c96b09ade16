"""Holds a mapping against its database: what is missing, what is slow, and a look at some rows.

The look shows amounts, days and codes. Names and ids of patients are neither shown nor kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from msgspec import Struct, field, structs

from careledger.events.rejection import EventRejectedError
from careledger.money import decimal_text
from ingest.sources.payloads import PatientName, SourceEvent, SourceUnreadableError
from ingest.sources.practice.changes import earlier
from ingest.sources.practice.database import PracticeDatabase
from ingest.sources.practice.facts import Facts, PatientFacts
from ingest.sources.practice.mapping import EntityName, Mapping, TableMapping
from ingest.sources.practice.reading import RowReader
from ingest.sources.practice.telling import Circumstances, tell

SAMPLE_ROWS: Final = 200
SHOWN_ROWS: Final = 5
_HIDDEN: Final = frozenset(
    {"patient_id", "name_digest", "invoice_id", "payment_id", "refund_id", "adjustment_id"}
)
Screen = Callable[[SourceEvent], None]
"""Raises EventRejectedError for an event that would be refused."""


class CheckedTable(Struct, kw_only=True):
    """What was found about one table."""

    name: EntityName
    table: str
    rows: int = 0
    errors: list[str] = field(default_factory=list[str])
    """Nothing of this table can be read before these are mended."""
    warnings: list[str] = field(default_factory=list[str])
    refused: dict[str, int] = field(default_factory=dict[str, int])
    """Why rows of the sample would go to quarantine, and how many."""
    sampled: int = 0
    shown: list[dict[str, str]] = field(default_factory=list[dict[str, str]])


def check(
    mapping: Mapping, database: PracticeDatabase, now: datetime, screen: Screen
) -> Iterator[CheckedTable]:
    """Check every mapped table.

    Args:
        mapping: the mapping.
        database: what it maps.
        now: the present.
        screen: the rules every event must pass.

    Raises:
        SourceUnreadableError: if a table is missing.
        UnavailableError: if the database does not answer.
    """
    for name, table in mapping.tables():
        found = CheckedTable(name=name, table=table.table)
        there = set(database.columns_of(table))
        missing = [one for one in table.columns() if one not in there]
        if missing:
            found.errors.append(f"no column {', '.join(missing)}")
        else:
            found.rows = database.count(table)
            found.errors.extend(_errors(database, table))
            found.warnings.extend(_warnings(database, table, ZoneInfo(mapping.time_zone)))
            rows = database.by_key(table, None, SAMPLE_ROWS)
            sample(found, mapping, table, rows, now=now, screen=screen)
        yield found


def require_keys(database: PracticeDatabase, table: TableMapping) -> None:
    """See to it that no row of a table passes for another.

    Raises:
        SourceUnreadableError: if rows share a key.
    """
    if database.repeats_keys(table):
        raise SourceUnreadableError(
            f"rows of {table.table} have the same {table.key}, so it is no key: name a unique "
            "column, or read a view that has one"
        )


def _errors(database: PracticeDatabase, table: TableMapping) -> Iterator[str]:
    if database.repeats_keys(table):
        yield f"rows have the same {table.key}: name a unique column, or a view that has one"


def _warnings(database: PracticeDatabase, table: TableMapping, zone: ZoneInfo) -> Iterator[str]:
    if keyless := database.nulls(table, table.key):
        yield f"{keyless} rows have no {table.key}: they go to quarantine"
    if table.updated_at is None:
        yield "no updated_at: every run reads the whole table"
    else:
        yield from _warnings_of_changes(database, table, table.updated_at, zone)
    if not database.leads_an_index(table, table.key):
        yield f"no index begins with {table.key}: a first or full run sorts the table repeatedly"


def _warnings_of_changes(
    database: PracticeDatabase, table: TableMapping, updated_at: str, zone: ZoneInfo
) -> Iterator[str]:
    if not database.leads_an_index(table, updated_at):
        yield f"no index begins with {updated_at}: every run scans the table for changes"
    if undated := database.nulls(table, updated_at):
        yield f"{undated} rows have no {updated_at}: every run reads them all"
    latest = database.latest_change(table)
    try:
        if latest is not None:
            earlier(latest, 0, zone)
    except EventRejectedError:
        yield f"the greatest {updated_at} is no time: every run reads the whole table"


def sample(
    found: CheckedTable,
    mapping: Mapping,
    table: TableMapping,
    rows: Iterable[Sequence[Any]],
    *,
    now: datetime,
    screen: Screen,
) -> None:
    """Say what some rows of a table become, without identifiers, and why others would be refused.

    Args:
        found: where it is said.
        mapping: the mapping.
        table: of which table the rows are.
        rows: the cells of the table's `columns()`.
        now: the present.
        screen: the rules every event must pass.
    """
    reader = RowReader(found.name, mapping, table, _no_digest)
    for raw in rows:
        found.sampled += 1
        try:
            reading = reader.read(raw)
            circumstances = Circumstances(
                source=mapping.source,
                key=reader.key(raw),
                revision=1,
                changed_at=reader.changed_at(raw, now),
                zone=reader.zone,
            )
            events, _ = tell(None, reading.facts, circumstances, reading.name)
            for event in events:
                screen(event)
        except EventRejectedError as error:
            found.refused[error.problem] = found.refused.get(error.problem, 0) + 1
            continue
        if len(found.shown) < SHOWN_ROWS:
            found.shown.append(_shown(reading.facts, [event.envelope.type for event in events]))


def _shown(facts: Facts, types: list[str]) -> dict[str, str]:
    shown: dict[str, str] = {}
    currency = None if isinstance(facts, PatientFacts) else facts.currency
    for name, value in structs.asdict(facts).items():
        if name in _HIDDEN or value is None:
            continue
        if currency is not None and isinstance(value, int):
            shown[name] = decimal_text(value, currency)
        elif isinstance(value, datetime):
            shown[name] = value.astimezone(UTC).isoformat(timespec="seconds")
        else:
            shown[name] = str(value)
    return {**shown, "told as": ", ".join(types)}


def _no_digest(_name: PatientName) -> bytes:
    return b""
