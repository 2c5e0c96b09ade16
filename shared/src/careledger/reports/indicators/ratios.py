"""Ratios of whole amounts as decimal text: exact until the last digit, rounded half to even."""

from __future__ import annotations

from typing import Final

_RATE_PLACES: Final = 4
_DAYS_PLACES: Final = 1


def ratio(numerator: int, denominator: int) -> str | None:
    """Return numerator / denominator with four decimals; None unless the denominator is above 0."""
    return _divided(numerator, denominator, _RATE_PLACES)


def days_of(outstanding: int, charges: int, days: int) -> str | None:
    """Return outstanding / (charges / days) with one decimal; None unless charges are above 0."""
    return _divided(outstanding * days, charges, _DAYS_PLACES)


def _divided(numerator: int, denominator: int, places: int) -> str | None:
    if denominator <= 0:
        return None
    quotient, rest = divmod(abs(numerator) * 10**places, denominator)
    if 2 * rest > denominator or (2 * rest == denominator and quotient % 2 == 1):
        quotient += 1
    whole, part = divmod(quotient, 10**places)
    sign = "-" if numerator < 0 and quotient else ""
    return f"{sign}{whole}.{part:0{places}}"
