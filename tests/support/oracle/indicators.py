"""Indicators by the definitions, from books alone: one day, one watermark, one currency."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from careledger.events.payments import InvoiceAdjusted
from support.oracle.accounts import AccountKey
from support.oracle.aging import BUCKETS, Bucket, bucket
from support.oracle.books import Books
from support.oracle.facts import told
from support.oracle.invoices import Invoice

CohortDate = Literal["service_on", "issued_on"]


@dataclass(frozen=True, kw_only=True)
class Cohort:
    """What was asked on some invoices, and what landed on them."""

    landed: int = 0
    gross_charges: int = 0
    net_charges: int = 0


def cohort(books: Books, currency: str, by: CohortDate, first: date, last: date) -> Cohort:
    """Sum the invoices whose service (else issue) or issue date lies in a range, both inclusive."""
    landed = gross = net = 0
    for (key, invoice_id), invoice in books.invoices.items():
        if key.currency == currency and first <= _date_of(invoice, by) <= last:
            corrections = adjusted(books, key, invoice_id, ("correction",))
            contractual = adjusted(books, key, invoice_id, ("contractual",))
            landed += invoice.landed
            gross += invoice.charge + corrections - invoice.voids
            net += invoice.charge + corrections + contractual - invoice.voids
    return Cohort(landed=landed, gross_charges=gross, net_charges=net)


def adjusted(books: Books, key: AccountKey, invoice_id: str, reasons: Collection[str]) -> int:
    """Sum the adjustments of an invoice for some reasons, signed as told."""
    return sum(
        fact.event.amount
        for fact in told(books.facts, InvoiceAdjusted)
        if (fact.event.clinic_id, fact.event.patient_id, fact.event.currency) == key
        and fact.event.invoice_id == invoice_id
        and fact.event.reason in reasons
    )


def _date_of(invoice: Invoice, by: CohortDate) -> date:
    if by == "service_on" and invoice.issue.service_date is not None:
        return invoice.issue.service_date
    return invoice.issue.issued_on


def days_in_ar(books: Books, currency: str, days: int) -> tuple[int, int]:
    """Return outstanding and the charges of the last days; the indicator is their ratio by days."""
    last = books.as_of
    asked = cohort(books, currency, "issued_on", last - timedelta(days=days - 1), last)
    return _outstanding(books, currency), asked.gross_charges


def _outstanding(books: Books, currency: str) -> int:
    return sum(
        totals.outstanding for (_, code), totals in books.totals().items() if code == currency
    )


def credits_by_age(books: Books, currency: str) -> tuple[dict[Bucket, int], dict[Bucket, int]]:
    """Return unapplied credits and deficits by their age since receipt; deficits above zero."""
    unapplied: dict[Bucket, int] = dict.fromkeys(BUCKETS, 0)
    deficits: dict[Bucket, int] = dict.fromkeys(BUCKETS, 0)
    for (key, _), payment in books.payments.items():
        if key.currency == currency:
            age = bucket((books.as_of - payment.received_on).days)
            unapplied[age] += max(0, payment.credit)
            deficits[age] += max(0, -payment.credit)
    return unapplied, deficits
