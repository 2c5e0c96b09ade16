"""One invoice: what is owed on it, by whom, since when, and how it ages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from careledger.events.payments import (
    Installments,
    InvoiceAdjusted,
    InvoiceDueDateChanged,
    InvoiceEvent,
    InvoiceIssued,
    InvoiceRecalledFromCollections,
    InvoiceResponsibilityChanged,
    InvoiceSentToCollections,
    InvoiceVoided,
    InvoiceWrittenOff,
    PaymentEvent,
)
from support.oracle.aging import Basis, Bucket, Slice, bucket_amounts, slices
from support.oracle.facts import Fact, latest, told
from support.oracle.payments import Payment

InvoiceStatus = Literal[
    "credit", "voided", "written_off", "paid", "collection", "overdue", "current"
]


@dataclass(frozen=True, kw_only=True)
class Invoice:
    """An issued invoice on the as-of day; charge, adjustments, write-offs stay as told."""

    invoice_id: str
    issue: InvoiceIssued
    charge: int
    adjustments: int
    written_off_total: int
    is_voided: bool
    landed: int
    payer_type: str
    in_collections: bool
    plan: tuple[Slice, ...]
    as_of: date

    @property
    def voids(self) -> int:
        """What a void takes back of charge and adjustments."""
        return self.charge + self.adjustments if self.is_voided else 0

    @property
    def written_off(self) -> int:
        """The write-offs that count: none of a voided invoice."""
        return 0 if self.is_voided else self.written_off_total

    @property
    def before_write_off(self) -> int:
        """X: what would be owed if nothing had been given up."""
        return self.charge + self.adjustments - self.voids - self.landed

    @property
    def effective_write_off(self) -> int:
        """E: of what was given up only what was open."""
        return min(max(0, self.written_off), max(0, self.before_write_off))

    @property
    def recovered(self) -> int:
        """What was written off and yet is not missing."""
        return self.written_off - self.effective_write_off

    @property
    def balance(self) -> int:
        """What is owed; below zero the invoice is overpaid."""
        return self.before_write_off - self.effective_write_off

    @property
    def open_slices(self) -> list[Slice]:
        """The open balance by due date, oldest first; empty when nothing is open."""
        return slices(self.balance, self.plan)

    @property
    def due_on(self) -> date:
        """The oldest open date; of a settled invoice the last date of its plan."""
        if self.open_slices:
            return self.open_slices[0][0]
        return max(due_on for due_on, _ in self.plan)

    @property
    def days_overdue(self) -> int:
        """Days since the due date; zero or less is not overdue."""
        return (self.as_of - self.due_on).days

    @property
    def status(self) -> InvoiceStatus:
        """The status of the as-of day."""
        if self.balance < 0:
            return "credit"
        if self.balance == 0:
            if self.is_voided:
                return "voided"
            return "written_off" if self.effective_write_off > 0 else "paid"
        if self.in_collections:
            return "collection"
        return "overdue" if self.days_overdue > 0 else "current"

    def aged(self, basis: Basis) -> dict[Bucket, int]:
        """Return the open balance by bucket; installments age apart only by due date."""
        if basis == "due_date":
            return bucket_amounts(self.open_slices, self.as_of)
        day = self.issue.issued_on
        if basis == "service_date" and self.issue.service_date is not None:
            day = self.issue.service_date
        return bucket_amounts([(day, max(0, self.balance))], self.as_of)


def read_invoices(
    facts: Sequence[Fact[PaymentEvent]],
    payments: Mapping[str, Payment],
    *,
    terms_days: int,
    as_of: date,
) -> dict[str, Invoice]:
    """Reduce all issued invoices of one account."""
    invoices: dict[str, Invoice] = {}
    for issue in told(facts, InvoiceIssued):
        invoice_id = issue.event.invoice_id
        mine = [
            fact
            for fact in facts
            if isinstance(fact.event, InvoiceEvent) and fact.event.invoice_id == invoice_id
        ]
        invoices[invoice_id] = Invoice(
            invoice_id=invoice_id,
            issue=issue.event,
            charge=issue.event.amount,
            adjustments=sum(fact.event.amount for fact in told(mine, InvoiceAdjusted)),
            written_off_total=sum(fact.event.amount for fact in told(mine, InvoiceWrittenOff)),
            is_voided=bool(told(mine, InvoiceVoided)),
            landed=sum(payment.landed_on(invoice_id) for payment in payments.values()),
            payer_type=_payer_type(issue.event, mine),
            in_collections=_in_collections(mine),
            plan=_plan(issue.event, mine, terms_days),
            as_of=as_of,
        )
    return invoices


def _payer_type(issue: InvoiceIssued, mine: Sequence[Fact[PaymentEvent]]) -> str:
    change = latest(told(mine, InvoiceResponsibilityChanged))
    return issue.payer_type if change is None else change.event.payer_type


def _in_collections(mine: Sequence[Fact[PaymentEvent]]) -> bool:
    sent = told(mine, InvoiceSentToCollections)
    recalled = told(mine, InvoiceRecalledFromCollections)
    last = latest([*sent, *recalled])
    return last is not None and isinstance(last.event, InvoiceSentToCollections)


def _plan(
    issue: InvoiceIssued, mine: Iterable[Fact[PaymentEvent]], terms_days: int
) -> tuple[Slice, ...]:
    change = latest(told(mine, InvoiceDueDateChanged))
    own = _dates(issue.installments, issue.due_on)
    changed = () if change is None else _dates(change.event.installments, change.event.due_on)
    by_terms = _dates(None, issue.issued_on + timedelta(days=terms_days))
    return changed or own or by_terms


def _dates(installments: Installments | None, due_on: date | None) -> tuple[Slice, ...]:
    # One due date is a plan of one part: whatever its amount, the rest stands at the first.
    if installments is not None:
        return tuple((part.due_on, part.amount) for part in installments)
    return () if due_on is None else ((due_on, 0),)
