"""One patient's payment history: every leg and attempt with the balance after it."""

from careledger.reports.history.models import (
    EntryKind,
    HistoryEntry,
    HistoryQuery,
    HistoryReport,
    PatientTotals,
    PaymentStatus,
    PlannedInstallment,
    ReceivableStatus,
)
from careledger.reports.history.report import read_history

__all__ = [
    "EntryKind",
    "HistoryEntry",
    "HistoryQuery",
    "HistoryReport",
    "PatientTotals",
    "PaymentStatus",
    "PlannedInstallment",
    "ReceivableStatus",
    "read_history",
]
