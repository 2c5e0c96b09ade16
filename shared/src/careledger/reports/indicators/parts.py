"""Makes the indicators of one span from its balances, movements and payers; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from careledger.reports.aging import BUCKETS
from careledger.reports.balances.reading import AgedBalance, Movement
from careledger.reports.errors import FiguresDisagreeError
from careledger.reports.indicators.models import (
    AgedAr,
    BadDebt,
    CollectionRate,
    DaysInAr,
    Indicators,
    PayerMix,
    PayerShare,
    RollForward,
)
from careledger.reports.indicators.ratios import days_of, ratio

_OVER_90: Final = BUCKETS.index("over_90")


@dataclass(frozen=True, slots=True)
class Parts:
    """What the indicators of one span and currency are made of."""

    before: Sequence[AgedBalance]
    """Receivables at the end of the day before the span, by due date."""
    after: Sequence[AgedBalance]
    """Receivables at the end of its last day, by due date."""
    moved: Movement
    """What moved receivables in the span."""
    served: Movement
    """What stands on invoices whose service date lies in the span."""
    issued: Movement
    """What stands on invoices issued in the N days ending with the span, as of its last day."""
    payers: Mapping[str, tuple[int, int]]
    """Charges and gross payments of the span by payer type."""


def indicators_of(parts: Parts, days: int) -> Indicators:
    """Return the indicators of one span.

    Args:
        parts: what they are made of.
        days: N of days in A/R.

    Raises:
        FiguresDisagreeError: if the roll-forward does not close.
    """
    outstanding = sum(one.amount for one in parts.after)
    over_90 = sum(one.amount for one in parts.after if one.bucket == _OVER_90)
    served, issued, moved = parts.served, parts.issued, parts.moved
    return Indicators(
        net_collection=_collected(served.landed, served.net_charges),
        gross_collection=_collected(served.landed, served.gross_charges),
        days_in_ar=DaysInAr(
            outstanding=outstanding,
            charges=issued.gross_charges,
            days=days,
            value=days_of(outstanding, issued.gross_charges, days),
        ),
        aged_ar=AgedAr(outstanding=outstanding, over_90=over_90, rate=ratio(over_90, outstanding)),
        payer_mix=PayerMix(
            charges=_mix({payer: charges for payer, (charges, _) in parts.payers.items()}),
            payments=_mix({payer: paid for payer, (_, paid) in parts.payers.items()}),
        ),
        bad_debt=BadDebt(
            write_offs=moved.written_off,
            recoveries=moved.recoveries,
            net=moved.effective_write_offs,
        ),
        roll_forward=_rolled(_net(parts.before), moved, _net(parts.after)),
    )


def _collected(landed: int, charges: int) -> CollectionRate:
    return CollectionRate(landed=landed, charges=charges, rate=ratio(landed, charges))


def _mix(amounts: Mapping[str, int]) -> list[PayerShare]:
    total = sum(amounts.values())
    return [
        PayerShare(payer_type=payer, amount=amount, share=ratio(amount, total))
        for payer, amount in sorted(amounts.items())
        if amount
    ]


def _net(balances: Sequence[AgedBalance]) -> int:
    return sum(one.amount - one.negative_amount for one in balances)


def _rolled(opening: int, moved: Movement, closing: int) -> RollForward:
    """Return the roll-forward of one span.

    Raises:
        FiguresDisagreeError: if it does not close.
    """
    lowered = moved.contractual_adjustments + moved.other_adjustments + moved.voids
    asked = moved.charges + moved.charge_corrections - lowered
    if closing != opening + asked - moved.written_off + moved.recoveries - moved.landed:
        raise FiguresDisagreeError("the roll-forward of the receivables does not close")
    return RollForward(
        opening=opening,
        charges=moved.charges,
        charge_corrections=moved.charge_corrections,
        contractual_adjustments=moved.contractual_adjustments,
        other_adjustments=moved.other_adjustments,
        voids=moved.voids,
        write_offs=moved.written_off,
        recoveries=moved.recoveries,
        landed=moved.landed,
        closing=closing,
    )
