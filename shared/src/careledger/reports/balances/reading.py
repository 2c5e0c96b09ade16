"""Reads balances and movements of any days at any watermark.

They are kept per day at the offsets that the background job has reached; records between those and
the offsets asked are added, or taken off, by following their patients anew. So an answer is exact
whether the job has run or not, and only its speed depends on it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, NamedTuple

import asyncpg

from careledger.postgres import Connection
from careledger.reports.snapshot import NO_BATCH, Snapshot, first_batch_behind
from careledger.reports.statements import Statement, compose, fragment
from careledger.reports.watermark import Watermark

BalanceBasis = Literal["due_date", "service_date", "issued_on", "received_on"]
Cohort = Literal["effective_on", "service_on", "issued_on"]

_BEYOND: Final = (fragment("balances/beyond"), fragment("balances/changes"))
_NOTHING_BEYOND: Final = (fragment("balances/nothing_beyond"),)


def _statements(text: str) -> dict[bool, Statement]:
    return {True: compose(*_BEYOND, text), False: compose(*_NOTHING_BEYOND, text)}


_AT_DAYS: Final = _statements(fragment("balances/at_days"))
# By the day they took effect on, all cohorts are one row.
_TABLES: Final[dict[Cohort, str]] = {
    "effective_on": "movement_totals",
    "service_on": "movement_days",
    "issued_on": "movement_days",
}
_MOVEMENTS: Final[dict[Cohort, dict[bool, Statement]]] = {
    cohort: _statements(
        fragment("balances/movements").replace("/*cohort*/", cohort).replace("/*table*/", table)
    )
    for cohort, table in _TABLES.items()
}
_KEYS: Final = 6
_MOVED: Final = "moved"
_AT_DAY_AND_MOVED: Final = _statements(fragment("balances/at_days") + fragment("balances/moved_by"))
_OWED_NOW: Final = compose(fragment("balances/owed_now"))
_OWED_KEPT: Final = compose(fragment("balances/owed_kept"))
# Every record beyond the offsets kept costs the reader its patient's entries.
_NEAR_RECORDS_MAX: Final = 500
# Summing up legs is a hundredth of that work.
_SUMMED_RECORDS_MAX: Final = 100_000
_CLOSED: Final = "SELECT kafka_partition, next_offset FROM closed_positions"


@dataclass(frozen=True, slots=True)
class AgedBalance:
    """A sum of balances at the end of a day; of one basis, currency and bucket (0 to 4)."""

    day: date
    basis: BalanceBasis
    currency: str
    bucket: int
    in_collections: bool
    payer_type: str | None
    """Who paid a credit; None of receivables."""
    amount: int
    """What is open, or unapplied credit."""
    count: int
    negative_amount: int
    """What is overpaid, or a deficit; above zero."""
    negative_count: int


class Movement(NamedTuple):
    """What moved balances in one span, in one currency; signs as the metrics have them."""

    number: int
    """Which span, from 0."""
    currency: str
    charges: int = 0
    charge_corrections: int = 0
    contractual_adjustments: int = 0
    other_adjustments: int = 0
    voids: int = 0
    written_off: int = 0
    effective_write_offs: int = 0
    """By how much E grew."""
    landed: int = 0
    credited: int = 0

    def plus(self, other: Movement) -> Movement:
        """Return what moved in this span and in another, as of this one."""
        sums = (one + more for one, more in zip(self[2:], other[2:], strict=True))
        return Movement(self.number, self.currency, *sums)

    @property
    def recoveries(self) -> int:
        """The growth of written off - E."""
        return self.written_off - self.effective_write_offs

    @property
    def gross_charges(self) -> int:
        """Charges + corrections - voids."""
        return self.charges + self.charge_corrections - self.voids

    @property
    def net_charges(self) -> int:
        """Charges + corrections - contractual - voids."""
        return self.gross_charges - self.contractual_adjustments


class Span(NamedTuple):
    """Days from first to last; of what happened to them only what took effect until a day."""

    first: date
    last: date
    until: date


@dataclass(frozen=True, slots=True)
class BalanceReader:
    """Reads for one snapshot."""

    connection: Connection
    snapshot: Snapshot
    closed: Watermark
    first_batch: int

    async def at_days(
        self,
        days: Sequence[date],
        *,
        bases: Collection[BalanceBasis],
        currencies: Collection[str] = (),
        payer_types: Collection[str] = (),
    ) -> list[AgedBalance]:
        """Return the balances at the end of each day, without those that are zero.

        Args:
            days: as-of days; the snapshot's own does not matter here.
            bases: by which dates receivables age; credits are of the basis `received_on`.
            currencies: only these, if any are named.
            payer_types: only receivables owed by these, if any are named; credits are all there.
        """
        asked = self._of_days(days, bases, currencies, payer_types)
        return _aged(await _AT_DAYS[self.is_behind].fetch(self.connection, asked))

    async def at_day_and_moved(
        self, *, bases: Collection[BalanceBasis], currencies: Collection[str] = ()
    ) -> tuple[list[AgedBalance], dict[str, int]]:
        """Return the balances at the end of the snapshot's day, and what moved them comes to.

        The latter is by currency, of everything until that day: the other side of the identity.
        """
        asked = self._of_days([self.snapshot.as_of], bases, currencies, ())
        rows = await _AT_DAY_AND_MOVED[self.is_behind].fetch(self.connection, asked)
        moved = {row["currency"]: row["amount"] for row in rows if row["basis"] == _MOVED}
        return _aged(row for row in rows if row["basis"] != _MOVED), moved

    async def movements(self, cohort: Cohort, spans: Sequence[Span]) -> list[Movement]:
        """Return what moved balances in each span, per currency.

        Args:
            cohort: which date must lie in the span: that of the movement itself, or the service
                or issue date of the invoice it moved.
            spans: in any order; they may overlap.
        """
        rows = await _MOVEMENTS[cohort][self.is_behind].fetch(
            self.connection,
            {
                **self._parameters(max(span.until for span in spans)),
                "firsts": [span.first for span in spans],
                "lasts": [span.last for span in spans],
                "untils": [span.until for span in spans],
            },
        )
        return [Movement(row["number"] - 1, *list(row)[1:]) for row in rows]

    async def owed_now(self) -> dict[str, int] | None:
        """Return what everything recorded comes to, by currency: the other side of the identity.

        It is of all days and of the latest watermark, whatever was asked. None while so much is
        recorded beyond the offsets kept that summing it up would take longer than any answer may.
        """
        recorded = self.snapshot.position.watermark
        if _distance(recorded, self.closed) > _SUMMED_RECORDS_MAX:
            return None
        first_batch = await first_batch_behind(self.connection, self.closed, recorded)
        parameters = self._parameters(self.snapshot.as_of) | {"first_batch": first_batch}
        statement = _OWED_KEPT if first_batch == NO_BATCH else _OWED_NOW
        rows = await statement.fetch(self.connection, parameters)
        return {row["currency"]: row["owed"] for row in rows}

    @property
    def records_beyond(self) -> int:
        """How many records lie between the offsets kept and those asked."""
        return _distance(self.snapshot.watermark, self.closed)

    @property
    def is_near(self) -> bool:
        """Tell whether following the records beyond the offsets kept is little work."""
        return self.records_beyond <= _NEAR_RECORDS_MAX

    @property
    def may_sum(self) -> bool:
        """Tell whether the records beyond the offsets kept are few enough to sum their legs."""
        return self.records_beyond <= _SUMMED_RECORDS_MAX

    @property
    def is_behind(self) -> bool:
        """Tell whether any record lies between the offsets kept and those asked."""
        asked = self.snapshot.watermark
        return not (asked.covers(self.closed) and self.closed.covers(asked))

    def _of_days(
        self,
        days: Sequence[date],
        bases: Collection[BalanceBasis],
        currencies: Collection[str],
        payer_types: Collection[str],
    ) -> dict[str, object]:
        return {
            **self._parameters(max(days)),
            "days": list(days),
            "bases": list(bases),
            "currencies": list(currencies),
            "payer_types": list(payer_types),
        }

    def _parameters(self, last_day: date) -> dict[str, object]:
        return {
            **self.snapshot.parameters,
            "closed": self.closed.vector,
            "first_batch": self.first_batch,
            "last_day": last_day,
        }


def _aged(rows: Iterable[asyncpg.Record]) -> list[AgedBalance]:
    return [AgedBalance(*row) for row in rows if any(list(row)[_KEYS:])]


def _distance(one: Watermark, other: Watermark) -> int:
    offsets, others = one.offsets, other.offsets
    return sum(abs(offsets.get(part, 0) - others.get(part, 0)) for part in {*offsets, *others})


async def open_balances(connection: Connection, snapshot: Snapshot) -> BalanceReader:
    """Find out how far the kept balances are, and what lies between them and the question."""
    rows = await connection.fetch(_CLOSED)
    closed = Watermark({row["kafka_partition"]: row["next_offset"] for row in rows})
    first_batch = await first_batch_behind(connection, closed, snapshot.watermark)
    return BalanceReader(connection, snapshot, closed, first_batch)
