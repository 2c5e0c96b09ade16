"""Explains what stands on invoices of a cohort, and what was recovered of what was given up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import asyncpg

from careledger.postgres import Connection
from careledger.reports.balances.reading import Span, open_balances
from careledger.reports.explain.invoices import (
    Line,
    Subject,
    read_invoice_legs,
    show_lines,
)
from careledger.reports.explain.models import ExplainedLeg, ExplainQuery
from careledger.reports.explain.weights import GROSS_CHARGES, LANDED, NET_CHARGES, Counted
from careledger.reports.paging import read_key, write_key
from careledger.reports.snapshot import Snapshot
from careledger.reports.statements import statement

_COHORT: Final = statement("explain/cohort")
_ISSUE_DAYS: Final = statement("explain/issue_days")
_WRITTEN_OFF: Final = statement("explain/written_off")
_ONE_DAY: Final = timedelta(days=1)

_LONGER: Final = 4

Key = tuple[int, str]
CohortKey = tuple[date, int, str]
_COHORT_KEY_COLUMNS: Final = 3


class Cohort:
    """Invoices whose service or issue date lies in a span, and which of their legs count."""

    def __init__(self, span: Span, counted: tuple[Counted, ...], *, by_service: bool) -> None:
        self.span: Final = span
        self.counted: Final = counted
        self.by_service: Final = by_service

    async def sum(self, connection: Connection, snapshot: Snapshot, currency: str) -> int:
        """Sum all that stands on them."""
        reader = await open_balances(connection, snapshot)
        moved = await reader.movements(
            "service_on" if self.by_service else "issued_on", [self.span]
        )
        of_currency = next((one for one in moved if one.currency == currency), None)
        if of_currency is None:
            return 0
        if self.counted == LANDED:
            return of_currency.landed
        return {
            GROSS_CHARGES: of_currency.gross_charges,
            NET_CHARGES: of_currency.net_charges,
        }[self.counted]

    async def page(
        self, connection: Connection, snapshot: Snapshot, query: ExplainQuery
    ) -> tuple[list[ExplainedLeg], str | None]:
        """Return the legs of a page of them, in the order they were issued in.

        Days are read in stretches, each longer than the one before, as those of legs are.
        """
        after = read_key(query.after, CohortKey)
        first = after[0] if after else date.min
        days = [day for day in await self._issue_days(connection, snapshot, query) if day >= first]
        parameters = {
            **snapshot.parameters,
            "as_of": self.span.until,
            "currency": query.currency,
            "by_service": self.by_service,
            "first_day": self.span.first,
            "last_day": self.span.last,
            **dict(zip(("after_day", "after_no", "after_id"), after or (None,) * 3, strict=True)),
            "rows": query.limit + 1,
        }
        found: list[asyncpg.Record] = []
        stretch = 1
        while days and len(found) <= query.limit:
            taken, days = days[:stretch], days[stretch:]
            stretch *= _LONGER
            asked = {"issue_days": taken, "issued_from": taken[0], "issued_to": taken[-1]}
            found += await _COHORT.fetch(connection, parameters | asked)
        subjects = [
            Subject(row["clinic_no"], row["patient_id"], row["invoice_id"], row["business_date"])
            for row in found[: query.limit]
        ]
        legs = await read_invoice_legs(connection, snapshot, self.span.until, subjects)
        lines = [line for one in legs for line in one.shown(self.counted, snapshot)]
        if len(found) <= query.limit:
            return lines, None
        return lines, write_key(tuple(found[query.limit - 1])[:_COHORT_KEY_COLUMNS])

    async def _issue_days(
        self, connection: Connection, snapshot: Snapshot, query: ExplainQuery
    ) -> list[date]:
        """Return the days on which invoices of the cohort may have been issued."""
        if not self.by_service:
            days = (self.span.last - self.span.first).days
            return [self.span.first + timedelta(days=number) for number in range(days + 1)]
        reader = await open_balances(connection, snapshot)
        parameters = {
            **snapshot.parameters,
            "currency": query.currency,
            "first_day": self.span.first,
            "last_day": self.span.last,
            "is_behind": reader.is_behind,
            "first_batch": reader.first_batch,
        }
        return [row["issued_on"] for row in await _ISSUE_DAYS.fetch(connection, parameters)]


async def page_of_recoveries(
    connection: Connection, snapshot: Snapshot, query: ExplainQuery, first: date, last: date
) -> tuple[list[ExplainedLeg], str | None]:
    """Return by how much what was recovered on each invoice grew in a span; a page of invoices."""
    found = await _WRITTEN_OFF.fetch(connection, _parameters(snapshot, query, last))
    subjects = [
        Subject(row["clinic_no"], row["patient_id"], row["invoice_id"], row["issued_on"])
        for row in found[: query.limit]
        if row["patient_id"] is not None
    ]
    legs = await read_invoice_legs(connection, snapshot, last, subjects)
    lines: list[Line] = []
    for one in legs:
        grown = _recovered(*one.state()) - _recovered(*one.state(first - _ONE_DAY))
        lines += one.rule("recovered", grown)
    return show_lines(lines, snapshot), _following(found, query.limit)


def _recovered(before_write_off: int, written_off: int) -> int:
    return written_off - min(max(0, written_off), max(0, before_write_off))


def _parameters(snapshot: Snapshot, query: ExplainQuery, as_of: date) -> dict[str, object]:
    after_no, after_id = read_key(query.after, Key) or (None, None)
    return {
        **snapshot.parameters,
        "as_of": as_of,
        "currency": query.currency,
        "after_no": after_no,
        "after_id": after_id,
        "rows": query.limit + 1,
    }


def _following(rows: Sequence[asyncpg.Record], limit: int) -> str | None:
    if len(rows) <= limit:
        return None
    return write_key((rows[limit - 1]["clinic_no"], rows[limit - 1]["invoice_id"]))
