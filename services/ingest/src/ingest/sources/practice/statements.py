"""A mapped table as SQLAlchemy's terms: its columns, those of a joined table, the day of a row."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    Select,
    String,
    cast,
    column,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy.sql.expression import FromClause

from ingest.sources.practice.mapping import TableMapping

_DAY_LENGTH: Final = 10


class MappedTable:
    """A mapped table and the one joined to it, in SQLAlchemy's terms."""

    def __init__(self, mapped: TableMapping) -> None:
        """Name every column that is read."""
        self._mapped = mapped
        bare, schema = split_name(mapped.table)
        own = [one for one in mapped.columns() if "." not in one]
        if mapped.join is not None:
            own.append(mapped.join.column)
        day = mapped.column_of(mapped.day_field)
        self.table = table(bare, *(_column(one) for one in dict.fromkeys(own)), schema=schema)
        self._from: FromClause = self.table
        self._other = self.table
        if mapped.join is not None:
            other, other_schema = split_name(mapped.join.table)
            prefix = f"{mapped.join.table}."
            joined = [one.removeprefix(prefix) for one in mapped.columns() if "." in one]
            names = dict.fromkeys((*joined, mapped.join.key))
            self._other = table(other, *(_column(one) for one in names), schema=other_schema)
            self._from = self.table.outerjoin(
                self._other,
                self.table.c[mapped.join.column] == self._other.c[mapped.join.key],
            )
        self._day = day

    def column(self, name: str) -> ColumnElement[Any]:
        """Return a column by the name the mapping gives it."""
        if "." in name:
            return self._other.c[name.rpartition(".")[2]]
        return self.table.c[name]

    def day(self) -> ColumnElement[Any]:
        """Return the day rows are counted by, `YYYY-MM-DD`."""
        if self._day is None:
            return cast(None, String)
        # Written out: PostgreSQL does not see that two parameters of a grouping are the same.
        first: ColumnClause[Any] = literal_column("1")
        length: ColumnClause[Any] = literal_column(str(_DAY_LENGTH))
        return func.substr(cast(self.column(self._day), String), first, length)

    def select(self, *columns: ColumnElement[Any]) -> Select[Any]:
        """Select some columns, by default the mapped ones in order."""
        wanted = columns or tuple(self.column(one) for one in self._mapped.columns())
        return select(*wanted).select_from(self._from)


def split_name(name: str) -> tuple[str, str | None]:
    """Return the name of a table without its schema, and the schema."""
    schema, _, bare = name.rpartition(".")
    return bare, schema or None


def _column(name: str) -> ColumnClause[Any]:
    return column(name)
