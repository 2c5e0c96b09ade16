"""Explains figures that are one amount: of a period, of balances as of a day, of one account."""

from __future__ import annotations

from careledger.reports.explain.accounts import lines_of_patient, lines_of_receivable
from careledger.reports.explain.figures import Asked, Figure
from careledger.reports.explain.invoices import Line, show_lines
from careledger.reports.explain.legs import LegRange, page_of_legs, sum_of_legs
from careledger.reports.explain.models import BalanceMetric, PeriodMetric
from careledger.reports.explain.receivables import (
    OPEN,
    OVERPAID,
    page_of_credits,
    page_of_receivables,
    receivables_query,
    sum_of_credits,
    sum_of_receivables,
)
from careledger.reports.explain.served import served_balance, served_period_figure
from careledger.reports.explain.weights import COUNTS, PERIOD
from careledger.reports.history import HistoryQuery, read_history
from careledger.reports.paging import read_key, write_key
from careledger.reports.receivable_detail import read_receivable
from careledger.reports.receivables import ReceivableQuery


async def explain_period(asked: Asked, metric: PeriodMetric) -> Figure:
    """Explain a figure of the revenue report, of any cell."""
    connection, query = asked.connection, asked.query
    first, last = asked.span
    legs = LegRange("business_date", PERIOD[metric], first, last, metric in COUNTS)
    shown, following = await page_of_legs(connection, asked.snapshot, query, legs)
    return Figure(
        shown,
        following,
        await sum_of_legs(connection, asked.snapshot, query, legs),
        await served_period_figure(
            connection, asked.clinics, query, metric, (first, query.end_date or last)
        ),
    )


async def explain_balance(asked: Asked, metric: BalanceMetric) -> Figure:
    """Explain a sum of receivables, one of its buckets, or a sum of credits."""
    connection, query, as_of = asked.connection, asked.query, asked.snapshot.as_of
    served = await served_balance(connection, asked.snapshot, query, metric, bucket=query.bucket)
    if metric in {"unapplied_credits", "deficits"}:
        sign = 1 if metric == "unapplied_credits" else -1
        total = await sum_of_credits(connection, asked.snapshot, query.currency, sign)
        if total == served == 0:
            return Figure([], None, total, served)
        shown, following = await page_of_credits(connection, asked.snapshot, query, sign)
        return Figure(shown, following, total, served)
    sign = 1 if metric == "outstanding" else -1
    statuses = OPEN if metric == "outstanding" else OVERPAID
    chosen = receivables_query(query, as_of, statuses, query.bucket)
    total = sign * await sum_of_receivables(connection, asked.clinics, chosen)
    # All of them lie on one side of zero: a sum of zero is of none, and none need be looked for.
    if total == served == 0:
        return Figure([], None, total, served)
    shown, following = await page_of_receivables(
        connection, asked.clinics, asked.snapshot, chosen, sign=sign
    )
    return Figure(shown, following, total, served)


async def explain_account(asked: Asked) -> Figure | None:
    """Explain one receivable's balance, or one patient's; None if there is no such."""
    if asked.query.metric == "receivable_balance":
        return await _explain_receivable(asked)
    return await _explain_patient(asked)


async def _explain_receivable(asked: Asked) -> Figure | None:
    query = asked.query
    detail = await read_receivable(
        asked.connection,
        asked.clinics,
        ReceivableQuery(
            clinic_id=query.clinic_ids[0],
            invoice_id=query.invoice_id or "",
            as_of=query.as_of,
            watermark=query.watermark,
        ),
    )
    if detail is None or detail.receivable.currency != query.currency:
        return None
    lines = await lines_of_receivable(asked.connection, asked.snapshot, detail.receivable)
    return _paged(asked, lines, detail.receivable.balance)


async def _explain_patient(asked: Asked) -> Figure | None:
    query = asked.query
    history = await read_history(
        asked.connection,
        asked.clinics,
        query.patient_id or "",
        HistoryQuery(
            clinic_ids=query.clinic_ids, as_of=query.as_of, watermark=query.watermark, limit=1
        ),
    )
    if history is None:
        return None
    served = sum(one.balance for one in history.totals if one.currency == query.currency)
    lines = await lines_of_patient(asked.connection, asked.snapshot, query)
    return _paged(asked, lines, served)


def _paged(asked: Asked, lines: list[Line], served: int) -> Figure:
    first = read_key(asked.query.after, int) or 0
    end = first + asked.query.limit
    following = write_key(end) if end < len(lines) else None
    page = show_lines(lines[first:end], asked.snapshot)
    return Figure(page, following, sum(line.amount for line in lines), served)
