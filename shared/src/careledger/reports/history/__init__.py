"""One patient's payment history: every leg and attempt with the balance after it."""

from careledger.reports.history.models import (
    EntryKind,
    HistoryEntry,
    HistoryQuery,
    HistoryReport,
    PatientTotals,
    PaymentStatus,
    PlannedInstallment,
)
from careledger.reports.history.report import read_history
from careledger.reports.receivable_rules import ReceivableStatus

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
