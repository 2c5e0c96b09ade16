"""Reads a practice's database through SQLAlchemy, in chunks, read only; SQLite, PostgreSQL, MySQL.

Cells come as the driver gives them: no type of SQLAlchemy's stands between, so that what is
compared and kept as a position is what the database itself orders by.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    and_,
    cast,
    create_engine,
    func,
    inspect,
    or_,
    select,
    text,
)
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchTableError, SQLAlchemyError

from careledger.errors import ConfigurationError, UnavailableError
from ingest.sources.payloads import SourceUnreadableError
from ingest.sources.practice.mapping import TableMapping
from ingest.sources.practice.reading import source_day
from ingest.sources.practice.statements import MappedTable, split_name

_DRIVERS: Final = {
    "sqlite": "sqlite+pysqlite",
    "postgresql": "postgresql+pg8000",
    "postgres": "postgresql+pg8000",
    "mysql": "mysql+pymysql",
    "mariadb": "mariadb+pymysql",
}
_PREPARATIONS: Final = {
    "postgresql": (
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
        "SET TIME ZONE 'UTC'",
        "SET datestyle = 'ISO'",
    ),
    "mysql": ("SET SESSION TRANSACTION READ ONLY",),
    "mariadb": ("SET SESSION TRANSACTION READ ONLY",),
    "sqlite": ("PRAGMA query_only = ON",),
}
_IN_MAX: Final = 500
Row = Sequence[Any]


class Position(Struct, frozen=True):
    """Where a reading by time of change stands."""

    changed: Any
    key: Any = None
    """None: everything from `changed` on."""


class PracticeDatabase:
    """A connection to a practice's database; its methods wait, so call them in a thread."""

    def __init__(self, url: str) -> None:
        """Take its address; nothing is opened yet.

        Raises:
            ConfigurationError: if the address is none, or of no database that is understood.
        """
        self._engine: Engine = create_engine(_address(url), isolation_level="AUTOCOMMIT")
        self._open: Connection | None = None
        self._integer_keys: dict[str, bool] = {}

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
        bare, schema = split_name(mapped.table)
        inspector = inspect(self._connected())
        leading: list[list[str | None]] = [
            list(one["column_names"][:1]) for one in inspector.get_indexes(bare, schema=schema)
        ]
        key = inspector.get_pk_constraint(bare, schema=schema)["constrained_columns"]
        leading.append(list(key[:1]))
        return [name] in leading

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

    def by_change(self, mapped: TableMapping, after: Position, limit: int) -> list[Row]:
        """Read the rows behind a position, in the order of their time of change and key."""
        own = MappedTable(mapped)
        changed, key = own.column(mapped.updated_at or ""), own.column(mapped.key)
        behind = changed >= after.changed
        if after.key is not None:
            behind = and_(behind, or_(changed > after.changed, key > after.key))
        statement = own.select().where(behind).order_by(changed, key).limit(limit)
        return self._rows(statement)

    def by_key(
        self,
        mapped: TableMapping,
        after: Any,  # noqa: ANN401 - as the driver gives it
        limit: int,
        days: tuple[str, str] | None = None,
    ) -> list[Row]:
        """Read the rows behind a key, in the order of keys, of all days or from one to another."""
        own = MappedTable(mapped)
        key = own.column(mapped.key)
        statement = own.select().order_by(key).limit(limit)
        if after is not None:
            statement = statement.where(key > after)
        if days is not None:
            statement = statement.where(own.day().between(*days))
        return self._rows(statement)

    def of_days(self, mapped: TableMapping, days: Sequence[str | None]) -> list[Row]:
        """Read the rows that the database counts under some days; None: those without a day."""
        own = MappedTable(mapped)
        named = [one for one in days if one is not None]
        wanted: ColumnElement[bool] = own.day().in_(named)
        if None in days:
            wanted = or_(wanted, own.day().is_(None))
        return self._rows(own.select().where(wanted).order_by(own.column(mapped.key)))

    def of_keys(self, mapped: TableMapping, keys: Sequence[str]) -> list[Row]:
        """Read the rows with some keys, as far as they are there."""
        own = MappedTable(mapped)
        key: ColumnElement[Any] = own.column(mapped.key)
        values: Sequence[Any] = keys
        if self._has_integer_keys(mapped):
            values = [int(one) for one in keys]
        elif self._engine.dialect.name == "postgresql":
            key = cast(key, String)
        found: list[Row] = []
        for start in range(0, len(values), _IN_MAX):
            found += self._rows(own.select().where(key.in_(values[start : start + _IN_MAX])))
        return found

    def keys_among(self, mapped: TableMapping, keys: Sequence[str]) -> set[str]:
        """Return those of some keys that are there."""
        place = mapped.columns().index(mapped.key)
        return {str(row[place]) for row in self.of_keys(mapped, keys)}

    def days(self, mapped: TableMapping) -> dict[str | None, int]:
        """Return how many rows the database has under each day."""
        own = MappedTable(mapped)
        day = own.day()
        statement = select(day, func.count()).select_from(own.table).group_by(day)
        return {source_day(row[0]): int(row[1]) for row in self._rows(statement)}

    def _has_integer_keys(self, mapped: TableMapping) -> bool:
        if mapped.table not in self._integer_keys:
            types = {one["name"]: one["type"] for one in self._described(mapped.table)}
            kind = types.get(mapped.key)
            try:
                integer = kind is not None and kind.python_type is int
            except NotImplementedError:
                integer = False
            self._integer_keys[mapped.table] = integer
        return self._integer_keys[mapped.table]

    def _described(self, name: str) -> Iterable[Any]:
        bare, schema = split_name(name)
        try:
            return inspect(self._connected()).get_columns(bare, schema=schema)
        except NoSuchTableError:
            raise SourceUnreadableError(f"the database has no table {name}") from None
        except SQLAlchemyError as error:
            raise _failure(error) from None

    def _scalar(self, statement: Select[Any]) -> Any:  # noqa: ANN401 - as the driver gives it
        rows = self._rows(statement)
        return rows[0][0] if rows else None

    def _rows(self, statement: Select[*tuple[Any, ...]]) -> list[Row]:
        try:
            return list(self._connected().execute(statement).fetchall())
        except (SQLAlchemyError, OSError) as error:
            self.close()
            raise _failure(error) from None

    def _connected(self) -> Connection:
        if self._open is None:
            try:
                self._open = self._engine.connect()
                for statement in _PREPARATIONS.get(self._engine.dialect.name, ()):
                    self._open.execute(text(statement))
            except (SQLAlchemyError, OSError) as error:
                self._open = None
                raise _failure(error) from None
        return self._open


