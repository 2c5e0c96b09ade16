"""Which parameters go with which figure; a wrong or missing one is refused by name; pure."""

from __future__ import annotations

from typing import Final, get_args

from careledger.reports.errors import QuestionError
from careledger.reports.explain.models import (
    AccountMetric,
    Component,
    ExplainedMetric,
    ExplainQuery,
    IndicatorMetric,
    PeriodMetric,
)

_RANGE: Final = frozenset({"start_date", "end_date"})
_DIMENSIONS: Final = frozenset({"methods", "payer_types", "categories", "providers"})

COMPONENTS: Final[dict[IndicatorMetric, tuple[Component, ...]]] = {
    "net_collection_rate": ("landed", "charges"),
    "gross_collection_rate": ("landed", "charges"),
    "days_in_ar": ("outstanding", "charges"),
    "aged_ar_rate": ("over_90", "outstanding"),
    "payer_mix_charges": ("payer", "total"),
    "payer_mix_payments": ("payer", "total"),
    "bad_debt": ("write_offs", "recoveries"),
    "roll_forward": (
        "closing",
        "opening",
        "charges",
        "charge_corrections",
        "contractual_adjustments",
        "other_adjustments",
        "voids",
        "write_offs",
        "recoveries",
        "landed",
    ),
}
"""The amounts an indicator is made of; the first is explained unless another is asked for."""

_ALSO: Final[dict[ExplainedMetric, frozenset[str]]] = {
    "outstanding": frozenset({"basis", "bucket", "payer_types"}),
    "overpaid": frozenset({"payer_types"}),
    "unapplied_credits": frozenset(),
    "deficits": frozenset(),
    "receivable_balance": frozenset({"invoice_id", "clinic_ids"}),
    "patient_balance": frozenset({"patient_id"}),
    "days_in_ar": frozenset({"days"}),
    "payer_mix_charges": frozenset({"payer_types"}),
    "payer_mix_payments": frozenset({"payer_types"}),
}
_OF_A_DAY: Final = frozenset({"days_in_ar", "aged_ar_rate"})


def check_parameters(query: ExplainQuery) -> Component | None:
    """Return the component to explain, None for a figure that is one amount.

    Raises:
        QuestionError: for a parameter that the figure does not take, or one it needs.
    """
    allowed, needed = _parameters_of(query.metric)
    given = {
        name
        for name in ExplainQuery.model_fields
        if getattr(query, name) != ExplainQuery.model_fields[name].get_default()
    }
    common = {"metric", "currency", "clinic_ids", "as_of", "watermark", "limit", "after"}
    for name in sorted(given - common - allowed):
        raise QuestionError(_told(name), f"{query.metric} does not take this parameter")
    for name in sorted(needed - given):
        raise QuestionError(_told(name), f"{query.metric} needs this parameter")
    if query.start_date and query.end_date and query.end_date < query.start_date:
        raise QuestionError("end_date", "end_date lies before start_date")
    return _component(query)


def _parameters_of(metric: ExplainedMetric) -> tuple[frozenset[str], frozenset[str]]:
    """Return what a figure may be asked with, and what it must be asked with."""
    if metric in get_args(PeriodMetric):
        return _RANGE | _DIMENSIONS, _RANGE
    if metric in COMPONENTS:
        needed = frozenset[str]() if metric in _OF_A_DAY else _RANGE
        return _RANGE | {"component"} | _ALSO.get(metric, frozenset()), needed
    needed = _ALSO[metric] if metric in get_args(AccountMetric) else frozenset[str]()
    return _ALSO[metric], needed


def _component(query: ExplainQuery) -> Component | None:
    if query.metric not in COMPONENTS:
        return None
    known = COMPONENTS[query.metric]
    component = query.component or known[0]
    if component not in known:
        raise QuestionError("component", f"{query.metric} is made of {', '.join(known)}")
    if component == "payer" and len(query.payer_types) != 1:
        raise QuestionError("payer_type", "say which payer type's share")
    if component == "total" and query.payer_types:
        raise QuestionError("payer_type", "the total is of all payer types")
    return component


def _told(name: str) -> str:
    """Return a field's name as the question has it."""
    plural = {"clinic_ids": "clinic_id", "categories": "category"}
    return plural.get(name, name.removesuffix("s") if name in _DIMENSIONS else name)
