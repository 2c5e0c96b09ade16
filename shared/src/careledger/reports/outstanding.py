"""Receivables: the list, and the aging summary whose buckets always sum up to the total."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

import asyncpg

from careledger.postgres import Connection
from careledger.reports import receivable_rows as rows
from careledger.reports.aging import Slice, by_bucket
from careledger.reports.answers import Basis, Page
from careledger.reports.clinics import Clinic
from careledger.reports.paging import read_key, write_key
from careledger.reports.provenance import Subject, build_meta, digest
from careledger.reports.receivable_order import read_in_order
from careledger.reports.receivable_rules import open_slices, read_plan, receivable_status
from careledger.reports.receivable_stretches import read_in_stretches
from careledger.reports.receivable_summary import summarize
from careledger.reports.receivables import (
    AgingBasis,
    BucketAmounts,
    OutstandingQuery,
    OutstandingReport,
    OutstandingSummary,
    Receivable,
    ReceivablesFilter,
    SortKey,
)
from careledger.reports.snapshot import Snapshot, take_snapshot

_METRICS: Final = (
    "receivable_balance",
    "outstanding",
    "days_overdue",
    "aging_bucket",
    "receivable_status",
)
_SUMMARY_METRICS: Final = (
    *_METRICS,
    "overpaid",
    "unapplied_credits",
    "deficits",
    "credit_age",
    "accounting_identity",
)

_KEY_SHAPES: Final[dict[SortKey, Any]] = {
    "due_on": tuple[date, int, str],
    "issued_on": tuple[date, int, str],
    "balance": tuple[int, int, str],
    "patient_id": tuple[str, int, str],
    "invoice_id": tuple[str, int, str],
}


async def read_outstanding(
    connection: Connection, clinics: Sequence[Clinic], query: OutstandingQuery
) -> OutstandingReport:
    """Read one page of receivables.

    Args:
        connection: inside a REPEATABLE READ transaction the caller opened.
        clinics: the clinics the caller may see.
        query: filters, order and page.

    Raises:
        QuestionError: for a wrong as_of, watermark, page key or clinic filter.
    """
    snapshot = await snapshot_of(connection, clinics, query)
    shown, following = await read_page(connection, snapshot, query)
    show = _shower(snapshot, query.basis)
    receivables = [show(row) for row in shown]
    meta = build_meta(
        snapshot,
        Subject("outstanding", query.basis, _METRICS),
        currencies={receivable.currency for receivable in receivables},
        figures_digest=digest({"receivables": receivables}),
    )
    page = Page(limit=query.limit, next=following)
    return OutstandingReport(meta=meta, receivables=receivables, page=page)


async def read_page(
    connection: Connection, snapshot: Snapshot, query: OutstandingQuery
) -> tuple[list[asyncpg.Record], str | None]:
    """Return the rows of a page, as the tables have them, and the key of the next page.

    Args:
        connection: inside a REPEATABLE READ transaction the caller opened.
        snapshot: what may be known; the question's own as-of day and watermark do not matter.
        query: filters, order and page.

    Raises:
        QuestionError: for a wrong page key.
    """
    after = read_key(query.after, _KEY_SHAPES[query.sort]) or (None, None, None)
    parameters = {
        **rows.filter_parameters(snapshot, query),
        **dict(zip(("after_key", "after_no", "after_id"), after, strict=True)),
        "rows": query.limit + 1,
    }
    found = await _page(connection, snapshot, query, parameters)
    shown = found[: query.limit]
    if len(found) <= query.limit:
        return shown, None
    last = shown[-1]
    return shown, write_key((last[query.sort], last["clinic_no"], last["invoice_id"]))


async def read_outstanding_summary(
    connection: Connection, clinics: Sequence[Clinic], query: ReceivablesFilter
) -> OutstandingSummary:
    """Sum the open receivables by aging bucket.

    Raises:
        QuestionError: for a wrong as_of, watermark or clinic filter.
        FiguresDisagreeError: if the buckets do not sum up to the total.
    """
    snapshot = await snapshot_of(connection, clinics, query)
    currencies = await summarize(connection, snapshot, query)
    meta = build_meta(
        snapshot,
        Subject("outstanding_summary", query.basis, _SUMMARY_METRICS),
        currencies={summary.currency for summary in currencies},
        figures_digest=digest({"basis": query.basis, "currencies": currencies}),
    )
    return OutstandingSummary(meta=meta, basis=query.basis, currencies=currencies)


async def snapshot_of(
    connection: Connection, clinics: Sequence[Clinic], query: ReceivablesFilter
) -> Snapshot:
    """Fix what an answer to a question about receivables may know.

    Raises:
        QuestionError: as `take_snapshot` does.
    """
    return await take_snapshot(
        connection,
        clinics,
        clinic_ids=query.clinic_ids,
        as_of=query.as_of,
        watermark=query.watermark,
    )


async def _page(
    connection: Connection,
    snapshot: Snapshot,
    query: OutstandingQuery,
    parameters: dict[str, object],
) -> list[asyncpg.Record]:
    """Return the rows of a page, and one more if there is another page."""
    scope = await _scope(connection, snapshot, query)
    if scope == "past" and query.sort == "invoice_id" and not query.descending:
        found = await read_in_stretches(connection, query, parameters)
        if found is not None:
            return found
    if scope == "now":
        found = await read_in_order(connection, snapshot, query, parameters)
        if found is not None:
            return found
    statement = rows.page_statement(scope, query, parameters)
    return await statement.fetch(connection, parameters)


async def _scope(
    connection: Connection, snapshot: Snapshot, query: ReceivablesFilter
) -> rows.Scope:
    if query.patient_id is not None:
        return "patient"
    return "past" if await rows.has_later(connection, snapshot) else "now"


def _shower(snapshot: Snapshot, basis: AgingBasis) -> Callable[[asyncpg.Record], Receivable]:
    clinic_ids = snapshot.clinic_ids
    as_of = snapshot.as_of

    def show(row: asyncpg.Record) -> Receivable:
        fields = dict(row)
        voided = row["voided_on"] is not None
        balance: int = row["balance"]
        owed = row["charge"] + row["adjustments"] - row["landed"]
        write_off = 0 if voided else owed - balance
        days = (as_of - row["due_on"]).days
        del fields["installments"]
        fields |= {
            "clinic_id": clinic_ids[fields.pop("clinic_no")],
            "written_off": write_off,
            "days_overdue": days if fields.pop("is_open") else 0,
            "buckets": buckets(slices_of(row, basis), as_of),
            "status": receivable_status(
                balance=balance,
                effective_write_off=write_off,
                voided=voided,
                in_collections=row["in_collections"],
                days_overdue=days,
            ),
        }
        return Receivable.model_validate(fields)

    return show


def slices_of(row: asyncpg.Record, basis: Basis) -> Sequence[Slice]:
    """Return the parts of a row's open balance, each with the date it ages by."""
    plan = read_plan(row["installments"])
    ages_on = basis_date(basis, row["due_on"], row["service_date"], row["issued_on"])
    return open_slices(row["balance"], ages_on, plan if basis == "due_date" else ())


def basis_date(basis: Basis, due_on: date, service_date: date | None, issued_on: date) -> date:
    """Return the date a receivable without installments ages by."""
    if basis == "due_date":
        return due_on
    return service_date or issued_on if basis == "service_date" else issued_on


def buckets(slices: Sequence[Slice], as_of: date) -> BucketAmounts:
    """Return an open balance spread over the buckets."""
    return BucketAmounts.model_validate(by_bucket(slices, as_of))