def _address(text: str) -> URL:
    try:
        url = make_url(text)
    except ArgumentError:
        raise ConfigurationError(
            "the source's address must be a URL such as sqlite:///practice.db or "
            "postgresql://reader:password@host/practice"
        ) from None
    driver = _DRIVERS.get(url.get_backend_name())
    if driver is None:
        raise ConfigurationError(
            "the source's address must be of sqlite, postgresql, mysql or mariadb"
        )
    url = url.set(drivername=driver)
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "")
        if not path.is_file():
            raise SourceUnreadableError("the source's SQLite file does not exist")
        # Only a URI can say that the file must not be written.
        return url.set(database=f"file:{path.resolve()}", query={"mode": "ro", "uri": "true"})
    return url


def _failure(error: Exception) -> Exception:
    """Tell a database that is away from one that has another shape; neither text has values."""
    if isinstance(error, DBAPIError) and not error.connection_invalidated:
        kind = type(error.orig).__name__
        if kind in {"ProgrammingError", "OperationalError", "DatabaseError"} and _is_shape(error):
            return SourceUnreadableError(
                "the database refuses a query: a table or column of the mapping is gone or not "
                "readable; run ingest mapping check"
            )
    return UnavailableError(f"the source's database does not answer: {type(error).__name__}")


_SHAPE: Final = (
    "no such column",
    "no such table",
    "42703",
    "42P01",
    "42501",
    "1054",
    "1146",
    "1142",
)


def _is_shape(error: DBAPIError) -> bool:
    return any(sign in str(error.orig) for sign in _SHAPE)
