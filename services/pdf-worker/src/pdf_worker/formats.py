"""How figures and dates are written: exact, and as one English locale writes them; pure."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_interval, format_skeleton
from babel.numbers import format_compact_decimal

from careledger.money import decimal_text, exponent
from careledger.reports.periods import Granularity, period_of

_NO_BREAK_SPACE: Final = "\N{NO-BREAK SPACE}"


class Notation:
    """Writes what a document shows; amounts come as integers of minor units."""

    def __init__(self, locale: str) -> None:
        self.locale: Final = Locale.parse(locale, sep="-")
        symbols = self.locale.number_symbols["latn"]
        self._point: Final[str] = symbols["decimal"]
        self._separator: Final[str] = symbols["group"]
        self._minus: Final[str] = symbols["minusSign"]
        self._groups: Final[tuple[int, int]] = self.locale.decimal_formats[None].grouping
        self._days: Final[dict[date, str]] = {}

    @property
    def language(self) -> str:
        """The language tag of the document: en-US."""
        return str(self.locale).replace("_", "-")

    def amount(self, minor: int, currency: str) -> str:
        """Write an amount without its currency, with all its decimals: 1,234.50."""
        # Decimals are those of ISO 4217, as everywhere here; CLDR has others for some currencies.
        decimals = exponent(currency)
        whole, rest = divmod(abs(minor), 10**decimals)
        fraction = f"{self._point}{rest:0{decimals}}" if decimals else ""
        return f"{self._minus if minor < 0 else ''}{self._grouped(whole)}{fraction}"

    def _grouped(self, number: int) -> str:
        """Write the digits of a whole number in the groups of the locale: 12,34,567 in India."""
        digits = str(number)
        last, others = self._groups
        if len(digits) <= last:
            return digits
        head, groups = digits[:-last], [digits[-last:]]
        while head:
            head, group = head[:-others], head[-others:]
            groups.append(group)
        return self._separator.join(reversed(groups))

    def money(self, minor: int, currency: str) -> str:
        """Write an amount with its ISO 4217 code, which no two currencies share: USD 1,234.50."""
        return f"{currency}{_NO_BREAK_SPACE}{self.amount(minor, currency)}"

    def rounded(self, minor: int, currency: str) -> str:
        """Write an amount for the axis of a chart: 12.5K."""
        return format_compact_decimal(
            _major(minor, currency), locale=self.locale, fraction_digits=1
        )

    def count(self, number: int) -> str:
        """Write a whole number: 1,234."""
        return f"{self._minus if number < 0 else ''}{self._grouped(abs(number))}"

    def day(self, day: date) -> str:
        """Write a calendar day: Nov 23, 2026."""
        written = self._days.get(day)
        if written is None:
            written = self._days[day] = format_date(day, "medium", locale=self.locale)
        return written

    def days(self, first: date, last: date) -> str:
        """Write a range of calendar days, both included: Nov 1 to 23, 2026."""
        if first == last:
            return self.day(first)
        return format_interval(first, last, "yMMMd", locale=self.locale)

    def period(self, granularity: Granularity, label: date) -> str:
        """Name a period by its first day: Mon, Nov 23, 2026; November 2026; Q4 2026."""
        if granularity == "week":
            return self.days(*period_of("week", label))
        if granularity == "day":
            return format_skeleton("yMMMEd", label, locale=self.locale)
        pattern = {"month": "MMMM y", "quarter": "QQQ y", "year": "y"}[granularity]
        return format_date(label, pattern, locale=self.locale)

    def axis(self, granularity: Granularity, label: date) -> str:
        """Name a period shortly, below a chart: Nov 23; Nov 2026."""
        if granularity in {"day", "week"}:
            return format_skeleton("MMMd", label, locale=self.locale)
        if granularity == "month":
            return format_skeleton("yMMM", label, locale=self.locale)
        return self.period(granularity, label)

    def instant(self, at: datetime, time_zone: str) -> str:
        """Write an instant as clocks in a zone show it, with the zone."""
        local = at.astimezone(ZoneInfo(time_zone))
        return f"{format_datetime(local, 'medium', locale=self.locale)} ({time_zone})"


def _major(minor: int, currency: str) -> Decimal:
    return Decimal(decimal_text(minor, currency))
