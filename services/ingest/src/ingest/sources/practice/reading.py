"""Turns a raw row into facts, as the mapping says; made once per table, called once per row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple, get_args
from zoneinfo import ZoneInfo

from careledger.events.fields import AdjustmentReason, PayerType
from careledger.events.rejection import EventRejectedError
from ingest.sources.payloads import PatientName
from ingest.sources.practice import changes, values
from ingest.sources.practice.facts import (
    AdjustmentFacts,
    Facts,
    InvoiceFacts,
    InvoiceStatus,
    PatientFacts,
    PaymentFacts,
    PaymentStatus,
    RefundFacts,
)
from ingest.sources.practice.mapping import EntityName, Field, Mapping, TableMapping, Unit

Raw = Sequence[Any]
Get = Callable[[Raw], Any]
NameDigest = Callable[[PatientName], bytes]

_CODES: Final[dict[str, tuple[str, ...]]] = {
    "invoices.status": get_args(InvoiceStatus),
    "payments.status": get_args(PaymentStatus),
    "invoices.payer_type": get_args(PayerType),
    "payments.payer_type": get_args(PayerType),
    "adjustments.reason": get_args(AdjustmentReason),
}


class RowReading(NamedTuple):
    """A row that could be mapped."""

    facts: Facts
    name: PatientName | None = None


class RowReader:
    """Reads the rows of one table."""

    def __init__(
        self, name: EntityName, mapping: Mapping, table: TableMapping, digest: NameDigest
    ) -> None:
        """Prepare for the rows of a table, given as its `columns()` in order."""
        self.zone = ZoneInfo(mapping.time_zone)
        self._unit: Unit = mapping.amounts
        self._name_digest = digest
        self._entity = name
        self._columns = {column: place for place, column in enumerate(table.columns())}
        self._key: Get = self._of(table.key)
        self._updated: Get = (
            (lambda _: None) if table.updated_at is None else self._of(table.updated_at)
        )
        self._day: Get | None = None
        column = table.column_of(table.day_field)
        if column is not None:
            self._day = self._of(column)
        self._get: dict[str, Get] = {
            field: self._getter(field, spec) for field, spec in table.fields()
        }
        self._build: Callable[[Raw], RowReading] = getattr(self, f"_{name}")

    def key(self, raw: Raw) -> str:
        """Return the row's key as text.

        Raises:
            EventRejectedError: if it cannot be a part of an event's id.
        """
        key = values.identifier(self._key(raw), "key")
        if len(key) > KEY_LENGTH_MAX:
            raise EventRejectedError("identifier_invalid", f"key is over {KEY_LENGTH_MAX} long")
        return key

    def changed_at(self, raw: Raw, now: datetime) -> datetime:
        """Return when the row changed last, as far as it says so."""
        return changes.changed(self._updated(raw), self.zone, now)

    def source_day(self, raw: Raw) -> str | None:
        """Return the day under which the database counts the row."""
        return None if self._day is None else source_day(self._day(raw))

    def read(self, raw: Raw) -> RowReading:
        """Return what the row says.

        Raises:
            EventRejectedError: naming the field that cannot be.
        """
        return self._build(raw)

    def _of(self, column: str) -> Get:
        place = self._columns[column]
        return lambda raw: raw[place]

    def _getter(self, field: str, spec: str | Field) -> Get:
        if isinstance(spec, str):
            return self._of(spec)
        if spec.column is None:
            return lambda _: spec.value
        place = self._columns[spec.column]
        translated, default, other = spec.map, spec.default, spec.other

        def get(raw: Raw) -> object:
            value = raw[place]
            if value is None or value == "":
                return default
            if not translated:
                return value
            known = translated.get(_code(value), other)
            if known is None:
                raise EventRejectedError("field_invalid", f"{field} has a code that is not mapped")
            return known

        return get

    def _value(self, field: str, raw: Raw) -> Any:  # noqa: ANN401 - whatever the column holds
        get = self._get.get(field)
        value = None if get is None else get(raw)
        return None if value == "" else value

    def _id(self, field: str, raw: Raw) -> str:
        return values.identifier(self._value(field, raw), field)

    def _optional_id(self, field: str, raw: Raw) -> str | None:
        value = self._value(field, raw)
        return None if value is None else values.identifier(value, field)

    def _number(self, raw: Raw) -> str:
        return self._optional_id("number", raw) or self.key(raw)

    def _optional_code(self, field: str, raw: Raw) -> str | None:
        value = self._value(field, raw)
        return None if value is None else values.code(value, field)

    def _choice(self, field: str, raw: Raw, default: str | None = None) -> Any:  # noqa: ANN401 - one of the literals of the field
        value = self._value(field, raw)
        if value is None:
            value = default
        if value is not None and value not in _CODES[f"{self._entity}.{field}"]:
            allowed = ", ".join(_CODES[f"{self._entity}.{field}"])
            raise EventRejectedError("field_invalid", f"{field} must be one of {allowed}: map it")
        return value

    def _amount(self, field: str, raw: Raw, currency: str) -> int:
        return values.amount(self._value(field, raw), currency, self._unit, field)

    def _optional_amount(self, field: str, raw: Raw, currency: str) -> int:
        value = self._value(field, raw)
        return 0 if value is None else values.amount(value, currency, self._unit, field)

    def _optional_day(self, field: str, raw: Raw) -> Any:  # noqa: ANN401 - a date or None
        value = self._value(field, raw)
        return None if value is None else values.day(value, self.zone, field)

    def _currency(self, raw: Raw) -> str:
        return values.currency_code(self._value("currency", raw))

    def _patients(self, raw: Raw) -> RowReading:
        given = self._value("given_name", raw)
        name = PatientName(
            family=str(self._value("family_name", raw) or ""),
            given=() if given is None else (str(given),),
        )
        facts = PatientFacts(
            clinic_id=self._id("clinic", raw),
            patient_id=self._id("patient", raw),
            name_digest=self._name_digest(name),
        )
        return RowReading(facts, name)

    def _invoices(self, raw: Raw) -> RowReading:
        currency = self._currency(raw)
        return RowReading(
            InvoiceFacts(
                clinic_id=self._id("clinic", raw),
                patient_id=self._id("patient", raw),
                invoice_id=self._number(raw),
                currency=currency,
                amount=_not_negative(self._amount("amount", raw, currency)),
                issued_on=values.day(self._value("issued_on", raw), self.zone, "issued_on"),
                due_on=self._optional_day("due_on", raw),
                service_date=self._optional_day("service_date", raw),
                payer_type=self._choice("payer_type", raw, "patient"),
                provider=self._optional_code("provider", raw),
                category=self._optional_code("category", raw),
                status=self._choice("status", raw, "issued"),
                written_off=_not_negative(self._optional_amount("written_off", raw, currency)),
            )
        )

    def _adjustments(self, raw: Raw) -> RowReading:
        currency = self._currency(raw)
        return RowReading(
            AdjustmentFacts(
                clinic_id=self._id("clinic", raw),
                patient_id=self._id("patient", raw),
                adjustment_id=self._number(raw),
                invoice_id=self._id("invoice", raw),
                currency=currency,
                amount=self._amount("amount", raw, currency),
                reason=self._choice("reason", raw, "administrative"),
                adjusted_on=values.day(self._value("adjusted_on", raw), self.zone, "adjusted_on"),
            )
        )

    def _payments(self, raw: Raw) -> RowReading:
        currency = self._currency(raw)
        at, on = values.moment(self._value("received_at", raw), self.zone, "received_at")
        amount = _not_negative(self._amount("amount", raw, currency))
        status: PaymentStatus = self._choice("status", raw, "succeeded")
        refunded = self._optional_amount("refunded", raw, currency)
        if status == "refunded" and "refunded" not in self._get:
            refunded = amount
        return RowReading(
            PaymentFacts(
                clinic_id=self._id("clinic", raw),
                patient_id=self._id("patient", raw),
                payment_id=self._number(raw),
                invoice_id=self._optional_id("invoice", raw),
                currency=currency,
                amount=amount,
                method=self._optional_code("method", raw) or "unknown",
                payer_type=self._choice("payer_type", raw),
                status=status,
                received_at=at,
                received_on=on,
                refunded=_not_negative(refunded),
                refunded_on=self._optional_day("refunded_on", raw),
            )
        )

    def _refunds(self, raw: Raw) -> RowReading:
        currency = self._currency(raw)
        return RowReading(
            RefundFacts(
                clinic_id=self._id("clinic", raw),
                patient_id=self._id("patient", raw),
                refund_id=self._number(raw),
                payment_id=self._id("payment", raw),
                invoice_id=self._optional_id("invoice", raw),
                currency=currency,
                amount=_not_negative(self._amount("amount", raw, currency)),
                refunded_on=values.day(self._value("refunded_on", raw), self.zone, "refunded_on"),
            )
        )


KEY_LENGTH_MAX: Final = 96
"""Longest key of a row: an event's id holds it with the kind and the revision, in 128 at most."""


def source_day(value: object) -> str | None:
    """Return the day of a cell as the database itself would group it by, `YYYY-MM-DD`."""
    if value is None:
        return None
    if isinstance(value, datetime) and value.tzinfo is not None:
        value = value.astimezone(UTC)
    return str(value)[:10]


def _code(value: object) -> str:
    # Truth is written as in the mapping file, and as databases themselves write it.
    return str(value).lower() if isinstance(value, bool) else str(value)


def _not_negative(amount: int) -> int:
    if amount < 0:
        raise EventRejectedError("field_invalid", "amount is below zero")
    return amount
