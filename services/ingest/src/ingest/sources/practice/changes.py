"""The times at which rows say they were changed, in whatever form a database keeps them.

They are instants for events, and cells for the order of reading: a bound for the next reading is
written as the column itself is, so that the database compares like with like.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, Final
from zoneinfo import ZoneInfo

from careledger.events.rejection import EventRejectedError
from ingest.sources.practice.values import moment

_FIELD: Final = "updated_at"
_MILLISECONDS: Final = 10**11
"""Epochs above it are milliseconds."""
_FOLD_SECONDS: Final = 3 * 3600
"""Longer than any clock is set back by."""
_DAY_LENGTH: Final = 10
_MINUTE_LENGTH: Final = 16


def changed(value: object, zone: ZoneInfo, now: datetime) -> datetime:
    """Return when a row was changed last; the present where it does not say, or lies ahead."""
    try:
        return min(_instant(value, zone), now)
    except EventRejectedError:
        return now


def not_ahead(value: Any, zone: ZoneInfo, now: datetime) -> Any:  # noqa: ANN401 - as the driver gave it
    """Return a time of change as it is, or the present in its form if it lies ahead.

    One row dated far ahead would otherwise hide every later change of the others.

    Raises:
        EventRejectedError: if the value is no time.
    """
    return value if _instant(value, zone) <= now else _as(value, now, zone)


def earlier(value: Any, seconds: int, zone: ZoneInfo) -> Any:  # noqa: ANN401 - as the driver gave it
    """Return a lower bound `seconds` before a time of change, in its form.

    Texts are cut at the second: a shorter text sorts before a longer one. Where local times come
    twice because clocks are set back, the bound lies before the first of them.

    Raises:
        EventRejectedError: if the value is no time.
    """
    before = _instant(value, zone) - timedelta(seconds=seconds)
    if _is_local(value):
        soon = before + timedelta(seconds=_FOLD_SECONDS)
        back = _offset(before, zone) - _offset(soon, zone)
        before -= max(back, timedelta())
    return _as(value, before, zone)


def _instant(value: object, zone: ZoneInfo) -> datetime:
    if isinstance(value, int) and not isinstance(value, bool):
        seconds = value // 1000 if value > _MILLISECONDS else value
        try:
            return datetime.fromtimestamp(seconds, UTC)
        except (OverflowError, ValueError, OSError):
            value = None
    return moment(value, zone, _FIELD)[0]


def _is_local(value: object) -> bool:
    if isinstance(value, str):
        return not value.rstrip().endswith("Z")
    return not isinstance(value, int) and getattr(value, "tzinfo", None) is None


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _as(value: Any, at: datetime, zone: ZoneInfo) -> Any:  # noqa: ANN401 - as the driver gave it
    """Write an instant in the form of a time of change."""
    if isinstance(value, int):
        seconds = int(at.timestamp())
        return seconds * 1000 if value > _MILLISECONDS else seconds
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            return at.astimezone(value.tzinfo)
        return at.astimezone(zone).replace(tzinfo=None)
    if isinstance(value, date):
        return at.astimezone(zone).date()
    return _as_text(value.strip(), at, zone)


def _as_text(text: str, at: datetime, zone: ZoneInfo) -> str:
    if len(text) == _DAY_LENGTH:
        return at.astimezone(zone).date().isoformat()
    written = datetime.fromisoformat(text).tzinfo
    where: tzinfo = zone if written is None else written
    timespec = "minutes" if len(text) == _MINUTE_LENGTH else "seconds"
    return at.astimezone(where).replace(tzinfo=None).isoformat(text[_DAY_LENGTH], timespec)
