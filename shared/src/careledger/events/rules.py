"""The rules by which one event is judged alone: ids, codes, currency, dates, personal numbers.

Whether facts fit together is no reason to refuse an event, or order would matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import Final

import msgspec

from careledger.events.fields import CODES, IDENTIFIERS
from careledger.events.payments import (
    EVENT_TYPES,
    InvoiceDueDateChanged,
    InvoiceIssued,
    PaymentAttempt,
    PaymentEvent,
    business_date_field,
)
from careledger.events.rejection import EventRejectedError
from careledger.money import EXPONENTS

EARLIEST_DATE: Final = date(1900, 1, 1)
LATEST_PLANNED_DATE: Final = date(2199, 12, 31)
EVENT_BYTES_MAX: Final = 256 * 1024
_EARLIEST: Final = datetime(1900, 1, 1, tzinfo=UTC)
_AHEAD: Final = timedelta(minutes=5)
_DAY: Final = timedelta(days=1)

_ID_FIELDS: Final = (
    "clinic_id",
    "patient_id",
    "invoice_id",
    "payment_id",
    "adjustment_id",
    "write_off_id",
    "allocation_id",
    "refund_id",
    "dispute_id",
    "correction_id",
)
_CODE_FIELDS: Final = ("method", "provider", "category")
_DECODERS: Final = {name: msgspec.json.Decoder(struct) for name, struct in EVENT_TYPES.items()}


Values = Callable[[PaymentEvent], tuple[str | None, ...]]


def _reader(struct: type[PaymentEvent], names: tuple[str, ...]) -> Values:
    """Return what reads those of the named fields that a struct has, as one tuple."""
    present = [name for name in names if name in struct.__struct_fields__]
    if len(present) > 1:
        return attrgetter(*present)
    return lambda event: tuple(getattr(event, name) for name in present)


_IDS_OF: Final = {struct: _reader(struct, _ID_FIELDS) for struct in EVENT_TYPES.values()}
_CODES_OF: Final = {
    struct: _reader(struct, _CODE_FIELDS)
    for struct in EVENT_TYPES.values()
    if not set(_CODE_FIELDS).isdisjoint(struct.__struct_fields__)
}
_WITH_CURRENCY: Final = frozenset(
    struct for struct in EVENT_TYPES.values() if "currency" in struct.__struct_fields__
)

# A personal number or address is refused only as the whole id: digits inside a longer id (a UUID)
# say nothing. Spaces cannot occur, so phone numbers are those written with . - ( ) or a leading +.
_PERSONAL: Final = re.compile(
    r"[^@]+@[^@]+\.[^@.]+"
    r"|\d{3}-\d{2}-\d{4}"
    r"|\(\d{3}\)[-.]?\d{3}[-.]?\d{4}"
    r"|(?:\+?1[-.])?\d{3}[-.]\d{3}[-.]\d{4}"
    r"|\+\d[\d().-]{6,20}",
    re.ASCII,
)
_FIRST_OF_NUMBERS: Final = frozenset("0123456789(+")
_BARE_NUMBER: Final = re.compile(r"\d{9,10}", re.ASCII)
_ECHOING: Final = "Invalid enum value"


def decode(event_type: str, body: bytes) -> PaymentEvent:
    """Decode an event's data into its struct; unknown fields are dropped.

    Raises:
        EventRejectedError: for an unknown type, a body that is no JSON or not of that shape. The
            text names the field, never its value.
    """
    decoder = _DECODERS.get(event_type)
    if decoder is None:
        raise EventRejectedError("type_unknown", "type is not one of the event vocabulary")
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        raise EventRejectedError("body_invalid", problem_of(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise EventRejectedError("body_invalid", "data is not valid JSON in UTF-8") from None


def problem_of(error: msgspec.ValidationError) -> str:
    """Say what is wrong and where, without the value: msgspec repeats those that are in no list."""
    text = str(error)
    if text.startswith(_ECHOING):
        return f"{_ECHOING} - at {text.rpartition(' - at ')[2]}"
    return text


def is_personal(patient_id: str, *, bare_numbers_allowed: bool) -> bool:
    """Tell whether a patient id as a whole is an e-mail address, SSN or phone number.

    Nine or ten bare digits count as one too, unless the clinic says they are its own numbering.
    """
    if "@" not in patient_id and patient_id[:1] not in _FIRST_OF_NUMBERS:
        return False
    if _PERSONAL.fullmatch(patient_id):
        return True
    return not bare_numbers_allowed and _BARE_NUMBER.fullmatch(patient_id) is not None


def check(event: PaymentEvent, occurred_at: datetime, *, clock: datetime) -> None:
    """Judge one event alone, against the clock of its arrival.

    Args:
        event: the decoded event.
        occurred_at: its CloudEvents time.
        clock: Kafka's append time, or the present where there is none yet.

    Raises:
        EventRejectedError: with the first rule broken.
    """
    struct = type(event)
    if not IDENTIFIERS.fullmatch("".join(filter(None, _IDS_OF[struct](event)))):
        raise EventRejectedError(
            "identifier_invalid", "ids must be printable ASCII characters without spaces"
        )
    codes = _CODES_OF.get(struct)
    if codes is not None and not _are_codes(codes(event)):
        raise EventRejectedError(
            "identifier_invalid", "codes may hold letters, digits and _ . : / + - only"
        )
    if struct in _WITH_CURRENCY and event.currency not in EXPONENTS:  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
        raise EventRejectedError("currency_invalid", "currency is not an ISO 4217 code")
    _check_dates(event, occurred_at, clock)


@lru_cache(maxsize=4096)
def _are_codes(values: tuple[str | None, ...]) -> bool:
    # A clinic has a few combinations of method, provider and category, and millions of events.
    return CODES.fullmatch("".join(filter(None, values))) is not None


def _check_dates(event: PaymentEvent, occurred_at: datetime, clock: datetime) -> None:
    latest = clock + _AHEAD
    if not _EARLIEST <= occurred_at <= latest:
        raise EventRejectedError("date_out_of_range", "time lies before 1900 or in the future")
    stated = business_date_field(event)
    if stated is not None and not EARLIEST_DATE <= stated <= (clock + _DAY).date():
        raise EventRejectedError(
            "date_out_of_range", "the business date lies before 1900 or more than a day ahead"
        )
    if isinstance(event, PaymentAttempt):
        if not _EARLIEST <= event.received_at <= latest:
            raise EventRejectedError(
                "date_out_of_range", "received_at lies before 1900 or in the future"
            )
    elif isinstance(event, InvoiceIssued):
        _check_planned(event.service_date, "service_date")
        _check_plan(event)
    elif isinstance(event, InvoiceDueDateChanged):
        if (event.due_on is None) == (event.installments is None):
            raise EventRejectedError("field_invalid", "give due_on or installments, one of the two")
        _check_plan(event)


def _check_plan(event: InvoiceIssued | InvoiceDueDateChanged) -> None:
    _check_planned(event.due_on, "due_on")
    for part in event.installments or ():
        _check_planned(part.due_on, "installments.due_on")


def _check_planned(day: date | None, name: str) -> None:
    if day is not None and not EARLIEST_DATE <= day <= LATEST_PLANNED_DATE:
        raise EventRejectedError("date_out_of_range", f"{name} lies before 1900 or after 2199")
