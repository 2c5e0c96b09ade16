"""Explains one receivable's balance, and one patient's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from careledger.postgres import Connection
from careledger.reports.clinics import Clinic
from careledger.reports.explain.invoices import Subject, explained_balance, read_invoice_legs
from careledger.reports.explain.models import ExplainedLeg, ExplainQuery
from careledger.reports.explain.receivables import read_credit_legs, shown_credit
from careledger.reports.outstanding import read_outstanding
from careledger.reports.receivables import (
    RECEIVABLE_PAGE_MAX,
    OutstandingQuery,
    Receivable,
)
from careledger.reports.snapshot import Snapshot

_EVERY_STATUS: Final = (
    "current",
    "overdue",
    "collection",
    "paid",
    "written_off",
    "voided",
    "credit",
)

_PAYMENTS: Final = """
SELECT clinic_no, payment_id FROM ledger
WHERE clinic_no = ANY($1::integer[]) AND patient_id = $2 AND currency = $3 AND kind = 'payment'
    AND business_date <= $4 AND kafka_offset < ($5::bigint[])[kafka_partition + 1]
ORDER BY 1, 2
"""


async def lines_of_receivable(
    connection: Connection, snapshot: Snapshot, receivable: Receivable
) -> list[ExplainedLeg]:
    """Return the lines of one receivable's balance."""
    return await _lines(connection, snapshot, [receivable])


async def lines_of_patient(
    connection: Connection,
    clinics: Sequence[Clinic],
    snapshot: Snapshot,
    query: ExplainQuery,
) -> list[ExplainedLeg]:
    """Return the lines of one patient's net balance: every receivable, less every credit."""
    patient_id = query.patient_id or ""
    report = await read_outstanding(
        connection,
        clinics,
        OutstandingQuery.model_validate(
            {
                "as_of": snapshot.as_of,
                "watermark": query.watermark,
                "clinic_ids": query.clinic_ids,
                "currencies": (query.currency,),
                "patient_id": patient_id,
                "statuses": _EVERY_STATUS,
                "sort": "invoice_id",
                "limit": RECEIVABLE_PAGE_MAX,
            }
        ),
    )
    payments = await connection.fetch(
        _PAYMENTS,
        snapshot.clinic_nos,
        patient_id,
        query.currency,
        snapshot.as_of,
        snapshot.watermark.vector,
    )
    subjects = [Subject(row["clinic_no"], patient_id, row["payment_id"]) for row in payments]
    credits_ = await read_credit_legs(connection, snapshot, subjects)
    return [
        *await _lines(connection, snapshot, report.receivables),
        *(line for legs in credits_.values() for line in shown_credit(legs, snapshot, -1)),
    ]


async def _lines(
    connection: Connection, snapshot: Snapshot, receivables: Sequence[Receivable]
) -> list[ExplainedLeg]:
    numbers = {clinic_id: number for number, clinic_id in snapshot.clinic_ids.items()}
    subjects = [
        Subject(numbers[one.clinic_id], one.patient_id or "", one.invoice_id) for one in receivables
    ]
    legs = await read_invoice_legs(connection, snapshot, snapshot.as_of, subjects)
    return [
        line
        for one, of_one in zip(receivables, legs, strict=True)
        for line in explained_balance(of_one, snapshot, balance=one.balance, shows=one.balance)
    ]
