"""A cell of a database in, a value of an event out, exactly; what cannot be exact is refused."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal
from numbers import Real
from typing import Final
from zoneinfo import ZoneInfo

from careledger.events.fields import CODE_LENGTH_MAX, IDENTIFIER_LENGTH_MAX, IDENTIFIERS
from careledger.events.rejection import EventRejectedError
from careledger.money import AMOUNT_MAX, EXPONENTS, MoneyError, minor_units
from ingest.sources.practice.mapping import Unit

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_INSTANT: Final = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?", re.ASCII
)
_NOT_A_CODE: Final = re.compile(r"[^A-Za-z0-9_.:/+-]+", re.ASCII)
_MIDNIGHT: Final = time()


def identifier(value: object, field: str) -> str:
    """Return an id as text; numbers are written plainly.

    Raises:
        EventRejectedError: if it is empty, too long, or no plain text or whole number.
    """
    text = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else None
    if text is None:
        text = _whole(value)
    if text is None or not 1 <= len(text) <= IDENTIFIER_LENGTH_MAX:
        raise EventRejectedError("identifier_invalid", f"{field} is missing or not an id")
    if not IDENTIFIERS.fullmatch(text):
        raise EventRejectedError(
            "identifier_invalid", f"{field} must be printable ASCII characters without spaces"
        )
    return text


def _whole(value: object) -> str | None:
    # UUID columns come as UUID objects; NUMERIC keys as Decimal.
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return str(int(value))
    return str(value) if type(value).__name__ == "UUID" else None


def code(value: object, field: str) -> str:
    """Return an open code; characters a code cannot hold become one underscore.

    Raises:
        EventRejectedError: if nothing is left, or it is too long.
    """
    text = _NOT_A_CODE.sub("_", str(value).strip()).strip("_")
    if not 1 <= len(text) <= CODE_LENGTH_MAX:
        raise EventRejectedError("identifier_invalid", f"{field} is not a code")
    return text


def currency_code(value: object) -> str:
    """Return an ISO 4217 code.

    Raises:
        EventRejectedError: if it is none.
    """
    text = str(value).strip()
    if text not in EXPONENTS:
        raise EventRejectedError("currency_invalid", "currency is not an ISO 4217 code")
    return text


def amount(value: object, currency: str, unit: Unit, field: str) -> int:
    """Return minor units.

    A binary fraction counts as the decimal it is written as: 19.99 is 1999, and
    19.990000000000002 is refused.

    Raises:
        EventRejectedError: if it is no number, not exact in the currency, or too large.
    """
    try:
        if unit == "minor":
            return _minor(value)
        if isinstance(value, Decimal):
            return minor_units(f"{value:f}", currency)
        if type(value) is not bool and isinstance(value, (Real, str)):
            return minor_units(str(value).strip(), currency)
    except MoneyError as error:
        raise EventRejectedError("field_invalid", f"{field}: {error}") from None
    raise EventRejectedError("field_invalid", f"{field} is missing or no number")


def _minor(value: object) -> int:
    if isinstance(value, str) and re.fullmatch(r"[+-]?\d{1,16}", value.strip(), re.ASCII):
        value = int(value)
    if isinstance(value, Decimal) and value == value.to_integral_value():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise MoneyError("amount is not a whole number of minor units")
    if abs(value) > AMOUNT_MAX:
        raise MoneyError(f"amount is larger than {AMOUNT_MAX} minor units")
    return value


def day(value: object, zone: ZoneInfo, field: str) -> date:
    """Return a calendar date; an instant with an offset gives its day in the zone.

    Raises:
        EventRejectedError: if it is neither.
    """
    if isinstance(value, str):
        text = value.strip()
        try:
            if _DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            raise _no_date(field) from None
        value = _instant(text, field)
    if isinstance(value, datetime):
        return value.date() if value.tzinfo is None else _moved(value, zone, field).date()
    if isinstance(value, date):
        return value
    raise _no_date(field)


def moment(value: object, zone: ZoneInfo, field: str) -> tuple[datetime, date]:
    """Return an instant in UTC and its calendar date.

    A time without an offset is the zone's: it gives its date as it stands there, and of an hour
    that comes twice the first. A date alone is its midnight.

    Raises:
        EventRejectedError: if it is neither.
    """
    if isinstance(value, str):
        text = value.strip()
        value = day(text, zone, field) if _DAY.fullmatch(text) else _instant(text, field)
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            return _moved(value, UTC, field), _moved(value, zone, field).date()
        return _moved(value.replace(tzinfo=zone), UTC, field), value.date()
    if isinstance(value, date):
        return _moved(datetime.combine(value, _MIDNIGHT, zone), UTC, field), value
    raise _no_date(field)


def _moved(value: datetime, zone: tzinfo, field: str) -> datetime:
    try:
        return value.astimezone(zone)
    except OverflowError:
        # The first and the last day of the calendar have no such time everywhere.
        raise _no_date(field) from None


def _instant(text: str, field: str) -> datetime:
    if not _INSTANT.fullmatch(text):
        raise _no_date(field)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise _no_date(field) from None


def _no_date(field: str) -> EventRejectedError:
    return EventRejectedError(
        "time_invalid", f"{field} must be a date or a time, like 2026-01-31 or 2026-01-31 09:30:00"
    )
