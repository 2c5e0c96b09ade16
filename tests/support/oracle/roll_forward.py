"""The receivables' way from one day's closing to another's; it closes or this is an error."""

from dataclasses import dataclass

from support.oracle.accounts import Totals


@dataclass(frozen=True, kw_only=True)
class RollForward:
    """What moved the receivables of a period; landed lowers them, adjustments are signed."""

    opening: int
    charges: int
    adjustments: int
    voids: int
    write_offs: int
    recoveries: int
    landed: int
    closing: int


def roll_forward(before: Totals, after: Totals) -> RollForward:
    """Compare the totals of the day before a period with those of its last day.

    Args:
        before: of one clinic and currency, as of the day before the first.
        after: of the same, as of the last day and at the same watermark.
    """
    rolled = RollForward(
        opening=before.outstanding - before.overpaid,
        charges=after.charges - before.charges,
        adjustments=after.adjustments - before.adjustments,
        voids=after.voids - before.voids,
        write_offs=after.written_off - before.written_off,
        recoveries=after.recovered - before.recovered,
        landed=after.landed - before.landed,
        closing=after.outstanding - after.overpaid,
    )
    gained = rolled.charges + rolled.adjustments - rolled.voids
    lost = rolled.write_offs - rolled.recoveries + rolled.landed
    assert rolled.closing == rolled.opening + gained - lost
    return rolled
