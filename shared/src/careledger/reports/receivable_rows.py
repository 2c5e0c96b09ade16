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


_LATE: Final = _sql("late")
_RECOMPUTED: Final = _sql("recomputed")
_CONDITIONS: Final = _sql("conditions")
_OF_PATIENT: Final = (_sql("of_patient"), _RECOMPUTED)
_ANEW: Final = (_LATE, _RECOMPUTED)
_ONLY_RECOMPUTED: Final = _sql("only_recomputed")
_STANDING: Final = (_LATE, _sql("standing"))
_RELATION: Final[dict[Scope, tuple[str, ...]]] = {
    "now": (_sql("now"),),
    "past": (*_ANEW, _sql("past")),
    "patient": (*_OF_PATIENT, _ONLY_RECOMPUTED),
}
_SUMMARY: Final = _sql("summary").replace("/*conditions*/", _CONDITIONS)
_OVERPAID: Final = _sql("overpaid")
_CREDITS: Final = _sql("credits")
_CREDITS_RECOMPUTED: Final = _sql("credits_recomputed")

BY_DUE_DATE: Final = compose(_sql("by_due_date"))
SUMMARY: Final = {scope: compose(*relation, _SUMMARY) for scope, relation in _RELATION.items()}
SUMMARY_ANEW: Final = compose(*_ANEW, _ONLY_RECOMPUTED, _SUMMARY)
SUMMARY_STANDING: Final = compose(*_STANDING, _SUMMARY)
OVERPAID_ANEW: Final = compose(*_ANEW, _ONLY_RECOMPUTED, _OVERPAID)
OVERPAID_STANDING: Final = compose(*_STANDING, _OVERPAID)
OVERPAID_OF_PATIENT: Final = compose(*_OF_PATIENT, _ONLY_RECOMPUTED, _OVERPAID)
CREDITS_NOW: Final = compose(_sql("credits_now"), _CREDITS)
CREDITS_ANEW: Final = compose(*_ANEW, _CREDITS_RECOMPUTED, _CREDITS)
CREDITS_STANDING: Final = compose(_LATE, _sql("credits_standing"), _CREDITS)
CREDITS_OF_PATIENT: Final = compose(*_OF_PATIENT, _CREDITS_RECOMPUTED, _CREDITS)

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
    open_only = not query.statuses or _OPEN.issuperset(query.statuses)
    return _page_statement(scope, sort, order == "DESC", open_only)


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
