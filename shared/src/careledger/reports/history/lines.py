"""Shows rows of a timeline, each with the parents, statuses and dimensions of its set; pure."""

from __future__ import annotations

from datetime import date

from careledger.reports.history.accounts import MONEY, Invoice, Payment
from careledger.reports.history.entries import Entry
from careledger.reports.history.models import (
    HistoryEntry,
    HistoryQuery,
    PaymentStatus,
    PlannedInstallment,
)
from careledger.reports.history.timeline import Row, Statuses, Timeline
from careledger.reports.receivable_rules import ReceivableStatus, read_plan

_OF_PAYMENT = MONEY | {"fee"}


class Lines:
    """Shows the rows of one timeline.

    What an entry was recorded with depends on which of its parents were known by then; what is
    shown depends on the set alone, so that an answer is the same whatever came first.
    """

    def __init__(self, timeline: Timeline, clinic_ids: dict[int, str], as_of: date) -> None:
        self._accounts = timeline.accounts
        self._clinic_ids = clinic_ids
        self._statuses = Statuses(timeline.accounts, as_of)

    def matches(self, row: Row, query: HistoryQuery) -> bool:
        """Tell whether a row passes the filters of a question."""
        entry = row.entry
        if query.start_date and entry.business_date < query.start_date:
            return False
        if query.end_date and entry.business_date > query.end_date:
            return False
        if not query.payment_statuses and not query.invoice_statuses:
            return True
        payment = self.payment_of(entry)
        return (self._payment_status(payment) in query.payment_statuses) or (
            self._invoice_status(entry, payment) in query.invoice_statuses
        )

    def payment_of(self, entry: Entry) -> Payment | None:
        """Return the payment an entry is of or names."""
        return None if entry.payment_id is None else self._accounts.payment_of(entry)

    def target_of(self, entry: Entry) -> str | None:
        """Return the invoice an entry is about: the one it names, else its payment's."""
        return self._target(entry, self.payment_of(entry))

    def show(self, row: Row) -> HistoryEntry:
        """Show one row."""
        entry = row.entry
        payment = self.payment_of(entry)
        return HistoryEntry.model_validate(
            {
                "business_date": entry.business_date,
                "occurred_at": entry.occurred_at,
                "source": entry.source,
                "event_id": entry.event_id,
                "leg": entry.leg,
                "clinic_id": self._clinic_ids[entry.clinic_no],
                "kind": entry.kind,
                "amount": entry.amount,
                "currency": row.currency,
                "payment_id": entry.payment_id,
                "payment_status": self._payment_status(payment),
                "partially_refunded": payment.is_partially_refunded if payment else None,
                "disputed": payment.is_disputed if payment else None,
                "invoice_id": self._target(entry, payment),
                "invoice_status": self._invoice_status(entry, payment),
                "fact_id": entry.fact_id,
                **self._dimensions(entry, payment),
                "reason": entry.reason,
                "service_date": entry.service_date,
                "due_on": entry.due_on,
                "installments": _installments(entry),
                "received_at": entry.received_at,
                "balance": row.balance,
            }
        )

    def _target(self, entry: Entry, payment: Payment | None) -> str | None:
        if entry.invoice_id is not None or payment is None or entry.kind not in _OF_PAYMENT:
            return entry.invoice_id
        return payment.success.invoice_id if payment.success else None

    def _payment_status(self, payment: Payment | None) -> PaymentStatus | None:
        return payment.status if payment else None

    def _invoice_status(self, entry: Entry, payment: Payment | None) -> ReceivableStatus | None:
        target = self._target(entry, payment)
        if target is None:
            return None
        return self._statuses.of_invoice(entry.clinic_no, target, entry.currency)

    def _dimensions(self, entry: Entry, payment: Payment | None) -> dict[str, str | None]:
        success = payment.success if payment and entry.kind in _OF_PAYMENT else None
        issue = self._issue(entry, payment)
        payer_type = entry.payer_type
        if success is not None:
            payer_type = success.payer_type
        elif entry.kind in {"adjustment", "write_off"} and issue is not None:
            payer_type = issue.payer_type
        return {
            "method": entry.method or (success.method if success else None),
            "payer_type": payer_type,
            "provider": entry.provider or (issue.provider if issue else None),
            "category": entry.category or (issue.category if issue else None),
        }

    def _issue(self, entry: Entry, payment: Payment | None) -> Entry | None:
        target = self._target(entry, payment)
        invoice: Invoice | None = self._accounts.issued.get((entry.clinic_no, target or ""))
        if invoice is None or invoice.issue is None or entry.kind in {"pending", "failed"}:
            return None
        return invoice.issue if entry.currency in {None, invoice.issue.currency} else None


def _installments(entry: Entry) -> list[PlannedInstallment] | None:
    if entry.installments is None:
        return None
    return [
        PlannedInstallment(due_on=part.due_on, amount=part.amount)
        for part in read_plan(entry.installments)
    ]
