"""Explains sums of receivables and of credits as of a day, a page of them after another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import asyncpg

from careledger.postgres import Connection
from careledger.reports import receivable_rows as rows
from careledger.reports.aging import BUCKETS, Bucket, by_bucket
from careledger.reports.balances.reading import BalanceReader, open_balances
from careledger.reports.clinics import Clinic
from careledger.reports.errors import FiguresDisagreeError
from careledger.reports.explain.invoices import (
    Line,
    Subject,
    explained_balance,
    read_invoice_legs,
    show_lines,
)
from careledger.reports.explain.models import ExplainedLeg, ExplainQuery
from careledger.reports.outstanding import read_page, slices_of, snapshot_of
from careledger.reports.paging import read_key, write_key
from careledger.reports.receivable_rules import ReceivableStatus
from careledger.reports.receivables import OutstandingQuery
from careledger.reports.snapshot import Snapshot
from careledger.reports.statements import compose, fragment, planned, statement

Lines = tuple[list[ExplainedLeg], str | None]

OPEN: Final[tuple[ReceivableStatus, ...]] = ("current", "overdue", "collection")
OVERPAID: Final[tuple[ReceivableStatus, ...]] = ("credit",)

_CREDITS: Final = (fragment("receivable_sql/restored"), fragment("explain/credits"))
_PAGE_OF_CREDITS: Final = compose(*_CREDITS, fragment("explain/page_of_credits"))
_PAGE_OF_CREDITS_NOW: Final = compose(
    fragment("explain/credits_now"), fragment("explain/page_of_credits")
)
_SUM_OF_CREDITS: Final = compose(*_CREDITS, fragment("explain/sum_of_credits"))
_CREDIT_LEGS: Final = statement("explain/credit_legs")

CreditKey = tuple[int, date, str]
_CREDIT_KEY_NAMES: Final = ("after_no", "after_day", "after_id")


def receivables_query(
    query: ExplainQuery,
    as_of: date,
    statuses: Sequence[ReceivableStatus],
    bucket: Bucket | None = None,
) -> OutstandingQuery:
    """Return which receivables of a day make up a figure.

    They come in the order of their ids; those of a bucket by due date, from its latest day back, so
    that a page is found by index.
    """
    basis = query.basis or "due_date"
    by_due_date = bucket is not None and basis == "due_date"
    after = query.after
    if by_due_date and bucket is not None and after is None:
        after = _before(bucket, as_of)
    return OutstandingQuery(
        basis=basis,
        as_of=as_of,
        watermark=query.watermark,
        clinic_ids=query.clinic_ids,
        currencies=(query.currency,),
        payer_types=query.payer_types,  # pyright: ignore[reportArgumentType] - checked as it is read
        statuses=tuple(statuses),
        buckets=(bucket,) if bucket else (),
        sort="due_on" if by_due_date else "invoice_id",
        descending=by_due_date,
        limit=query.limit,
        after=after,
    )


def _before(bucket: Bucket, as_of: date) -> str | None:
    """Return the place in the order of due dates just before a bucket's latest one."""
    if bucket == "current":
        return None
    youngest = int(bucket.removeprefix("over_").partition("-")[0])
    youngest += bucket.startswith("over_")
    return write_key((as_of - timedelta(days=youngest - 1), -1, ""))


async def sum_of_receivables(
    connection: Connection, clinics: Sequence[Clinic], asked: OutstandingQuery
) -> int:
    """Sum the balances of receivables, or their parts in a bucket."""
    snapshot = await snapshot_of(connection, clinics, asked)
    reader = await open_balances(connection, snapshot)
    if reader.is_near:
        return await _sum_of_days(reader, asked)
    scope: rows.Scope = "past" if await rows.has_later(connection, snapshot) else "now"
    found = rows.sum_statement(scope, open_only=set(asked.statuses) <= set(OPEN))
    (row,) = await found.fetch(connection, rows.filter_parameters(snapshot, asked))
    return row["sum"]


async def _sum_of_days(reader: BalanceReader, asked: OutstandingQuery) -> int:
    """Sum what the legs of each day made of the balances, closed behind the log.

    The report as of now has its figure from the receivables themselves, so the two are computed
    apart from each other.
    """
    found = await reader.at_days(
        [reader.snapshot.as_of],
        bases=[asked.basis],
        currencies=asked.currencies,
        payer_types=asked.payer_types,
    )
    places = {BUCKETS.index(bucket) for bucket in asked.buckets} or set(range(len(BUCKETS)))
    kept = [one for one in found if one.bucket in places]
    open_ = sum(one.amount for one in kept) if set(OPEN) <= set(asked.statuses) else 0
    overpaid = sum(one.negative_amount for one in kept) if "credit" in asked.statuses else 0
    return open_ - overpaid


