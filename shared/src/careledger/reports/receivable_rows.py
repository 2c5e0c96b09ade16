"""Composes the statements about receivables: as they stand now, in the past, and of one patient."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

from careledger.postgres import Connection
from careledger.reports.aging import BUCKETS
from careledger.reports.receivables import ReceivablesFilter, SortKey
from careledger.reports.snapshot import Snapshot
from careledger.reports.statements import Statement, compose, fragment

Scope = Literal["now", "past", "patient"]

_OPEN: Final = frozenset({"current", "overdue", "collection"})


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

BY_DUE_DATE: Final = compose(_sql("by_due_date"))
"""The whole of a summary by due date but the credits, from the sums per due date."""
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
        "statuses": list(query.statuses),
        "buckets": [BUCKETS.index(bucket) for bucket in query.buckets],
        "balance_from": query.balance_from,
        "balance_to": query.balance_to,
        "days_from": query.days_overdue_from,
        "days_to": query.days_overdue_to,
    }


def page_statement(scope: Scope, query: ReceivablesFilter, sort: SortKey, order: str) -> Statement:
    """Return the statement of one page.

    Args:
        scope: which receivables.
        query: the filters; unless they name a closed status, only open ones are read.
        sort: the column to sort by.
        order: ASC or DESC.
    """
    return _page_statement(scope, sort, order == "DESC", _names_open_only(query))


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


@lru_cache(maxsize=128)
def _page_statement(
    scope: Scope,
    sort: SortKey,
    descending: bool,  # noqa: FBT001 - cached by position
    open_only: bool,  # noqa: FBT001
) -> Statement:
    page = _sql("list")
    for mark, text in (
        ("/*key*/", sort),
        ("/*after*/", "<" if descending else ">"),
        ("/*order*/", "DESC" if descending else "ASC"),
        ("/*open*/", "r.is_open" if open_only else "true"),
        ("/*conditions*/", _CONDITIONS),
    ):
        page = page.replace(mark, text)
    return compose(*_RELATION[scope], page)
