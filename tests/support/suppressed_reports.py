"""Reports in the profile `suppressed` for documents: seeded figures, some of them hidden."""

from collections.abc import Iterable, Sequence
from random import Random
from typing import Any, cast

from careledger.reports.revenue import RevenueQuery
from careledger.reports.suppressed import SuppressedQuery, SuppressedReport
from careledger.reports.suppressed.models import STATEMENT
from support.revenue_reports import revenue_report

_HIDDEN_SHARE = 0.2


def suppressed_report(
    query: SuppressedQuery,
    *,
    currencies: Sequence[str] = ("USD",),
    groups: Sequence[str] = (),
    seed: int = 1,
) -> SuppressedReport:
    """Return a report of random figures, a fifth of them hidden; the same seed gives the same."""
    dice = Random(seed)  # noqa: S311 - test data, and it must repeat
    asked = RevenueQuery(
        start_date=query.start_date,
        end_date=query.end_date,
        granularity=query.granularity,
        breakdown=query.breakdown,
    )
    series = [
        one
        for shown in filter(None, (("",), groups))
        for one in revenue_report(asked, currencies=currencies, groups=shown, seed=seed).series
    ]
    meta = revenue_report(asked, currencies=currencies, seed=seed).meta
    told = [_partly_hidden(one.model_dump(), dice) for one in series]
    return SuppressedReport.model_validate(
        {
            "meta": meta,
            "statement": STATEMENT,
            "patients_min": 11,
            "granularity": query.granularity,
            "breakdown": query.breakdown,
            "hidden_count": 3,
            "series": [one for one in told if one["group"]] if groups else [],
            "totals": [_without_group(one) for one in told if not one["group"]],
        }
    )


def _partly_hidden(series: dict[str, Any], dice: Random) -> dict[str, Any]:
    points = [
        {name: value for name, value in _hidden(point, dice) if name != "partial"}
        for point in series["points"]
    ]
    return {**series, "points": points, "totals": dict(_hidden(series["totals"], dice))}


def _hidden(figures: dict[str, Any], dice: Random) -> Iterable[tuple[str, Any]]:
    for name, value in figures.items():
        if isinstance(value, dict):
            yield name, dict(_hidden(cast("dict[str, Any]", value), dice))
        else:
            is_figure = name not in {"label", "partial"}
            yield name, None if is_figure and dice.random() < _HIDDEN_SHARE else value


def _without_group(series: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in series.items() if name != "group"}