async def page_of_receivables(
    connection: Connection,
    clinics: Sequence[Clinic],
    snapshot: Snapshot,
    asked: OutstandingQuery,
    *,
    sign: int = 1,
) -> Lines:
    """Return the lines of a page of receivables."""
    of_day = await snapshot_of(connection, clinics, asked)
    found, following = await read_page(connection, of_day, asked)
    subjects = [
        Subject(row["clinic_no"], row["patient_id"], row["invoice_id"], row["issued_on"])
        for row in found
    ]
    legs = await read_invoice_legs(connection, snapshot, of_day.as_of, subjects)
    lines = [
        line
        for row, of_one in zip(found, legs, strict=True)
        for line in explained_balance(
            of_one, balance=row["balance"], shows=_part(row, asked, of_day.as_of), sign=sign
        )
    ]
    return show_lines(lines, snapshot), following


def _part(row: asyncpg.Record, asked: OutstandingQuery, as_of: date) -> int:
    if not asked.buckets:
        return row["balance"]
    return by_bucket(slices_of(row, asked.basis), as_of)[asked.buckets[0]]


async def sum_of_credits(
    connection: Connection, snapshot: Snapshot, currency: str, sign: int
) -> int:
    """Sum the credits above (sign 1) or below zero (sign -1); the latter above zero."""
    reader = await open_balances(connection, snapshot)
    if reader.is_near:
        found = await reader.at_days([snapshot.as_of], bases=["received_on"], currencies=[currency])
        return sum(one.amount if sign > 0 else one.negative_amount for one in found)
    parameters = {**snapshot.parameters, "currency": currency, "sign": sign}
    (row,) = await _SUM_OF_CREDITS.fetch(connection, parameters)
    return sign * row["sum"]


async def page_of_credits(
    connection: Connection, snapshot: Snapshot, query: ExplainQuery, sign: int
) -> Lines:
    """Return the legs of a page of payments with a credit above (1) or below zero (-1).

    Raises:
        FiguresDisagreeError: if the legs of a credit do not sum up to it.
    """
    after = read_key(query.after, CreditKey) or (None, None, None)
    parameters = {
        **snapshot.parameters,
        **dict(zip(_CREDIT_KEY_NAMES, after, strict=True)),
        "currency": query.currency,
        "sign": sign,
        "rows": query.limit + 1,
    }
    is_past = await rows.has_later(connection, snapshot)
    statement_ = _PAGE_OF_CREDITS if is_past else _PAGE_OF_CREDITS_NOW
    found = await statement_.fetch(connection, parameters)
    page = found[: query.limit]
    subjects = [
        Subject(row["clinic_no"], row["patient_id"], row["payment_id"], row["business_date"])
        for row in page
    ]
    legs = await read_credit_legs(connection, snapshot, subjects)
    for row in page:
        key = (row["clinic_no"], row["payment_id"])
        if sum(leg["amount"] for leg in legs[key]) != row["credit"]:
            raise FiguresDisagreeError("the legs of a credit do not sum up to it")
    lines = [
        line for one in subjects for line in lines_of_credit(legs[one.clinic_no, one.id], sign)
    ]
    following = None
    if len(found) > query.limit:
        last = page[-1]
        following = write_key((last["clinic_no"], last["business_date"], last["payment_id"]))
    return show_lines(lines, snapshot), following


async def read_credit_legs(
    connection: Connection, snapshot: Snapshot, subjects: Sequence[Subject]
) -> dict[tuple[int, str], list[asyncpg.Record]]:
    """Return the legs that stand on the credit of some payments, by clinic and payment."""
    parameters = {
        **snapshot.parameters,
        "wanted_clinics": [one.clinic_no for one in subjects],
        "wanted_patients": [one.patient_id for one in subjects],
        "wanted_payments": [one.id for one in subjects],
        "wanted_since": [one.since for one in subjects],
    }
    found: defaultdict[tuple[int, str], list[asyncpg.Record]] = defaultdict(list)
    async with planned(connection, "once"):
        legs = await _CREDIT_LEGS.fetch(connection, parameters)
    for row in legs:
        found[row["clinic_no"], row["payment_id"]].append(row)
    return found


def lines_of_credit(legs: Sequence[asyncpg.Record], sign: int) -> list[Line]:
    """Return the legs of a credit, with what each adds."""
    return [
        Line(
            sign * leg["amount"],
            # Whose it is stays behind; a leg names its own invoice and payment.
            Subject(leg["clinic_no"], "", leg["payment_id"]),
            row=leg,
        )
        for leg in legs
    ]
