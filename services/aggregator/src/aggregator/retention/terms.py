"""How long reports are kept, and which day that makes the horizon; pure."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple


class Terms(NamedTuple):
    """Whole months; 0 keeps everything."""

    report_months: int
    """Of invoices, payments and all that single facts are needed for."""
    totals_months: int
    """Of sums per day, which name no patient."""
    audit_months: int = 0
    """Of records of the sealed audit log."""
    run_months: int = 0
    """Of runs and their proofs."""

    def horizon_on(self, today: date) -> date | None:
        """Return the first day that reports must reach back to; None if they keep everything."""
        return months_before(today, self.report_months) if self.report_months else None

    def totals_horizon_on(self, today: date) -> date | None:
        """Return the first day of which totals are kept: never a later one than the horizon's."""
        if not self.report_months or not self.totals_months:
            return None
        return months_before(today, max(self.report_months, self.totals_months))

    def audit_horizon_on(self, today: date) -> date | None:
        """Return the first day whose audit records are kept; None if all are."""
        return months_before(today, self.audit_months) if self.audit_months else None


KEEP_EVERYTHING: Final = Terms(0, 0)


def months_before(day: date, months: int) -> date:
    """Return the first day of the month so many months before the one a day lies in.

    So a horizon moves once a month, and a term is never shorter than it says.
    """
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)
