"""Indicators: what a practice is steered by, each with its parts, its formula and its trend."""

from careledger.reports.indicators.models import (
    CurrencyIndicators,
    IndicatorPoint,
    Indicators,
    IndicatorsQuery,
    IndicatorsReport,
)
from careledger.reports.indicators.report import read_indicators

__all__ = [
    "CurrencyIndicators",
    "IndicatorPoint",
    "Indicators",
    "IndicatorsQuery",
    "IndicatorsReport",
    "read_indicators",
]
