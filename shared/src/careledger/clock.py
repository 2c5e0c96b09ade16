"""The one place that reads the clock, so that tests can hold time still."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - this is the module the rule points to


def today(time_zone: str) -> date:
    """Return today's calendar date in an IANA time zone.

    Raises:
        ZoneInfoNotFoundError: if the zone is not in the tz database.
    """
    return now().astimezone(ZoneInfo(time_zone)).date()
