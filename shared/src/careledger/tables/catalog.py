"""Every table and view of the schema `reporting`, as a list: the whole of contract 2."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from careledger.database_roles import DatabaseService
from careledger.tables import (
    accounts,
    audit,
    balances,
    clinics,
    exports,
    extraction,
    ledger,
    log,
    reconciliations,
    reports,
    retention,
)
from careledger.tables.declaration import Table

TABLES: Final[tuple[type[Table], ...]] = (
    clinics.Clinic,
    clinics.ClinicVersion,
    clinics.PatientNameToken,
    ledger.Identity,
    ledger.LedgerEntry,
    ledger.LedgerMove,
    ledger.AwaitedParent,
    reports.Payment,
    reports.OutstandingPayment,
    reports.ReceivableByDueDate,
    reports.RevenueDailyTotal,
    reports.RevenueMetric,
    balances.ClosedPosition,
    balances.ClosedMonthEnd,
    balances.BalanceDay,
    balances.BalanceMonthEnd,
    balances.MovementDay,
    balances.MovementTotal,
    balances.LegSum,
    balances.UnsettledReceivable,
    log.Position,
    log.Batch,
    log.QuarantinedRecord,
    log.QuarantineDecision,
    log.BadDataStop,
    log.EtlProcessStatus,
    extraction.ExtractionSource,
    extraction.ExtractionRow,
    extraction.ExtractionChunk,
    extraction.ExtractionTotal,
    extraction.IngestJob,
    reconciliations.Reconciliation,
    reconciliations.ReconciledSource,
    retention.RetentionPurge,
    retention.RemovedCurrency,
    retention.RemovedSourceTotal,
    audit.AuditOutbox,
    audit.AuditLogRecord,
    audit.AuditCheckpoint,
    audit.AuditActivity,
    audit.AuditVerification,
    accounts.User,
    accounts.FederatedUser,
    accounts.Session,
    accounts.SignInAddress,
    accounts.Client,
    accounts.SourceKey,
    accounts.IdempotencyKey,
    exports.Export,
    exports.ExportAttempt,
)


@dataclass(frozen=True, slots=True)
class View:
    """A view: what it shows and to whom; it has no writer but those of the tables it reads."""

    name: str
    says: str
    readers: tuple[DatabaseService, ...]


VIEWS: Final = (
    View(
        "patient_payment_history",
        "A patient's history: the ledger, read through its patient index.",
        ("report-api", "pdf-worker"),
    ),
    View(
        "export_states",
        "The state of each export, read from the request and its latest attempt.",
        ("report-api", "pdf-worker"),
    ),
)

SEQUENCES: Final[dict[str, DatabaseService]] = {"batch_numbers": "aggregator"}
"""Sequences that no column owns, and who takes numbers from them."""

FUNCTIONS: Final[dict[str, DatabaseService]] = {
    "make_ledger_months(date, date)": "aggregator",
    "make_audit_range(bigint)": "aggregator",
    "remove_audit_records(bigint, integer)": "aggregator",
}
"""Functions that run with the rights of whoever migrates, and who may call them."""
