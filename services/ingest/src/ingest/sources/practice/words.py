"""One event before it has its id, and what leads from an amount told to an amount that is so.

Money is told as differences: a changed amount as the difference on its day, a changed day as all
taken back on the old one and told anew on the new one, a row that is gone as all taken back.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from careledger.events.payments import PaymentEvent


class Word(NamedTuple):
    """One event before it has its id: the book it counts in, type, data, instant, business date."""

    book: str
    type: str
    data: PaymentEvent
    at: datetime
    on: date | None = None


def differences(
    before: tuple[date, int] | None, after: tuple[date, int]
) -> Iterator[tuple[date, int]]:
    """Yield the days and signed amounts that lead from what was told to what is so."""
    if before is None or before == after:
        return
    (old_day, old_amount), (new_day, new_amount) = before, after
    if old_day == new_day or not old_amount or not new_amount:
        # With nothing on one side the other side's day is the only one that counts.
        if new_amount != old_amount:
            yield (old_day if old_amount else new_day), new_amount - old_amount
        return
    yield old_day, -old_amount
    yield new_day, new_amount
