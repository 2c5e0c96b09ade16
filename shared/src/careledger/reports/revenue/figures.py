"""The figures of one period as rows of SQL give them, and what follows from them by arithmetic."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

Plain = dict[str, Any]
"""What a model looks like before it is one."""


class Figures(NamedTuple):
    """Sums of one period, currency and group; every column of the statements, in their order."""

    gross_payments: int
    payment_count: int
    refunds: int
    refund_count: int
    chargebacks: int
    payment_corrections: int
    processor_fees: int
    charges: int
    charge_count: int
    charge_corrections: int
    contractual_adjustments: int
    other_adjustments: int
    voids: int
    write_offs: int

    def less(self, taken: Figures) -> Figures:
        """Return these figures without others."""
        return Figures(*(mine - theirs for mine, theirs in zip(self, taken, strict=True)))


NO_FIGURES: Final = Figures(*([0] * len(Figures._fields)))


def total(parts: Iterable[Figures]) -> Figures:
    """Sum figures column by column."""
    columns = list(zip(*parts, strict=True))
    return Figures(*map(sum, columns)) if columns else NO_FIGURES


def average(amount: int, count: int) -> int | None:
    """Return amount / count in whole minor units, rounded half to even; None without any."""
    if count <= 0:
        return None
    quotient, rest = divmod(amount, count)
    if 2 * rest > count or (2 * rest == count and quotient % 2 == 1):
        return quotient + 1
    return quotient


def described(figures: Figures) -> Plain:
    """Return the fields of `RevenueTotals`: the sums, and what follows from them."""
    return {
        "gross_payments": figures.gross_payments,
        "refunds": figures.refunds,
        "chargebacks": figures.chargebacks,
        "payment_corrections": figures.payment_corrections,
        "net_payments": figures.gross_payments
        + figures.payment_corrections
        - figures.refunds
        - figures.chargebacks,
        "payment_count": figures.payment_count,
        "refund_count": figures.refund_count,
        "average_payment": average(figures.gross_payments, figures.payment_count),
        "processor_fees": figures.processor_fees,
        "charge_side": {
            "charges": figures.charges,
            "charge_count": figures.charge_count,
            "charge_corrections": figures.charge_corrections,
            "contractual_adjustments": figures.contractual_adjustments,
            "other_adjustments": figures.other_adjustments,
            "voids": figures.voids,
            "write_offs": figures.write_offs,
            "net_charges": figures.charges
            + figures.charge_corrections
            - figures.contractual_adjustments
            - figures.voids,
        },
    }
