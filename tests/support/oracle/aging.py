"""How an open balance ages: the dates it is due, installment by installment, and its buckets."""

from collections.abc import Sequence
from datetime import date
from typing import Final, Literal

Basis = Literal["due_date", "service_date", "issued_on"]
Bucket = Literal["current", "1-30", "31-60", "61-90", "over_90"]
Slice = tuple[date, int]

BUCKETS: Final[tuple[Bucket, ...]] = ("current", "1-30", "31-60", "61-90", "over_90")


def slices(balance: int, plan: Sequence[Slice]) -> list[Slice]:
    """Spread an open balance over a plan's dates: the oldest were paid first.

    Args:
        balance: what is open, in minor units; nothing is spread if it is not above zero.
        plan: due date and amount of each installment, in any order.

    Returns:
        The dates that still hold something, oldest first, with what they hold.
    """
    left = max(0, balance)
    held: list[Slice] = []
    for due_on, amount in sorted(plan, key=lambda part: part[0], reverse=True):
        share = min(amount, left)
        left -= share
        held.insert(0, (due_on, share))
    first_due_on, first_share = held[0]
    held[0] = (first_due_on, first_share + left)
    return [(due_on, share) for due_on, share in held if share > 0]


def bucket(days: int) -> Bucket:
    """Return the bucket of an age in whole days."""
    upper_limits = (0, 30, 60, 90)
    return BUCKETS[sum(days > limit for limit in upper_limits)]


def bucket_amounts(parts: Sequence[Slice], as_of: date) -> dict[Bucket, int]:
    """Sum dated amounts by bucket; every bucket is present."""
    amounts: dict[Bucket, int] = dict.fromkeys(BUCKETS, 0)
    for day, amount in parts:
        amounts[bucket((as_of - day).days)] += amount
    return amounts
