"""Composes the statements about receivables: as they stand now, in the past, and of one patient."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

from careledger.postgres import Connection
from careledger.reports.aging import AGE_MAX, AGES, BUCKETS
from careledger.reports.receivable_rules import ReceivableStatus
from careledger.reports.receivables import OutstandingQuery, ReceivablesFilter, SortKey
from careledger.reports.snapshot import Snapshot
from careledger.reports.statements import Statement, compose, fragment

Scope = Literal["now", "past", "patient"]
Parameters: TypeAlias = Mapping[str, object]

_OPEN: Final[frozenset[ReceivableStatus]] = frozenset({"current", "overdue", "collection"})


def _sql(name: str) -> str:
    return fragment(f"receivable_sql/{name}")


_CONDITIONS: Final = _sql("conditions")
_OF_PATIENT: Final = (_sql("of_patient"), _sql("recomputed"), _sql("only_recomputed"))
_RELATION: Final[dict[Scope, tuple[str, ...]]] = {
    "now": (_sql("now"),),
    "past": (_sql("restored"), _sql("past")),
    "patient": _OF_PATIENT,
}
_OPEN_SUMS: Final = _sql("summary").replace("/*conditions*/", _CONDITIONS)
_ALL_SUMS: Final = (_OPEN_SUMS, _sql("overpaid"), _sql("credits"))

BY_DUE_DATE: Final = compose(_sql("by_due_date"), _sql("standing"))
"""The whole of a summary by due date but the credits, from the sums per due date."""
CHOSEN_BY_DUE_DATE: Final = compose(
    _sql("chosen_by_due_date")
    .replace("/*conditions*/", _CONDITIONS)
    .replace("/*conditions_of_sums*/", _sql("conditions_of_sums")),
    _sql("standing"),
)
"""The same of open receivables chosen by anything but their balance, and what is overpaid."""
OPEN_NOW: Final = compose(_sql("now"), _OPEN_SUMS)
"""Open receivables chosen by any filter, as they stand."""
CREDITS_NOW: Final = compose(_sql("credits_now"), _sql("credits"))
CHANGES: Final = compose(_sql("restored"), _sql("changes"), *_ALL_SUMS)
"""What all of these must lose and gain to be those of the past."""
OF_PATIENT: Final = compose(*_OF_PATIENT, *_ALL_SUMS)
"""The whole summary of one patient."""

_HAS_LATER: Final = compose(_sql("has_later"))


async def has_later(connection: Connection, snapshot: Snapshot) -> bool:
    """Tell whether anything is recorded that an answer must not know."""
    if not snapshot.is_current:
        return True
    (row,) = await _HAS_LATER.fetch(connection, snapshot.parameters)
    return row["dated_later"]


def filter_parameters(snapshot: Snapshot, query: ReceivablesFilter) -> dict[str, object]:
    """Return the set and the filters of a question as parameters."""
    return {
        **snapshot.parameters,
        "basis": query.basis,
        "currencies": list(query.currencies),
        "patient_id": query.patient_id,
        "payer_types": list(query.payer_types),
        # Of open receivables, every status an open one can have is no filter.
        "statuses": [] if frozenset(query.statuses) == _OPEN else list(query.statuses),
        "buckets": [BUCKETS.index(bucket) for bucket in query.buckets],
        "balance_from": query.balance_from,
        "balance_to": query.balance_to,
        "days_from": query.days_overdue_from,
        "days_to": query.days_overdue_to,
        "is_chosen": chooses(query) or bool(query.payer_types),
        **_due_days(snapshot.as_of, query),
    }


def chooses(query: ReceivablesFilter) -> bool:
    """Tell whether a question chooses single receivables."""
    chosen = (
        query.statuses,
        query.buckets,
        query.balance_from,
        query.balance_to,
        query.days_overdue_from,
        query.days_overdue_to,
    )
    return any(value not in {None, ()} for value in chosen)


def _due_days(as_of: date, query: ReceivablesFilter) -> dict[str, date | None]:
    """Return between which due dates the open receivables of a question lie, where it tells.

    `bucket_from` holds for those without a plan: the oldest open date of a plan may lie before it.
    """
    first: date | None = None
    last: date | None = None
    bucket_from: date | None = None
    if _names_open_only(query):
        asks_days = (query.days_overdue_from, query.days_overdue_to)
        youngest, oldest = ([days] if days is not None else [] for days in asks_days)
        if query.statuses == ("overdue",):
            youngest.append(1)
        if query.statuses == ("current",):
            oldest.append(0)
        if query.buckets and query.basis == "due_date":
            ages = [AGES[bucket] for bucket in query.buckets]
            youngest.append(min(age.youngest for age in ages))
            bucket_from = _before(as_of, max(age.oldest for age in ages))
        first = _before(as_of, min(oldest, default=AGE_MAX))
        last = _before(as_of, max(youngest, default=-AGE_MAX))
    return {"due_from": first, "due_to": last, "bucket_from": bucket_from}


def _before(as_of: date, days: int) -> date | None:
    """Return the day so many days before another; None if it is beyond the calendar."""
    try:
        return None if abs(days) >= AGE_MAX else as_of - timedelta(days=days)
    except OverflowError:
        return None


def page_statement(scope: Scope, query: OutstandingQuery, parameters: Parameters) -> Statement:
    """Return the statement of one page.

    Args:
        scope: which receivables.
        query: filters and order; unless they name a closed status, only open ones are read.
        parameters: the filters as parameters.
    """
    order = order_of(query)
    first = "first"
    if scope == "now" and parameters["bucket_from"] is not None:
        first = "first_of_bucket"
    elif scope == "past" and order.open_only and order.sort == "due_on":
        first = "first_of_past"
    return _page_statement(scope, order, first)


def page_of_invoices(query: ReceivablesFilter) -> Statement:
    """Return the statement that chooses among some invoices by the filters of a question."""
    return _page_of_invoices(open_only=_names_open_only(query))


@lru_cache(maxsize=2)
def _page_of_invoices(*, open_only: bool) -> Statement:
    page = _sql("list_of_invoices")
    for mark, text in (
        ("/*open*/", "r.is_open" if open_only else "true"),
        ("/*conditions*/", _CONDITIONS),
    ):
        page = page.replace(mark, text)
    return compose(_sql("of_invoices"), _sql("recomputed"), page)


def _names_open_only(query: ReceivablesFilter) -> bool:
    return not query.statuses or _OPEN.issuperset(query.statuses)


@lru_cache(maxsize=8)
def sum_statement(scope: Scope, *, open_only: bool) -> Statement:
    """Return the statement that sums the balances a filter chooses, or their parts in its buckets.

    Args:
        scope: which receivables.
        open_only: whether the filter names open statuses only.
    """
    text = fragment("explain/sum_of_receivables")
    for mark, put in (
        ("/*open*/", "r.is_open" if open_only else "true"),
        ("/*conditions*/", _CONDITIONS),
    ):
        text = text.replace(mark, put)
    return compose(*_RELATION[scope], text)


class Order(NamedTuple):
    """The order of a list, and whether it shows open receivables only."""

    sort: SortKey
    descending: bool
    open_only: bool


def order_of(query: OutstandingQuery) -> Order:
    """Return the order a question asks for."""
    return Order(query.sort, query.descending, _names_open_only(query))


@lru_cache(maxsize=128)
def _page_statement(scope: Scope, order: Order, first: str) -> Statement:
    page = _sql("list").replace("/*first*/", _sql(first))
    return compose(*_RELATION[scope], _ordered(page, order))


@lru_cache(maxsize=128)
def ordered_statement(order: Order, kept: str, *, is_behind: bool) -> Statement:
    """Return the statement of a page of unsettled receivables, found in the order kept of them.

    Args:
        order: how they are sorted.
        kept: which of them, as a condition that an index of theirs has.
        is_behind: whether any record lies beyond what is kept.
    """
    page = _sql("in_order").replace("/*kept*/", kept)
    return compose(_sql("touched" if is_behind else "none_touched"), _ordered(page, order))


def _ordered(text: str, order: Order) -> str:
    for mark, put in (
        ("/*key*/", order.sort),
        ("/*after*/", "<" if order.descending else ">"),
        ("/*not_before*/", "<=" if order.descending else ">="),
        ("/*order*/", "DESC" if order.descending else "ASC"),
        ("/*open*/", "r.is_open" if order.open_only else "true"),
        ("/*conditions*/", _CONDITIONS),
    ):
        text = text.replace(mark, put)
    return text
