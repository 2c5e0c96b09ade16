"""Answers what a figure is made of: its legs, their sum, and whether that is what is served."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import get_args

from careledger.postgres import Connection
from careledger.reports.answers import Interval, Page
from careledger.reports.clinics import Clinic
from careledger.reports.errors import FiguresDisagreeError
from careledger.reports.explain.figures import Asked, Figure
from careledger.reports.explain.indicators import explain_indicator
from careledger.reports.explain.models import (
    AccountMetric,
    BalanceMetric,
    ExplainQuery,
    Explanation,
    PeriodMetric,
)
from careledger.reports.explain.parameters import check_parameters
from careledger.reports.explain.singles import (
    explain_account,
    explain_balance,
    explain_period,
)
from careledger.reports.explain.weights import COUNTS
from careledger.reports.provenance import Subject, build_meta, digest
from careledger.reports.snapshot import take_snapshot


async def read_explanation(
    connection: Connection, clinics: Sequence[Clinic], query: ExplainQuery
) -> Explanation | None:
    """Explain one figure; None if it is of a receivable or patient that is not known.

    Args:
        connection: inside a REPEATABLE READ transaction the caller opened.
        clinics: the clinics the caller may see.
        query: the figure, and which page of its legs.

    Raises:
        QuestionError: for parameters that do not go with the metric or are missing, a wrong as_of,
            watermark or page key, clinics that may not be read, days behind what is kept.
        FiguresDisagreeError: if legs, sum and served figure are not the same.
    """
    component = check_parameters(query)
    snapshot = await take_snapshot(
        connection,
        clinics,
        clinic_ids=query.clinic_ids,
        as_of=query.as_of,
        watermark=query.watermark,
    )
    asked = Asked(connection, clinics, snapshot, query, component)
    _check_horizon(asked)
    figure = await _explain(asked)
    if figure is None:
        return None
    if figure.sum != figure.served:
        raise FiguresDisagreeError("the legs of a figure do not sum up to what is served")
    told = {
        "metric": query.metric,
        "component": component,
        "currency": query.currency,
        "unit": "count" if query.metric in COUNTS else "minor units",
        "sum": figure.sum,
        "served": figure.served,
        "equal": True,
        "legs": figure.legs,
    }
    interval = None
    if query.start_date and query.end_date:
        interval = Interval(start_date=query.start_date, end_date=query.end_date)
    meta = build_meta(
        snapshot,
        Subject("explain", query.basis or "business_date", (query.metric,)),
        currencies=[query.currency],
        figures_digest=digest(told),
        interval=interval,
    )
    page = Page(limit=query.limit, next=figure.following)
    return Explanation.model_validate({"meta": meta, **told, "page": page})


def _check_horizon(asked: Asked) -> None:
    """Refuse legs of days before the horizon: some of them may be removed."""
    horizon, query = asked.snapshot.horizon, asked.query
    if horizon is None:
        return
    if query.start_date is not None:
        horizon.check_day("start_date", query.start_date)
    if query.metric == "days_in_ar" and asked.component == "charges":
        horizon.check_day("days", asked.span[1] - timedelta(days=query.days - 1))


async def _explain(asked: Asked) -> Figure | None:
    metric = asked.query.metric
    if metric in get_args(PeriodMetric):
        return await explain_period(asked, metric)  # pyright: ignore[reportArgumentType]
    if metric in get_args(BalanceMetric):
        return await explain_balance(asked, metric)  # pyright: ignore[reportArgumentType]
    if metric in get_args(AccountMetric):
        return await explain_account(asked)
    return await explain_indicator(asked)
