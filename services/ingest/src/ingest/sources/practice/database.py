"""Reads a practice's database through SQLAlchemy, in chunks, read only; SQLite, PostgreSQL, MySQL.

Cells come as the driver gives them: no type of SQLAlchemy's stands between, so that what is
compared and kept as a position is what the database itself orders by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from uuid import UUID

from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    and_,
    cast,
    func,
    inspect,
    or_,
    select,
)
from sqlalchemy.exc import NoSuchTableError, SQLAlchemyError

from careledger.events.rejection import EventRejectedError
from ingest.sources.payloads import SourceUnreadableError
from ingest.sources.practice.connecting import engine_of, prepare
from ingest.sources.practice.failures import failure
from ingest.sources.practice.mapping import TableMapping
from ingest.sources.practice.reading import source_day
from ingest.sources.practice.statements import MappedTable, split_name
from ingest.sources.practice.values import identifier

QUERY_SECONDS_MAX: Final = 600
_IN_MAX: Final = 500
Row = Sequence[Any]


class Position(Struct, frozen=True):
    """Where a reading by time of change stands."""

    changed: Any
    key: Any = None
    """None: everything from `changed` on."""


class PracticeDatabase:
    """A connection to a practice's database; its methods wait, so call them in a thread."""

    def __init__(self, address: str, *, query_seconds_max: int = QUERY_SECONDS_MAX) -> None:
        """Take its address; nothing is opened yet.

        Raises:
            ConfigurationError: if the address is none, or of no database that is understood.
            SourceUnreadableError: if it names a file that is not there.
        """
        self._engine: Final = engine_of(address, query_seconds_max)
        self._query_seconds_max: Final = query_seconds_max
        self._open: Connection | None = None
        self._key_types: dict[tuple[str, str], type | None] = {}

    def close(self) -> None:
        """Close the connection."""
        if self._open is not None:
            self._open.close()
            self._open = None
        self._engine.dispose()

    def columns_of(self, mapped: TableMapping) -> list[str]:
        """Return the columns of a mapped table, those of a joined one as `table.column`.

        Raises:
            SourceUnreadableError: if there is no such table.
        """
        found = [one["name"] for one in self._described(mapped.table)]
        if mapped.join is not None:
            found += [
                f"{mapped.join.table}.{one['name']}" for one in self._described(mapped.join.table)
            ]
        return found

    def leads_an_index(self, mapped: TableMapping, name: str) -> bool:
        """Tell whether an index or the primary key begins with a column; a view has none."""
        return any(columns[:1] == [name] for columns, _ in self._indexes(mapped.table))

    def repeats_keys(self, mapped: TableMapping) -> bool:
        """Tell whether two rows have the same key, as joined; a unique index rules it out."""
        join = mapped.join
        if self._is_unique(mapped.table, mapped.key) and (
            join is None or self._is_unique(join.table, join.key)
        ):
            return False
        own = MappedTable(mapped)
        key = own.column(mapped.key)
        twice = own.select(key).where(key.is_not(None)).group_by(key).having(func.count() > 1)
        return bool(self._rows(twice.limit(1)))

    def latest_change(self, mapped: TableMapping) -> Any:  # noqa: ANN401 - as the driver gives it
        """Return the greatest time of change, None for an empty table or one without."""
        if mapped.updated_at is None:
            return None
        own = MappedTable(mapped)
        return self._scalar(select(func.max(own.column(mapped.updated_at))).select_from(own.table))

    def count(self, mapped: TableMapping) -> int:
        """Return how many rows a table has."""
        own = MappedTable(mapped)
        return int(self._scalar(select(func.count()).select_from(own.table)))

    def nulls(self, mapped: TableMapping, name: str) -> int:
        """Return in how many rows a column of a table is null."""
        own = MappedTable(mapped)
        counted = select(func.count()).select_from(own.table).where(own.column(name).is_(None))
        return int(self._scalar(counted))

    def by_change(self, mapped: TableMapping, after: Position, limit: int) -> list[Row]:
        """Read the rows behind a position, in the order of their time of change and key."""
        own = MappedTable(mapped)
        changed, key = own.column(mapped.updated_at or ""), own.column(mapped.key)
        behind = and_(changed >= after.changed, key.is_not(None))
        if after.key is not None:
            behind = and_(behind, or_(changed > after.changed, key > after.key))
        return self._rows(own.select().where(behind).order_by(changed, key).limit(limit))

    def by_key(
        self,
        mapped: TableMapping,
        after: Any,  # noqa: ANN401 - as the driver gives it
        limit: int,
        *,
        days: tuple[str, str] | None = None,
        undated: bool = False,
    ) -> list[Row]:
        """Read the rows behind a key, in the order of keys.

        Args:
            mapped: the table.
            after: the key; None for the first rows.
            limit: how many.
            days: only those from one day to another.
            undated: only those whose time of change is null.
        """
        own = MappedTable(mapped)
        key = own.column(mapped.key)
        statement = own.select().where(key.is_not(None) if after is None else key > after)
        statement = statement.order_by(key).limit(limit)
        if undated:
            statement = statement.where(own.column(mapped.updated_at or "").is_(None))
        if days is not None:
            statement = statement.where(own.day().between(*days))
        return self._rows(statement)

    def without_key(self, mapped: TableMapping, limit: int) -> list[Row]:
        """Read some of the rows whose key is null, which nothing else here finds."""
        own = MappedTable(mapped)
        return self._rows(own.select().where(own.column(mapped.key).is_(None)).limit(limit))

    def of_days(self, mapped: TableMapping, days: Sequence[str | None]) -> list[Row]:
        """Read the rows that the database counts under some days; None: those without a day."""
        own = MappedTable(mapped)
        named = [one for one in days if one is not None]
        wanted: ColumnElement[bool] = own.day().in_(named)
        if None in days:
            wanted = or_(wanted, own.day().is_(None))
        key = own.column(mapped.key)
        return self._rows(own.select().where(wanted, key.is_not(None)).order_by(key))

    def of_keys(self, mapped: TableMapping, keys: Sequence[str]) -> list[Row]:
        """Read the rows with some keys, as far as they are there."""
        own = MappedTable(mapped)
        key: ColumnElement[Any] = own.column(mapped.key)
        kind = self._key_type(mapped)
        values: Sequence[Any] = keys
        in_file = self._engine.dialect.name == "sqlite"
        if kind is None or (in_file and kind not in (int, str)):
            key = cast(key, String)
        elif not in_file and kind in _KEYS_AS:
            # SQLite compares a text with a number by itself, and keeps texts among its numbers.
            values = [one for one in map(_KEYS_AS[kind], keys) if one is not None]
        found: list[Row] = []
        for start in range(0, len(values), _IN_MAX):
            found += self._rows(own.select().where(key.in_(values[start : start + _IN_MAX])))
        return found

    def keys_among(self, mapped: TableMapping, keys: Sequence[str]) -> set[str]:
        """Return those of some keys that are there."""
        place = mapped.columns().index(mapped.key)
        found: set[str] = set()
        for row in self.of_keys(mapped, keys):
            # A database that ignores case or blanks finds keys that none of these are.
            with suppress(EventRejectedError):
                found.add(identifier(row[place], "key"))
        return found

    def days(self, mapped: TableMapping) -> dict[str | None, int]:
        """Return how many rows the database has under each day."""
        own = MappedTable(mapped)
        day = own.day()
        statement = select(day, func.count()).select_from(own.table).group_by(day)
        statement = statement.where(own.column(mapped.key).is_not(None))
        return {source_day(row[0]): int(row[1]) for row in self._rows(statement)}

    def _key_type(self, mapped: TableMapping) -> type | None:
        """Return what Python makes of the keys of a table; None where that is not known."""
        name = (mapped.table, mapped.key)
        if name not in self._key_types:
            kinds = {one["name"]: one["type"] for one in self._described(mapped.table)}
            try:
                self._key_types[name] = kinds[mapped.key].python_type
            except (KeyError, NotImplementedError):
                self._key_types[name] = None
        return self._key_types[name]

    def _is_unique(self, name: str, column: str) -> bool:
        return any(columns == [column] and unique for columns, unique in self._indexes(name))

    def _indexes(self, name: str) -> list[tuple[Sequence[str | None], bool]]:
        """Return the columns of each index, the primary key too, and whether they are unique."""
        bare, schema = split_name(name)
        try:
            inspector = inspect(self._connected())
            found: list[tuple[Sequence[str | None], bool]] = [
                (list(one["column_names"]), bool(one["unique"]) and not _is_partial(one))
                for one in inspector.get_indexes(bare, schema=schema)
            ]
            found += [
                (list(one["column_names"]), True)
                for one in inspector.get_unique_constraints(bare, schema=schema)
            ]
            key = inspector.get_pk_constraint(bare, schema=schema)["constrained_columns"]
        except NoSuchTableError:
            raise SourceUnreadableError(f"the database has no table {name}") from None
        except NotImplementedError:
            return []
        except (SQLAlchemyError, OSError) as error:
            raise failure(error) from None
        return [*found, (list(key), True)]

    def _described(self, name: str) -> Iterable[Any]:
        bare, schema = split_name(name)
        try:
            return inspect(self._connected()).get_columns(bare, schema=schema)
        except NoSuchTableError:
            raise SourceUnreadableError(f"the database has no table {name}") from None
        except (SQLAlchemyError, OSError) as error:
            raise failure(error) from None

    def _scalar(self, statement: Select[Any]) -> Any:  # noqa: ANN401 - as the driver gives it
        rows = self._rows(statement)
        return rows[0][0] if rows else None

    def _rows(self, statement: Select[*tuple[Any, ...]]) -> list[Row]:
        try:
            return list(self._connected().execute(statement).fetchall())
        except (SQLAlchemyError, OSError) as error:
            self.close()
            raise failure(error) from None

    def _connected(self) -> Connection:
        if self._open is None:
            try:
                self._open = self._engine.connect()
                prepare(self._open, self._query_seconds_max)
            except (SQLAlchemyError, OSError) as error:
                self._open = None
                raise failure(error) from None
        return self._open


def _is_partial(index: Any) -> bool:  # noqa: ANN401 - a row of reflection, with options per dialect
    return any(name.endswith("_where") for name in index.get("dialect_options", {}))


def _parsed(kind: Callable[[str], Any]) -> Callable[[str], Any]:
    def parse(key: str) -> Any:  # noqa: ANN401 - what the driver takes
        try:
            return kind(key)
        except (ValueError, InvalidOperation):
            # A key of another type than the column's has no row there.
            return None

    return parse


_KEYS_AS: Final[dict[type, Callable[[str], Any]]] = {
    int: _parsed(int),
    Decimal: _parsed(Decimal),
    UUID: _parsed(UUID),
}
