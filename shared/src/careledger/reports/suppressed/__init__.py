"""Revenue in the profile `suppressed`: whole months, small cells hidden, for readers outside."""

from careledger.reports.suppressed.cells import PATIENTS_MIN
from careledger.reports.suppressed.models import (
    STATEMENT,
    SuppressedGranularity,
    SuppressedPoint,
    SuppressedQuery,
    SuppressedReport,
    SuppressedSeries,
    SuppressedTotals,
)
from careledger.reports.suppressed.report import read_suppressed

__all__ = [
    "PATIENTS_MIN",
    "STATEMENT",
    "SuppressedGranularity",
    "SuppressedPoint",
    "SuppressedQuery",
    "SuppressedReport",
    "SuppressedSeries",
    "SuppressedTotals",
    "read_suppressed",
]
