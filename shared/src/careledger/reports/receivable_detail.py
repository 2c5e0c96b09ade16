"""One receivable, with its payment history and the way to the patient's own record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final
from urllib.parse import quote

from careledger.postgres import Connection
from careledger.reports.aging import Slice, bucket_of, held_by
from careledger.reports.clinics import Clinic
from careledger.reports.history.accounts import Invoice
from careledger.reports.history.entries import Entry, read_entries
from careledger.reports.history.lines import Lines
from careledger.reports.history.models import HistoryEntry
from careledger.reports.history.timeline import Row, Timeline, lay_out, status_of
from careledger.reports.horizon import Horizon
from careledger.reports.outstanding import basis_date, buckets
from careledger.reports.provenance import Subject, build_meta, digest
from careledger.reports.receivable_rules import oldest_open_date, open_slices, read_plan
from careledger.reports.receivables import (
    AgingBasis,
    OpenInstallment,
    Receivable,
    ReceivableDetail,
    ReceivableQuery,
)
from careledger.reports.snapshot import take_snapshot

_METRICS: Final = (
    "receivable_balance",
    "days_overdue",
    "aging_bucket",
    "receivable_status",
    "payment_status",
)

_PATIENT: Final = """
SELECT patient_id FROM outstanding_payments WHERE clinic_no = $1 AND invoice_id = $2
"""


async def read_receivable(
    connection: Connection, clinics: Sequence[Clinic], query: ReceivableQuery
) -> ReceivableDetail | None:
    """Read one receivable; None if the clinic has no such invoice or may not be seen.

    Raises:
        QuestionError: for a wrong as_of or watermark.
    """
    clinic = next((known for known in clinics if known.clinic_id == query.clinic_id), None)
    if clinic is None:
        return None
    snapshot = await take_snapshot(
        connection, [clinic], as_of=query.as_of, watermark=query.watermark
    )
    patient_id: str | None = await connection.fetchval(_PATIENT, clinic.clinic_no, query.invoice_id)
    if patient_id is None:
        return None
    timeline = lay_out(await read_entries(connection, snapshot, patient_id))
    invoice = timeline.accounts.issued.get((clinic.clinic_no, query.invoice_id))
    if invoice is None or invoice.issue is None:
        return None
    as_of = snapshot.as_of
    due = invoice.facts.due or invoice.issue
    plan = read_plan(due.installments)
    figures = {
        "receivable": _receivable(
            invoice, invoice.issue, (clinic.clinic_id, patient_id), query.basis, as_of
        ),
        "installments": _installments(max(0, invoice.balance), plan, as_of),
        "entries": _entries(
            _behind_horizon(timeline, snapshot.horizon),
            Lines(timeline, snapshot.clinic_ids, as_of),
            query,
        ),
        "patient_url": _patient_url(clinic, patient_id),
    }
    meta = build_meta(
        snapshot,
        Subject("receivable", query.basis, _METRICS),
        currencies=[invoice.issue.currency or ""],
        figures_digest=digest(figures),
    )
    return ReceivableDetail.model_validate({"meta": meta, **figures})


def _receivable(
    invoice: Invoice, issue: Entry, owner: tuple[str, str], basis: AgingBasis, as_of: date
) -> Receivable:
    clinic_id, patient_id = owner
    due = invoice.facts.due or issue
    plan = read_plan(due.installments)
    stated = due.due_on or issue.business_date
    due_on = oldest_open_date(invoice.balance, stated, plan)
    ages_on = basis_date(basis, due_on, issue.service_date, issue.business_date)
    slices = open_slices(invoice.balance, ages_on, plan if basis == "due_date" else ())
    return Receivable.model_validate(
        {
            "clinic_id": clinic_id,
            "invoice_id": issue.invoice_id,
            "patient_id": patient_id,
            "currency": issue.currency,
            "status": status_of(invoice, as_of),
            "in_collections": invoice.facts.in_collections,
            "payer_type": invoice.facts.payer_type or issue.payer_type,
            "issued_on": issue.business_date,
            "service_date": issue.service_date,
            "due_on": due_on,
            "voided_on": invoice.facts.voided_on,
            "days_overdue": (as_of - due_on).days if invoice.balance > 0 else 0,
            "charge": invoice.charge,
            "adjustments": invoice.adjustments,
            "landed": invoice.aimed,
            "written_off": invoice.effective_write_off,
            "balance": invoice.balance,
            "buckets": buckets(slices, as_of),
            "provider": issue.provider,
            "category": issue.category,
        }
    )


def _installments(balance: int, plan: Sequence[Slice], as_of: date) -> list[OpenInstallment]:
    parts = sorted(plan, key=lambda part: part.due_on)
    return [
        OpenInstallment(
            due_on=part.due_on,
            amount=part.amount,
            open=held.amount,
            bucket=bucket_of((as_of - part.due_on).days),
        )
        for part, held in zip(parts, held_by(balance, parts), strict=True)
    ]


def _behind_horizon(timeline: Timeline, horizon: Horizon | None) -> list[Row]:
    """Return the rows, those behind the horizon without the patient's balance of that day.

    The receivable's own story is whole; the patient's others may be removed.
    """
    return [
        row._replace(balance=None)
        if horizon is not None and row.entry.business_date < horizon.day
        else row
        for row in timeline.rows
    ]


def _entries(rows: Sequence[Row], lines: Lines, query: ReceivableQuery) -> list[HistoryEntry]:
    """Show what is about the invoice, and every leg and attempt of the payments that touch it."""
    about = [
        (row, lines.target_of(row.entry) == query.invoice_id, row.entry.payment_id) for row in rows
    ]
    payments = {payment_id for _, is_about, payment_id in about if is_about} - {None}
    return [
        lines.show(row) for row, is_about, payment_id in about if is_about or payment_id in payments
    ]


def _patient_url(clinic: Clinic, patient_id: str) -> str | None:
    if clinic.patient_url is None:
        return None
    return clinic.patient_url.replace("{patient_id}", quote(patient_id, safe=""))
