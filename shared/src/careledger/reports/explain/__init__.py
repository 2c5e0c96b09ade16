"""Explain: any figure down to the ledger legs that make it up, with their sum closed."""

from careledger.reports.explain.models import (
    Component,
    ExplainedLeg,
    ExplainedMetric,
    ExplainQuery,
    Explanation,
)
from careledger.reports.explain.report import read_explanation

__all__ = [
    "Component",
    "ExplainQuery",
    "ExplainedLeg",
    "ExplainedMetric",
    "Explanation",
    "read_explanation",
]
