"""Explains one receivable's balance, and one patient's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from careledger.postgres import Connection
from careledger.reports import receivable_rows as rows
from careledger.reports.explain.invoices import (
    Line,
    Subject,
    explained_balance,
    read_invoice_legs,
)
from careledger.reports.explain.models import ExplainQuery
from careledger.reports.explain.receivables import lines_of_credit, read_credit_legs
from careledger.reports.receivables import OutstandingQuery, Receivable
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


_ALL_ROWS: Final = {"after_key": None, "after_no": None, "after_id": None, "rows": None}


class Balance(NamedTuple):
    """A receivable, and what it comes to by its report."""

    subject: Subject
    amount: int


async def lines_of_receivable(
    connection: Connection, snapshot: Snapshot, receivable: Receivable
) -> list[Line]:
    """Return the lines of one receivable's balance."""
    clinic_no = next(no for no, one in snapshot.clinic_ids.items() if one == receivable.clinic_id)
    subject = Subject(clinic_no, receivable.patient_id or "", receivable.invoice_id)
    return await _lines(connection, snapshot, [Balance(subject, receivable.balance)])


async def lines_of_patient(
    connection: Connection, snapshot: Snapshot, query: ExplainQuery
) -> list[Line]:
    """Return the lines of one patient's net balance: every receivable, less every credit."""
    patient_id = query.patient_id or ""
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
    receivables = await _receivables(connection, snapshot, query)
    return [
        *await _lines(connection, snapshot, receivables),
        *(line for legs in credits_.values() for line in lines_of_credit(legs, -1)),
    ]


async def _receivables(
    connection: Connection, snapshot: Snapshot, query: ExplainQuery
) -> list[Balance]:
    """Return the balances of all of a patient's receivables."""
    question = OutstandingQuery.model_validate(
        {
            "currencies": (query.currency,),
            "patient_id": query.patient_id,
            "statuses": _EVERY_STATUS,
            "sort": "invoice_id",
        }
    )
    parameters = rows.filter_parameters(snapshot, question) | _ALL_ROWS
    statement = rows.page_statement("patient", question, parameters)
    return [
        Balance(Subject(row["clinic_no"], row["patient_id"], row["invoice_id"]), row["balance"])
        for row in await statement.fetch(connection, parameters)
    ]


async def _lines(
    connection: Connection, snapshot: Snapshot, balances: Sequence[Balance]
) -> list[Line]:
    subjects = [one.subject for one in balances]
    legs = await read_invoice_legs(connection, snapshot, snapshot.as_of, subjects)
    return [
        line
        for one, of_one in zip(balances, legs, strict=True)
        for line in explained_balance(of_one, balance=one.amount, shows=one.amount)
    ]
