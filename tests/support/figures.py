"""The same figures from the tables and from the oracle, in one shape for comparison."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from support.applied_log import AppliedLog
from support.oracle.books import Books

MEASURES = (
    "gross_payments",
    "payment_count",
    "refunds",
    "refund_count",
    "chargebacks",
    "payment_corrections",
    "processor_fees",
    "charges",
    "charge_count",
    "charge_corrections",
    "contractual_adjustments",
    "other_adjustments",
    "voids",
    "write_offs",
)
_SUMS = ", ".join(f"sum({name})::bigint AS {name}" for name in MEASURES)

_REVENUE = f"""
SELECT clinic_id, currency, business_date, method, payer_type, provider, category, {_SUMS}
FROM revenue_metrics JOIN clinics USING (clinic_no)
WHERE clinic_no = ANY($1) GROUP BY 1, 2, 3, 4, 5, 6, 7
"""

_TOTALS = f"""
SELECT clinic_id, currency, business_date, {_SUMS}
FROM revenue_daily_totals JOIN clinics USING (clinic_no)
WHERE clinic_no = ANY($1) GROUP BY 1, 2, 3
"""

_RECEIVABLES = """
SELECT clinic_id, patient_id, invoice_id, currency, charge, adjustments, written_off, landed,
    balance, voided_on IS NOT NULL AS voided, payer_type, in_collections, due_on, is_open
FROM outstanding_payments JOIN clinics USING (clinic_no)
WHERE clinic_no = ANY($1)
"""

_PAYMENTS = """
SELECT clinic_id, patient_id, payment_id, currency, credit,
    amount + corrections - refunds - withdrawn + reinstated AS net
FROM payments JOIN clinics USING (clinic_no)
WHERE clinic_no = ANY($1)
"""

_BY_DUE_DATE = """
SELECT clinic_id, currency, payer_type, in_collections, due_on, sum(amount)::bigint AS amount,
    sum(count)::bigint AS count, sum(overpaid_amount)::bigint AS overpaid_amount,
    sum(overpaid_count)::bigint AS overpaid_count
FROM receivables_by_due_date JOIN clinics USING (clinic_no)
WHERE clinic_no = ANY($1) GROUP BY 1, 2, 3, 4, 5
"""

Table = dict[tuple[Any, ...], dict[str, Any]]


async def table(log: AppliedLog, statement: str, keys: int, *arguments: object) -> Table:
    """Fetch rows by their first columns; a row whose other columns are all zero is left out."""
    rows = await log.rows(statement, *arguments)
    found: Table = {}
    for row in rows:
        row["clinic_id"] = log.plain(row["clinic_id"])
        names = list(row)
        rest = {name: row[name] for name in names[keys:]}
        if any(rest.values()):
            found[tuple(row[name] for name in names[:keys])] = rest
    return found


async def revenue(log: AppliedLog) -> Table:
    """Return the revenue cells as served."""
    return await table(log, _REVENUE, 7)


async def daily_totals(log: AppliedLog) -> Table:
    """Return the daily totals as served."""
    return await table(log, _TOTALS, 3)


async def receivables(log: AppliedLog) -> Table:
    """Return every issued invoice's state."""
    return await table(log, _RECEIVABLES, 4)


async def payments(log: AppliedLog) -> Table:
    """Return every succeeded payment's state."""
    return await table(log, _PAYMENTS, 4)


async def by_due_date(log: AppliedLog) -> Table:
    """Return open and overpaid balances per due date."""
    return await table(log, _BY_DUE_DATE, 5)


def oracle_revenue(books: Books) -> Table:
    """Return the oracle's revenue cells; recoveries are not kept per day."""
    return _nonzero(
        {
            tuple(cell): {name: figures[name] for name in MEASURES}
            for cell, figures in books.revenue().items()
        }
    )


def oracle_daily_totals(books: Books) -> Table:
    """Return the oracle's revenue summed over dimensions."""
    sums: dict[tuple[Any, ...], Counter[str]] = {}
    for cell, figures in oracle_revenue(books).items():
        sums.setdefault(cell[:3], Counter()).update(figures)
    return _nonzero(
        {key: {name: figures[name] for name in MEASURES} for key, figures in sums.items()}
    )


def oracle_receivables(books: Books) -> Table:
    """Return the oracle's invoices."""
    return {
        (key.clinic_id, key.patient_id, invoice_id, key.currency): {
            "charge": invoice.charge,
            "adjustments": invoice.adjustments,
            "written_off": invoice.written_off_total,
            "landed": invoice.landed,
            "balance": invoice.balance,
            "voided": invoice.is_voided,
            "payer_type": invoice.payer_type,
            "in_collections": invoice.in_collections,
            "due_on": invoice.due_on,
            "is_open": invoice.balance > 0,
        }
        for (key, invoice_id), invoice in books.invoices.items()
    }


def oracle_payments(books: Books) -> Table:
    """Return the oracle's succeeded payments."""
    return _nonzero(
        {
            (key.clinic_id, key.patient_id, payment_id, key.currency): {
                "credit": payment.credit,
                "net": payment.net,
            }
            for (key, payment_id), payment in books.payments.items()
        }
    )


def oracle_by_due_date(books: Books) -> Table:
    """Return the oracle's open and overpaid balances per due date."""
    sums: dict[tuple[Any, ...], Counter[str]] = {}
    for (key, _), invoice in books.invoices.items():
        place = (key.clinic_id, key.currency, invoice.payer_type, invoice.in_collections)
        for due_on, amount in invoice.open_slices:
            sums.setdefault((*place, due_on), Counter())["amount"] += amount
        at = sums.setdefault((*place, invoice.due_on), Counter())
        if invoice.balance > 0:
            at["count"] += 1
        if invoice.balance < 0:
            at.update(overpaid_amount=invoice.balance, overpaid_count=1)
    names = ("amount", "count", "overpaid_amount", "overpaid_count")
    return _nonzero({key: {name: found[name] for name in names} for key, found in sums.items()})


def _nonzero(rows: Mapping[tuple[Any, ...], dict[str, Any]]) -> Table:
    return {key: row for key, row in rows.items() if any(row.values())}
