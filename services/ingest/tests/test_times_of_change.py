"""A bound for the next reading lies before every change that is still unread, in any form."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from careledger.events.rejection import EventRejectedError
from ingest.sources.practice import changes

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def naive(*parts: int) -> datetime:
    """A time as databases give it without an offset."""
    return datetime(*parts)  # type: ignore[arg-type, misc]  # noqa: DTZ001


@pytest.mark.parametrize(
    ("cell", "bound"),
    [
        ("2026-03-01 00:05:00", "2026-02-28 23:50:00"),
        ("2026-03-01T00:05:00.123456Z", "2026-02-28T23:50:00"),
        ("2026-03-01 00:05:00+05:00", "2026-02-28 23:50:00"),
        ("2026-03-01 00:05", "2026-02-28 23:50"),
        ("2026-03-01", "2026-02-28"),
        (date(2026, 3, 1), date(2026, 2, 28)),
        (naive(2026, 3, 1, 0, 5), naive(2026, 2, 28, 23, 50)),
        (datetime(2026, 3, 1, 0, 5, tzinfo=UTC), datetime(2026, 2, 28, 23, 50, tzinfo=UTC)),
        (1_772_323_500, 1_772_322_600),
        (1_772_323_500_000, 1_772_322_600_000),
    ],
)
def test_a_bound_before_a_time_of_change_has_its_form(cell: object, bound: object) -> None:
    assert changes.earlier(cell, 900, NEW_YORK) == bound


@pytest.mark.parametrize(
    ("cell", "bound"),
    [
        # Clocks went back from 02:00 to 01:00: what changed at 01:10 may be later than 01:50.
        (naive(2026, 11, 1, 1, 50), naive(2026, 11, 1, 0, 35)),
        ("2026-11-01 00:50:00", "2026-10-31 23:35:00"),
        (naive(2026, 11, 1, 12, 0), naive(2026, 11, 1, 11, 45)),
        # They went forward: no local time comes twice.
        (naive(2026, 3, 8, 3, 5), naive(2026, 3, 8, 1, 50)),
        # An instant knows nothing of clocks that are set back.
        (datetime(2026, 11, 1, 5, 50, tzinfo=UTC), datetime(2026, 11, 1, 5, 35, tzinfo=UTC)),
    ],
)
def test_an_hour_that_comes_twice_is_read_twice(cell: object, bound: object) -> None:
    assert changes.earlier(cell, 900, NEW_YORK) == bound


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2099-01-01 00:00:00", "2026-11-23 04:30:00"),
        (naive(2099, 1, 1), naive(2026, 11, 23, 4, 30)),
        (datetime(2099, 1, 1, tzinfo=UTC), NOW),
        (date(2099, 1, 1), date(2026, 11, 23)),
        (4_070_908_800, 1_795_426_200),
        ("2026-11-23 04:29:59.5", "2026-11-23 04:29:59.5"),
        (naive(2026, 11, 23, 4, 30), naive(2026, 11, 23, 4, 30)),
    ],
)
def test_a_time_of_change_ahead_counts_as_the_present(cell: object, expected: object) -> None:
    assert changes.not_ahead(cell, NEW_YORK, NOW) == expected


@pytest.mark.parametrize("cell", [None, "", "never", "infinity", True, 1.5, Decimal(1), 10**30])
def test_what_is_no_time_gives_no_bound(cell: object) -> None:
    with pytest.raises(EventRejectedError):
        changes.earlier(cell, 900, NEW_YORK)
    assert changes.changed(cell, NEW_YORK, NOW) == NOW
