"""The mapping file: which tables and columns of a practice's database are what; strictly read."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct, structs

from careledger.errors import ConfigurationError
from careledger.events.fields import IDENTIFIERS
from careledger.money import EXPONENTS

SOURCE_LENGTH_MAX: Final = 64
Unit = Literal["major", "minor"]
EntityName = Literal["patients", "invoices", "adjustments", "payments", "refunds"]


class Field(Struct, forbid_unknown_fields=True, frozen=True):
    """Where a value comes from: a column, or always the same; codes may be translated."""

    column: str | None = None
    value: str | None = None
    map: dict[str, str] = {}
    """Codes of the database to codes of Careledger; a code that is not listed is refused."""
    other: str | None = None
    """Taken for codes that are not listed, in place of refusing them."""
    default: str | None = None
    """Taken where the column is null or empty."""


FieldSpec = str | Field


class Join(Struct, forbid_unknown_fields=True, frozen=True):
    """Another table whose columns are needed; they are written `table.column`."""

    table: str
    column: str
    """The column of the mapped table that points to it."""
    key: str
    """The column of the other table that is pointed to."""


class TableMapping(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """What the mapping of every table says."""

    table: str
    key: str
    patient: FieldSpec
    updated_at: str | None = None
    """Set by the database on every change; without it the table is read whole each time."""
    join: Join | None = None
    clinic: FieldSpec | None = None

    day_field: str | None = None
    """Which field's day rows are counted by; set by the kinds of tables below."""

    def fields(self) -> Iterator[tuple[str, FieldSpec]]:
        """Yield every field that is mapped, with where it comes from."""
        for name in self.__struct_fields__:
            spec = getattr(self, name)
            if name not in _NO_FIELDS and spec is not None:
                yield name, spec

    def columns(self) -> list[str]:
        """Every column that is read: the key, the time of change, and those of the fields."""
        found = [self.key]
        if self.updated_at is not None:
            found.append(self.updated_at)
        for _, spec in self.fields():
            column = spec if isinstance(spec, str) else spec.column
            if column is not None:
                found.append(column)
        return list(dict.fromkeys(found))

    def column_of(self, field: str | None) -> str | None:
        """Return the column of a field, if it has one."""
        spec = None if field is None else getattr(self, field)
        return spec.column if isinstance(spec, Field) else spec


class PatientTable(TableMapping, frozen=True, kw_only=True):
    """Patients: their names go into the blind index, and no further."""

    family_name: FieldSpec
    given_name: FieldSpec | None = None


class InvoiceTable(TableMapping, frozen=True, kw_only=True):
    """Invoices."""

    amount: FieldSpec
    issued_on: FieldSpec
    number: FieldSpec | None = None
    """The invoice's id in reports; the key if not given."""
    currency: FieldSpec | None = None
    due_on: FieldSpec | None = None
    service_date: FieldSpec | None = None
    payer_type: FieldSpec | None = None
    provider: FieldSpec | None = None
    category: FieldSpec | None = None
    status: FieldSpec | None = None
    written_off: FieldSpec | None = None
    day_field: str | None = "issued_on"


class PaymentTable(TableMapping, frozen=True, kw_only=True):
    """Payments and attempts to pay."""

    amount: FieldSpec
    received_at: FieldSpec
    method: FieldSpec
    number: FieldSpec | None = None
    invoice: FieldSpec | None = None
    currency: FieldSpec | None = None
    payer_type: FieldSpec | None = None
    status: FieldSpec | None = None
    refunded: FieldSpec | None = None
    refunded_on: FieldSpec | None = None
    day_field: str | None = "received_at"


class RefundTable(TableMapping, frozen=True, kw_only=True):
    """Refunds in a table of their own."""

    amount: FieldSpec
    payment: FieldSpec
    refunded_on: FieldSpec
    number: FieldSpec | None = None
    invoice: FieldSpec | None = None
    currency: FieldSpec | None = None
    day_field: str | None = "refunded_on"


