"""Reads sums of legs of any days at any watermark: what is kept, and the legs recorded beyond it.

They are summed from the legs by the job that closes days, and by nothing that the reports' own
figures come from: what is explained with them is computed apart from what is served.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from careledger.events.fields import PayerType
from careledger.postgres import Connection
from careledger.reports.balances.reading import BalanceReader, open_balances
from careledger.reports.errors import FiguresDisagreeError
from careledger.reports.snapshot import Snapshot
from careledger.reports.statements import Statement, compose, fragment

Part = Literal["all", "flow", "method", "payer_type", "provider", "category"]

_CHANGES: Final = fragment("kept_legs/changes").replace(
    "/*clinics*/", "clinic_no = ANY(:clinic_nos::integer[]) AND"
)
_NO_CHANGES: Final = fragment("kept_legs/no_changes")


def _statements(name: str) -> dict[bool, Statement]:
    text = fragment(f"kept_legs/{name}")
    return {True: compose(_CHANGES, text), False: compose(_NO_CHANGES, text)}


_SUM: Final = _statements("sum")
_PAYERS: Final = _statements("payers")
_PAYER_TYPES: Final = [*get_args(PayerType), "unknown"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which legs: of a part and some of its values, dated in a range."""

    part: Part
    values: tuple[str, ...]
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class LegSums:
    """Reads for one snapshot."""

    connection: Connection
    snapshot: Snapshot
    reader: BalanceReader

    async def total(
        self, wanted: Wanted, counted: Mapping[str, object], currency: str, *, by_count: bool
    ) -> int:
        """Sum the legs that a figure counts; `counted` says which, as parameters."""
        (row,) = await _SUM[self.reader.is_behind].fetch(
            self.connection,
            {
                **self._parameters,
                **counted,
                "part": wanted.part,
                "values": list(wanted.values),
                "currency": currency,
                "first_day": wanted.first,
                "last_day": wanted.last,
                "by_count": by_count,
            },
        )
        return row["sum"]

    async def payers(
        self, currencies: tuple[str, ...], granularity: str, first: date, last: date
    ) -> list[tuple[str, date, str, int, int]]:
        """Return charges and gross payments by currency, first day of the period and payer type.

        Raises:
            FiguresDisagreeError: if they do not come to the revenue report's figures.
        """
        rows = await _PAYERS[self.reader.is_behind].fetch(
            self.connection,
            {
                **self._parameters,
                "payer_types": _PAYER_TYPES,
                "currencies": list(currencies),
                "granularity": granularity,
                "start": first,
                "last": last,
            },
        )
        differences: dict[str, list[int]] = {}
        for row in rows:
            sums = differences.setdefault(row["currency"], [0, 0])
            sign = -1 if row["label"] is None else 1
            sums[0] += sign * row["charges"]
            sums[1] += sign * row["gross_payments"]
        if any(any(sums) for sums in differences.values()):
            raise FiguresDisagreeError("the payers of a period do not sum up to its revenue")
        return [tuple(row) for row in rows if row["label"] is not None]

    @property
    def _parameters(self) -> dict[str, object]:
        return {
            **self.snapshot.parameters,
            "closed": self.reader.closed.vector,
            "first_batch": self.reader.first_batch,
        }


async def open_leg_sums(connection: Connection, snapshot: Snapshot) -> LegSums | None:
    """Find out how far the kept sums are; None if too many legs lie beyond them."""
    reader = await open_balances(connection, snapshot)
    return LegSums(connection, snapshot, reader) if reader.may_sum else None
