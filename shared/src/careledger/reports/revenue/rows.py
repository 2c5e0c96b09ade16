"""Reads the figures of periods: from the sums over all rows, less what a question may not know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

import asyncpg

from careledger.postgres import Connection
from careledger.reports.revenue.figures import NO_FIGURES, Figures, less
from careledger.reports.revenue.models import RevenueQuery
from careledger.reports.snapshot import Snapshot
from careledger.reports.statements import statement

_CURRENCIES: Final = statement("revenue/currencies")
_KNOWN_CURRENCIES: Final = statement("revenue/known_currencies")
_DAILY_TOTALS: Final = statement("revenue/daily_totals")
_METRICS: Final = statement("revenue/metrics")
_LATER: Final = statement("revenue/later")


Cell: TypeAlias = tuple[str, date, str | None]
"""What figures are grouped by: currency, first day, and the value of the breakdown's dimension."""
_CELL_COLUMNS: Final = 3


@dataclass(frozen=True, slots=True)
class FiguresReader:
    """Reads figures of one question; `currencies` are those its series are in."""

    connection: Connection
    snapshot: Snapshot
    query: RevenueQuery
    currencies: tuple[str, ...]
    has_later: bool

    async def read(self, start: date, end: date) -> dict[Cell, Figures]:
        """Return the figures of each period of a range that has any row."""
        last = min(end, self.snapshot.as_of)
        if last < start or not self.currencies:
            return {}
        query = self.query
        parameters = {
            **self.snapshot.parameters,
            "currencies": list(self.currencies),
            "start": start,
            "last": last,
            "granularity": query.granularity,
            "breakdown": query.breakdown,
            "methods": list(query.methods),
            "payer_types": list(query.payer_types),
            "categories": list(query.categories),
            "providers": list(query.providers),
        }
        table = _METRICS if self._needs_dimensions else _DAILY_TOTALS
        cells = _cells(await table.fetch(self.connection, parameters))
        if self.has_later:
            later = _cells(await _LATER.fetch(self.connection, parameters))
            for cell, taken in later.items():
                cells[cell] = less(cells.get(cell, NO_FIGURES), taken)
        return self._named(cells)

    @property
    def _needs_dimensions(self) -> bool:
        query = self.query
        if query.methods or query.payer_types or query.categories or query.providers:
            return True
        return query.breakdown not in {None, "clinic"}

    def _named(self, cells: dict[Cell, Figures]) -> dict[Cell, Figures]:
        if self.query.breakdown != "clinic":
            return cells
        names = {str(number): name for number, name in self.snapshot.clinic_ids.items()}
        return {
            (currency, label, names[group or ""]): figures
            for (currency, label, group), figures in cells.items()
        }


async def open_reader(
    connection: Connection, snapshot: Snapshot, query: RevenueQuery
) -> FiguresReader:
    """Find out which currencies a question is about and whether anything must be taken off."""
    (row,) = await _CURRENCIES.fetch(connection, snapshot.parameters)
    currencies: list[str] = row["currencies"]
    if currencies and not snapshot.is_current:
        known = await _KNOWN_CURRENCIES.fetch(
            connection, {**snapshot.parameters, "currencies": currencies}
        )
        currencies = [row["currency"] for row in known]
    asked = tuple(
        code for code in sorted(currencies) if not query.currencies or code in query.currencies
    )
    has_later = row["moves_ahead"] or not snapshot.is_current
    return FiguresReader(connection, snapshot, query, asked, has_later)


def _cells(rows: Sequence[asyncpg.Record]) -> dict[Cell, Figures]:
    return {row[:_CELL_COLUMNS]: row[_CELL_COLUMNS:] for row in map(tuple, rows)}