class AdjustmentTable(TableMapping, frozen=True, kw_only=True):
    """Adjustments of invoices; below zero means that less is owed."""

    amount: FieldSpec
    invoice: FieldSpec
    adjusted_on: FieldSpec
    reason: FieldSpec
    number: FieldSpec | None = None
    currency: FieldSpec | None = None
    day_field: str | None = "adjusted_on"


_NO_FIELDS: Final = frozenset({"table", "key", "updated_at", "join", "day_field"})


class Mapping(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A whole mapping file."""

    source: str
    """Names the database; part of every event's identity, so it never changes."""
    time_zone: str
    """IANA zone in which the database means times without an offset."""
    clinic: FieldSpec
    """The clinic of every row, unless its table says otherwise."""
    currency: FieldSpec = Field(value="USD")
    amounts: Unit = "major"
    """Whether 12.5 is twelve and a half dollars (major), or 1250 is (minor)."""
    overlap_seconds: int = 900
    """How far before the last change seen the next run begins: longer than any transaction."""
    patients: PatientTable | None = None
    invoices: InvoiceTable | None = None
    adjustments: AdjustmentTable | None = None
    payments: PaymentTable | None = None
    refunds: RefundTable | None = None

    def tables(self) -> Iterator[tuple[EntityName, TableMapping]]:
        """Yield the tables that are mapped, parents before what names them."""
        names: tuple[EntityName, ...] = (
            "patients",
            "invoices",
            "adjustments",
            "payments",
            "refunds",
        )
        for name in names:
            table: TableMapping | None = getattr(self, name)
            if table is not None:
                yield name, self._completed(table)

    def _completed(self, table: TableMapping) -> TableMapping:
        given: dict[str, FieldSpec] = {}
        if table.clinic is None:
            given["clinic"] = self.clinic
        if "currency" in table.__struct_fields__ and getattr(table, "currency") is None:  # noqa: B009 - not every kind has it
            given["currency"] = self.currency
        return structs.replace(table, **given)


def read_mapping(path: Path) -> Mapping:
    """Read and check a mapping file.

    Raises:
        ConfigurationError: saying what is wrong with it, and where.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} cannot be read: {type(error).__name__}") from None
    return parse_mapping(text, str(path))


def parse_mapping(text: str, name: str) -> Mapping:
    """Parse the text of a mapping file; `name` is what errors call it.

    Raises:
        ConfigurationError: saying what is wrong with it, and where.
    """
    try:
        mapping = msgspec.convert(tomllib.loads(text), Mapping)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{name} is not valid TOML: {error}") from None
    except msgspec.ValidationError as error:
        raise ConfigurationError(f"{name}: {error}") from None
    problems = list(_problems(mapping))
    if problems:
        raise ConfigurationError(f"{name}:\n  " + "\n  ".join(problems))
    return mapping


def _problems(mapping: Mapping) -> Iterator[str]:
    if not mapping.source or len(mapping.source) > SOURCE_LENGTH_MAX:
        yield f"source must have 1-{SOURCE_LENGTH_MAX} characters"
    if not IDENTIFIERS.fullmatch(mapping.source):
        yield "source must be printable ASCII without spaces, such as urn:harbor:billing"
    try:
        ZoneInfo(mapping.time_zone)
    except (KeyError, ValueError, OSError):
        yield "time_zone is not an IANA time zone such as America/New_York"
    currency = mapping.currency
    if isinstance(currency, Field) and not currency.column and currency.value not in EXPONENTS:
        yield "currency is not an ISO 4217 code"
    if mapping.overlap_seconds < 0:
        yield "overlap_seconds must be zero or more"
    tables = list(mapping.tables())
    if not tables:
        yield "no table is mapped: give [invoices], [payments], or another"
    for name, table in tables:
        for field, spec in table.fields():
            yield from _field_problems(f"{name}.{field}", spec, table)


def _field_problems(where: str, spec: FieldSpec, table: TableMapping) -> Iterator[str]:
    column = spec if isinstance(spec, str) else spec.column
    if isinstance(spec, Field) and (spec.column is None) == (spec.value is None):
        yield f"{where} needs a column or a value, one of the two"
    if column is not None and "." in column:
        other = column.rpartition(".")[0]
        if table.join is None or table.join.table != other:
            yield f"{where} names a column of {other}, which is not joined"
