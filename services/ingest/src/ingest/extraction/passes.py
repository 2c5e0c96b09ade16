"""Which rows a run reads, and where the reading stands after each batch of them.

A first or full pass goes by key, which is what tables are ordered by; an incremental one goes by
time of change, from a little before the last change seen. Both can be taken up where they stood.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator, Sequence
from concurrent.futures import Executor
from datetime import date, datetime, timedelta
from decimal import Decimal
from numbers import Real
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct

from careledger import clock
from careledger.errors import ConfigurationError
from careledger.events.rejection import EventRejectedError
from ingest.sources.practice import changes
from ingest.sources.practice.database import Position, PracticeDatabase, Row
from ingest.sources.practice.mapping import TableMapping

_DAY = timedelta(days=1)
Checkpoint = dict[str, Any]


class Batch(NamedTuple):
    """Some rows, and the checkpoint of their table once they are told."""

    rows: Sequence[Row]
    checkpoint: Checkpoint | None


class TableReading(Struct, frozen=True, kw_only=True):
    """How one table is read."""

    database: PracticeDatabase
    table: TableMapping
    limit: int
    overlap_seconds: int
    zone: ZoneInfo
    """Of times of change without an offset."""

    def new_and_changed(self, checkpoint: Checkpoint) -> Iterator[Batch]:
        """Yield what is new or changed since a checkpoint; of an unknown table everything."""
        since = load_cell(checkpoint.get("changed"))
        low = self._before(since)
        if low is None:
            yield from self.everything(checkpoint)
            return
        after = Position(low)
        while rows := self.database.by_change(self.table, after, self.limit):
            after = self._position(rows[-1])
            since = self._reached(after.changed) or since
            yield Batch(rows, {"changed": dump_cell(since)})
        # Rows that do not say when they changed are behind no time.
        yield from self._by_key(undated=True)

    def everything(self, checkpoint: Checkpoint) -> Iterator[Batch]:
        """Yield all rows, going on where an unfinished pass stood."""
        if self.table.updated_at is None:
            yield from self._by_key()
            return
        unfinished: Checkpoint = checkpoint.get("pass") or {}
        after = load_cell(unfinished.get("after"))
        # What changes while the pass goes on has a later time, and is read by the next run.
        until = unfinished.get("until") or dump_cell(
            self._reached(self.database.latest_change(self.table))
        )
        while rows := self.database.by_key(self.table, after, self.limit):
            after = self._position(rows[-1]).key
            yield Batch(rows, {"pass": {"after": dump_cell(after), "until": until}})
        yield Batch((), {"changed": until})
        if unfinished:
            # Rows behind which an earlier run stood may have changed since.
            yield from self.new_and_changed({"changed": until})

    def of_range(self, first: date, last: date) -> Iterator[Batch]:
        """Yield the rows of some days, and of those next to them: zones may shift a day by one."""
        days = (first - _DAY).isoformat(), (last + _DAY).isoformat()
        yield from self._by_key(days=days)

    def without_key(self) -> Iterator[Batch]:
        """Yield some of the rows that have no key."""
        if rows := self.database.without_key(self.table, self.limit):
            yield Batch(rows, None)

    def of_days(self, days: Sequence[str | None]) -> Iterator[Batch]:
        """Yield the rows the database counts under some days."""
        rows = self.database.of_days(self.table, days)
        for start in range(0, len(rows), self.limit):
            yield Batch(rows[start : start + self.limit], None)

    def of_keys(self, keys: Sequence[str]) -> Iterator[Batch]:
        """Yield the rows with some keys, as far as they are there."""
        for start in range(0, len(keys), self.limit):
            yield Batch(self.database.of_keys(self.table, keys[start : start + self.limit]), None)

    def _by_key(
        self, *, days: tuple[str, str] | None = None, undated: bool = False
    ) -> Iterator[Batch]:
        after = None
        while rows := self.database.by_key(
            self.table, after, self.limit, days=days, undated=undated
        ):
            after = self._position(rows[-1]).key
            yield Batch(rows, None)

    def _before(self, since: object) -> Any:  # noqa: ANN401 - as the driver gives it
        """Return from where on rows may be new, None if that cannot be said."""
        if self.table.updated_at is None or since is None:
            return None
        try:
            return changes.earlier(since, self.overlap_seconds, self.zone)
        except EventRejectedError:
            return None

    def _reached(self, changed: object) -> Any:  # noqa: ANN401 - as the driver gives it
        """Return a time of change that was read up to, None if it is no time."""
        try:
            return changes.not_ahead(changed, self.zone, clock.now())
        except EventRejectedError:
            return None

    def _position(self, row: Row) -> Position:
        columns = self.table.columns()
        key = row[columns.index(self.table.key)]
        if self.table.updated_at is None:
            return Position(None, key)
        return Position(row[columns.index(self.table.updated_at)], key)


async def in_thread(batches: Iterator[Batch], executor: Executor) -> AsyncGenerator[Batch]:
    """Yield batches that are read in a thread, the next one while the last is being told."""
    loop = asyncio.get_running_loop()
    reading = loop.run_in_executor(executor, next, batches, None)
    try:
        while (batch := await reading) is not None:
            reading = loop.run_in_executor(executor, next, batches, None)
            yield batch
    finally:
        # The thread ends its query before the connection may be closed.
        await asyncio.wait([reading])
        if not reading.cancelled():
            reading.exception()


def dump_cell(value: object) -> dict[str, str | int] | None:
    """Write a cell of a key or of a time of change as JSON can hold it."""
    match value:
        case None:
            return None
        case bool():
            raise ConfigurationError("keys and times of change cannot be true or false")
        case int():
            return {"int": value}
        case datetime():
            kind, text = "instant", value.isoformat()
        case date():
            kind, text = "day", value.isoformat()
        case Decimal():
            kind, text = "decimal", str(value)
        case UUID():
            kind, text = "uuid", str(value)
        case Real():
            raise ConfigurationError("keys and times of change cannot be fractions")
        case _:
            kind, text = "text", str(value)
    return {kind: text}


def load_cell(dumped: dict[str, Any] | None) -> Any:  # noqa: ANN401 - as the driver gave it
    """Read a cell back as it was."""
    if not dumped:
        return None
    ((kind, value),) = dumped.items()
    match kind:
        case "instant":
            return datetime.fromisoformat(value)
        case "day":
            return date.fromisoformat(value)
        case "decimal":
            return Decimal(value)
        case "uuid":
            return UUID(value)
        case _:
            return value
