"""Every answer of the read model within a horizon, to be compared before and after a purge."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from careledger.reports.exceptions import ExceptionsQuery, read_exceptions
from careledger.reports.explain import ExplainQuery, read_explanation
from careledger.reports.history import HistoryQuery, read_history
from careledger.reports.indicators import IndicatorsQuery, read_indicators
from careledger.reports.outstanding import read_outstanding, read_outstanding_summary
from careledger.reports.receivable_detail import read_receivable
from careledger.reports.receivables import (
    AgingBasis,
    OutstandingQuery,
    ReceivableQuery,
    ReceivablesFilter,
)
from careledger.reports.revenue import Breakdown, RevenueQuery, read_revenue
from support.reading import Told

EVERY_STATUS = ("current", "overdue", "collection", "paid", "written_off", "voided", "credit")
_MANY = 1_000

Answers = dict[str, Any]


@dataclass(frozen=True)
class Moment:
    """An as-of day and a watermark to ask at."""

    as_of: date
    watermark: str | None

    @property
    def asked(self) -> dict[str, Any]:
        """The fields that every question has."""
        return {"as_of": self.as_of, "watermark": self.watermark}


def without_meta(answer: Any) -> Any:  # noqa: ANN401 - any report
    """Return an answer as plain values, its digest beside them, the rest of its meta left out."""
    plain = answer.model_dump(mode="json")
    return {**plain, "meta": plain["meta"]["digest"]}


async def dated_answers(told: Told, moment: Moment, first: date) -> Answers:
    """Ask what is bounded by days: revenue, receivables, exceptions, indicators."""
    found: Answers = {}
    for breakdown in (None, *get_args(Breakdown)):
        query = RevenueQuery(
            start_date=first,
            end_date=moment.as_of,
            granularity="month",
            breakdown=breakdown,
            compare="previous_year" if breakdown is None else "none",
            **moment.asked,
        )
        found[f"revenue by {breakdown}"] = without_meta(await told.ask(read_revenue, query))
    for basis in get_args(AgingBasis):
        asked = {"basis": basis, **moment.asked}
        summary = await told.ask(read_outstanding_summary, ReceivablesFilter(**asked))
        found[f"summary by {basis}"] = without_meta(summary)
        listed = OutstandingQuery(limit=_MANY, **asked)
        found[f"receivables by {basis}"] = without_meta(await told.ask(read_outstanding, listed))
    overpaid = OutstandingQuery(statuses=("credit",), limit=_MANY, **moment.asked)
    found["overpaid"] = without_meta(await told.ask(read_outstanding, overpaid))
    exceptions = ExceptionsQuery(limit=_MANY, **moment.asked)
    found["exceptions"] = without_meta(await told.ask(read_exceptions, exceptions))
    indicators = IndicatorsQuery(start_date=first, end_date=moment.as_of, **moment.asked)
    found["indicators"] = without_meta(await told.ask(read_indicators, indicators))
    return found


async def open_ones(told: Told, moment: Moment) -> list[tuple[str, str, str]]:
    """Return clinic, invoice and currency of every receivable that is open or overpaid."""
    statuses = ("current", "overdue", "collection", "credit")
    query = OutstandingQuery(statuses=statuses, limit=_MANY, **moment.asked)
    report = await told.ask(read_outstanding, query)
    return [(one.clinic_id, one.invoice_id, one.currency) for one in report.receivables]


async def explanations(told: Told, moment: Moment, questions: Sequence[dict[str, Any]]) -> Answers:
    """Ask what figures are made of: all legs, in one page."""
    found: Answers = {}
    for asked in questions:
        query = ExplainQuery(limit=_MANY, **moment.asked, **asked)
        explained = await told.ask(read_explanation, query)
        found[f"explain {sorted(asked.items())}"] = explained and without_meta(explained)
    return found


async def histories(
    told: Told, moment: Moment, patients: Sequence[str], first: date
) -> tuple[Answers, Answers]:
    """Ask for histories from a day on: their entries and what is open; and whole answers."""
    told_since: Answers = {}
    whole: Answers = {}
    for patient in patients:
        query = HistoryQuery(start_date=first, limit=_MANY, **moment.asked)
        report = await told.ask(read_history, patient, query)
        if report is None:
            told_since[patient] = ([], [])
            continue
        levels = [
            (one.currency, one.outstanding, one.overpaid, one.unapplied, one.deficits)
            for one in report.totals
            if one.outstanding or one.overpaid or one.unapplied or one.deficits
        ]
        entries = [one.model_dump(mode="json") for one in report.entries]
        told_since[patient] = (entries, levels)
        if entries or report.totals:
            whole[patient] = without_meta(report)
    return told_since, whole


async def details(told: Told, moment: Moment) -> Answers:
    """Ask for every open receivable with its whole story."""
    found: Answers = {}
    for clinic_id, invoice_id, _ in await open_ones(told, moment):
        query = ReceivableQuery(clinic_id=clinic_id, invoice_id=invoice_id, **moment.asked)
        detail = await told.ask(read_receivable, query)
        assert detail is not None
        found[f"{clinic_id} {invoice_id}"] = without_meta(detail)
    return found


async def settled_ones(told: Told, moment: Moment) -> Any:  # noqa: ANN401 - a report
    """Ask for receivables of every status."""
    query = OutstandingQuery(statuses=EVERY_STATUS, limit=_MANY, **moment.asked)
    return without_meta(await told.ask(read_outstanding, query))
