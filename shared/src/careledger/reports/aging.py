"""Aging rules: days, buckets, and how an open balance stands on an installment plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple

Bucket = Literal["current", "1-30", "31-60", "61-90", "over_90"]
BUCKETS: Final[tuple[Bucket, ...]] = ("current", "1-30", "31-60", "61-90", "over_90")

AGE_MAX: Final = 200_000
"""More days than there are between any two dates one may ask about."""


class Ages(NamedTuple):
    """From how many days to how many, both included."""

    youngest: int
    oldest: int


AGES: Final[dict[Bucket, Ages]] = {
    "current": Ages(-AGE_MAX, 0),
    "1-30": Ages(1, 30),
    "31-60": Ages(31, 60),
    "61-90": Ages(61, 90),
    "over_90": Ages(91, AGE_MAX),
}


class Slice(NamedTuple):
    """A part of an open balance, and the date it ages by."""

    due_on: date
    amount: int


def bucket_of(days: int) -> Bucket:
    """Return the bucket of an age in whole calendar days past the basis date."""
    if days <= 0:
        return "current"
    if days <= 30:  # noqa: PLR2004 - the buckets' own names
        return "1-30"
    if days <= 60:  # noqa: PLR2004
        return "31-60"
    return "61-90" if days <= 90 else "over_90"  # noqa: PLR2004


def held_by(balance: int, plan: Sequence[Slice]) -> list[Slice]:
    """Spread an open balance over a plan: the oldest part is paid first.

    From the last part backwards each holds at most its amount of what the later ones leave; a rest
    stands at the first. Returns every part, by date, with what it holds (zero if nothing).
    """
    parts = sorted(plan, key=lambda part: part.due_on)
    rest = balance
    held: list[Slice] = []
    for place in range(len(parts) - 1, -1, -1):
        amount = max(0, rest) if place == 0 else max(0, min(parts[place].amount, rest))
        rest -= amount
        held.append(Slice(parts[place].due_on, amount))
    held.reverse()
    return held


def by_bucket(slices: Iterable[Slice], as_of: date) -> dict[Bucket, int]:
    """Sum the parts of a balance by bucket; buckets that hold nothing are left out."""
    sums: dict[Bucket, int] = {}
    for due_on, amount in slices:
        bucket = bucket_of((as_of - due_on).days)
        sums[bucket] = sums.get(bucket, 0) + amount
    return sums
