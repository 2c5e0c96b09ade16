"""A cell becomes exactly what it says, or is refused."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from careledger.events.rejection import EventRejectedError
from ingest.sources.practice import values

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("cell", "currency", "expected"),
    [
        (19.99, "USD", 1999),
        (0.1, "USD", 10),
        (Decimal("12.500"), "USD", 1250),
        ("7", "JPY", 7),
        (" 0.005 ", "KWD", 5),
        (12, "USD", 1200),
    ],
)
def test_an_amount_is_exact(cell: object, currency: str, expected: int) -> None:
    assert values.amount(cell, currency, "major", "amount") == expected


@pytest.mark.parametrize(
    "cell",
    [
        19.990000000000002,
        1.005,
        float("nan"),
        float("inf"),
        1e300,
        True,
        None,
        b"1",
        "1_000",
        "\uff11\uff12",
        "1e3",
        "10,50",
        "",
        "0x10",
        Decimal("NaN"),
        "9223372036854775808",
    ],
)
def test_an_amount_that_is_not_exact_is_refused(cell: object) -> None:
    with pytest.raises(EventRejectedError):
        values.amount(cell, "USD", "major", "amount")


@pytest.mark.parametrize("cell", [1.5, "1.50", True, None, 10**16, Decimal("0.5")])
def test_minor_units_are_whole_numbers(cell: object) -> None:
    with pytest.raises(EventRejectedError):
        values.amount(cell, "USD", "minor", "amount")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-03-08", date(2026, 3, 8)),
        ("2026-03-08 23:30:00", date(2026, 3, 8)),
        ("2026-03-09T03:30:00Z", date(2026, 3, 8)),
        (datetime(2026, 3, 9, 3, 30, tzinfo=UTC), date(2026, 3, 8)),
        (datetime(2026, 3, 9, 3, 30), date(2026, 3, 9)),  # noqa: DTZ001 - as databases give it
        (date(2026, 3, 9), date(2026, 3, 9)),
    ],
)
def test_a_naive_time_gives_its_date_and_an_instant_the_zones(cell: object, expected: date) -> None:
    assert values.day(cell, NEW_YORK, "issued_on") == expected


@pytest.mark.parametrize(
    "cell",
    ["2024-02-30", "00", 0, "2026-01-01 24:00:00", "2026-01-01T23:59:60Z", "01/02/2026", None],
)
def test_a_day_that_is_none_is_refused(cell: object) -> None:
    with pytest.raises(EventRejectedError):
        values.day(cell, NEW_YORK, "issued_on")


def test_an_hour_that_comes_twice_is_the_first_and_one_that_never_comes_keeps_its_date() -> None:
    twice, _ = values.moment("2026-11-01 01:30:00", NEW_YORK, "paid_at")
    never, on = values.moment("2026-03-08 02:30:00", NEW_YORK, "paid_at")

    assert twice == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert (never, on) == (datetime(2026, 3, 8, 7, 30, tzinfo=UTC), date(2026, 3, 8))


@pytest.mark.parametrize("cell", ["", "a b", None, 1.5, "x" * 129, "é"])
def test_an_id_that_is_none_is_refused(cell: object) -> None:
    with pytest.raises(EventRejectedError):
        values.identifier(cell, "patient")


def test_a_code_keeps_what_codes_may_hold() -> None:
    assert values.code(" Credit card (Visa) ", "method") == "Credit_card_Visa"
