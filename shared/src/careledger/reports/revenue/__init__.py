"""The revenue report: payments of each period on a cash basis, with the charge side apart."""

from careledger.reports.revenue.models import (
    Breakdown,
    ChargeSide,
    Comparison,
    CurrencyTotals,
    RevenueComparison,
    RevenuePoint,
    RevenueQuery,
    RevenueReport,
    RevenueSeries,
    RevenueTotals,
)
from careledger.reports.revenue.report import RevenueAnswer, answer_revenue, read_revenue

__all__ = [
    "Breakdown",
    "ChargeSide",
    "Comparison",
    "CurrencyTotals",
    "RevenueAnswer",
    "RevenueComparison",
    "RevenuePoint",
    "RevenueQuery",
    "RevenueReport",
    "RevenueSeries",
    "RevenueTotals",
    "answer_revenue",
    "read_revenue",
]
