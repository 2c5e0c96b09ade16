"""Figures and dates are written exactly, and as one locale writes them."""

from copy import copy
from datetime import UTC, date, datetime
from decimal import Decimal, localcontext
from typing import get_args

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from careledger.money import decimal_text, exponent
from careledger.reports.periods import Granularity
from careledger.tasks import DocumentLocale
from pdf_worker.formats import Notation

AMERICAN = Notation("en-US")


@pytest.mark.parametrize(
    ("minor", "currency", "written"),
    [
        (123_450, "USD", "1,234.50"),
        (-5, "USD", "-0.05"),
        (0, "USD", "0.00"),
        (123_456, "JPY", "123,456"),
        (5, "KWD", "0.005"),
        (10**15, "IQD", "1,000,000,000,000.000"),
        (9_007_199_254_740_993, "USD", "90,071,992,547,409.93"),
    ],
)
def test_an_amount_has_the_decimals_of_iso_4217(minor: int, currency: str, written: str) -> None:
    assert AMERICAN.amount(minor, currency) == written


def test_money_carries_the_code_of_its_currency() -> None:
    assert AMERICAN.money(-123_450, "USD") == "USD\N{NO-BREAK SPACE}-1,234.50"


def test_another_locale_writes_day_and_month_in_its_own_order() -> None:
    assert Notation("en-GB").day(date(2026, 11, 3)) == "3 Nov 2026"


@pytest.mark.parametrize(
    ("granularity", "label"),
    [
        ("day", "Thu, Oct 1, 2026"),
        ("month", "October 2026"),
        ("quarter", "Q4 2026"),
        ("year", "2026"),
    ],
)
def test_a_period_is_named_by_what_it_is(granularity: Granularity, label: str) -> None:
    assert AMERICAN.period(granularity, date(2026, 10, 1)) == label


def test_an_instant_is_written_in_the_zone_of_the_clinic_and_names_it() -> None:
    written = AMERICAN.instant(datetime(2026, 1, 1, 3, tzinfo=UTC), "America/New_York")

    assert written.startswith("Dec 31, 2025, 10:00:00")
    assert written.endswith("(America/New_York)")


@given(
    minor=st.integers(-(10**18), 10**18),
    currency=st.sampled_from(["USD", "JPY", "KWD"]),
    locale=st.sampled_from(get_args(DocumentLocale)),
)
def test_an_amount_is_written_as_the_locale_writes_numbers(
    minor: int, currency: str, locale: DocumentLocale
) -> None:
    pattern = copy(Locale.parse(locale, sep="-").decimal_formats[None])
    pattern.frac_prec = (exponent(currency), exponent(currency))
    major = Decimal(decimal_text(minor, currency))

    with localcontext(prec=40):
        expected = pattern.apply(major, locale.replace("-", "_"))

    assert Notation(locale).amount(minor, currency) == expected
