"""What sums of receivables must come to, and that there is no answer when they do not; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from careledger.reports.answers import Sum
from careledger.reports.errors import FiguresDisagreeError
from careledger.reports.receivables import BucketSum


def summed(parts: Iterable[Sum]) -> Sum:
    """Return the sum of sums: of amounts, and of counts."""
    kept = list(parts)
    return Sum(amount=sum(one.amount for one in kept), count=sum(one.count for one in kept))


def assert_closed(buckets: Iterable[BucketSum], total: Sum) -> None:
    """Assert that buckets sum up to the total, in amount and count.

    Raises:
        FiguresDisagreeError: if they do not.
    """
    parts = [Sum(amount=one.amount, count=one.count) for one in buckets]
    if summed(parts) != total:
        raise FiguresDisagreeError("the aging buckets do not sum up to the total outstanding")


def assert_identity(
    nets: Mapping[str, int], moved: Mapping[str, int], asked: Sequence[str] = ()
) -> None:
    """Assert that the net balance of each currency is what moved it.

    Args:
        nets: of all receivables and credits of some clinics, by currency.
        moved: what everything that moved them comes to, by currency.
        asked: the only currencies in question, if any are named.

    Raises:
        FiguresDisagreeError: if they do not agree.
    """
    for currency in {*nets, *moved}:
        is_asked = not asked or currency in asked
        if is_asked and nets.get(currency, 0) != moved.get(currency, 0):
            raise FiguresDisagreeError(
                "outstanding - overpaid - unapplied + deficits is not what the ledger comes to"
            )
