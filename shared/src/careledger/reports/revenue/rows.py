"""Reads the figures of periods: from the sums over all rows, less what a question may not know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

import asyncpg

from careledger.postgres import Connection
from careledger.reports.revenue.figures import NO_FIGURES, Figures, less, plus
from careledger.reports.revenue.models import RevenueQuery
from careledger.reports.snapshot import Snapshot
from careledger.reports.statements import compose, fragment, statement

_DATED: Final = fragment("revenue/dated_currencies")
_CURRENCIES: Final = compose(_DATED, fragment("revenue/currencies"))
_DAYS: Final = compose(_DATED, fragment("revenue/days"))
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
    days: dict[Cell, Figures] | None = None
    """The figures of the range asked for, if they were read with the currencies."""

    async def read(self, start: date, end: date) -> dict[Cell, Figures]:
        """Return the figures of each period of a range that has any row."""
        last = min(end, self.snapshot.as_of)
        if last < start or not self.currencies:
            return {}
        query = self.query
        if self.days is not None and (start, end) == (query.start_date, query.end_date):
            return self.days
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
        table = _METRICS if _needs_dimensions(query) else _DAILY_TOTALS
        cells = _cells(await table.fetch(self.connection, parameters))
        if self.has_later:
            later = _cells(await _LATER.fetch(self.connection, parameters))
            for cell, taken in later.items():
                cells[cell] = less(cells.get(cell, NO_FIGURES), taken)
        return self._named(cells)

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
    """Find out which currencies a question is about and whether anything must be taken off.

    What most people ask, the days of one clinic as they are known now, is read on the way.
    """
    if _asks_for_days(query, snapshot):
        reader = await _open_with_days(connection, snapshot, query)
        if reader is not None:
            return reader
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


def _needs_dimensions(query: RevenueQuery) -> bool:
    if query.methods or query.payer_types or query.categories or query.providers:
        return True
    return query.breakdown not in {None, "clinic"}


def _asks_for_days(query: RevenueQuery, snapshot: Snapshot) -> bool:
    if _needs_dimensions(query) or query.breakdown is not None or query.granularity != "day":
        return False
    return len(snapshot.clinics) == 1 and snapshot.is_current


async def _open_with_days(
    connection: Connection, snapshot: Snapshot, query: RevenueQuery
) -> FiguresReader | None:
    """Read currencies and days at once; None if anything must be taken off."""
    last = min(query.end_date, snapshot.as_of)
    parameters = {**snapshot.parameters, "start": query.start_date, "last": last}
    rows = await _DAYS.fetch(connection, parameters)
    if any(row["moves_ahead"] for row in rows):
        return None
    asked = [row for row in rows if not query.currencies or row["currency"] in query.currencies]
    days: dict[Cell, Figures] = {}
    for row in asked:
        days |= _cells_of_days(row["currency"], row["days"] or (), row["figures"] or ())
    currencies = tuple(row["currency"] for row in asked)
    return FiguresReader(connection, snapshot, query, currencies, has_later=False, days=days)


def _cells_of_days(
    currency: str, days: Sequence[date], figures: Sequence[Sequence[int]]
) -> dict[Cell, Figures]:
    found = [(currency, day, None) for day in days]
    cells: dict[Cell, Figures] = dict(zip(found, map(tuple, figures), strict=True))
    if len(cells) < len(found):
        cells = {}
        for cell, part in zip(found, figures, strict=True):
            cells[cell] = plus(cells.get(cell, NO_FIGURES), part)
    return cells


def _cells(rows: Sequence[asyncpg.Record]) -> dict[Cell, Figures]:
    return {row[:_CELL_COLUMNS]: row[_CELL_COLUMNS:] for row in map(tuple, rows)}
