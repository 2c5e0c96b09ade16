"""Turns a Synthea CSV export into payment events in the order of time; reads and does no more.

One invoice per claim, the sum of its CHARGE rows, issued at their earliest FROMDATE; one payment
per PAYMENT row; one contractual adjustment per ADJUSTMENT row; transfers are not money.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from careledger.errors import ConfigurationError
from careledger.events.envelope import Envelope
from careledger.events.fields import PayerType
from careledger.events.payments import (
    InvoiceAdjusted,
    InvoiceIssued,
    PatientRecorded,
    PaymentEvent,
    PaymentSucceeded,
)
from careledger.money import EXPONENTS
from ingest.sources.csv_table import read_rows
from ingest.sources.payloads import (
    PatientName,
    SourceEvent,
    SourceProblem,
    SourceUnreadableError,
)
from ingest.sources.synthea_export import (
    Adjustment,
    Claim,
    Payment,
    SyntheaExport,
    read_export,
)

ORGANIZATIONS: Final = "organizations.csv"
_WEEK_DAYS: Final = 7

# Synthea settles insurers' shares by ECHECK and patients' by the rest; no row names the payer.
_PAYERS: Final[dict[str, PayerType]] = {
    "ECHECK": "insurance",
    "COPAY": "patient",
    "CASH": "patient",
    "CHECK": "patient",
    "CC": "patient",
}


class SyntheaOptions(Struct, frozen=True, kw_only=True):
    """What an export does not say about itself."""

    dataset: str
    """Names the export; the source of its events is ``urn:synthea:<dataset>``."""
    time_zone: str
    """IANA zone of all its clinics."""
    terms_days: int = 30
    """Payment terms of all its clinics, in days; its invoices carry no due date of their own."""
    shift_days: int = 0
    """Days added to every date; part of the event ids, because other dates are other events."""
    currency: str = "USD"
    """ISO 4217 code of all its amounts; Synthea names none."""


class SyntheaClinic(Struct, frozen=True, kw_only=True):
    """An organization of the export, as a clinic to register."""

    clinic_id: str
    name: str
    time_zone: str
    terms_days: int


def read_events(directory: Path, options: SyntheaOptions) -> Iterator[SourceProblem | SourceEvent]:
    """Yield the problems of an export, then its events in the order of their shifted times.

    Args:
        directory: the folder of the CSV files.
        options: zone, currency, shift and the name of the export.

    Raises:
        ConfigurationError: if the zone or the currency does not exist.
        SourceUnreadableError: if a file or a column is missing.
    """
    writer = _EventWriter(options)
    if options.currency not in EXPONENTS:
        raise ConfigurationError(f"{options.currency} is not an ISO 4217 currency")
    export = read_export(directory, options.currency)
    yield from export.problems
    moments = [(writer.shifted(at), rank, key, told) for at, rank, key, told in _moments(export)]
    moments.sort(key=lambda moment: moment[:3])
    for at, _, key, told in moments:
        yield writer.event(told, key, at)


def read_clinics(
    directory: Path, options: SyntheaOptions
) -> Iterator[SourceProblem | SyntheaClinic]:
    """Yield the organizations of an export as clinics, with the zone and terms of the options.

    Raises:
        SourceUnreadableError: if the file or a column is missing.
    """
    for row in read_rows(directory / ORGANIZATIONS, ("Id", "NAME")):
        if isinstance(row, SourceProblem):
            yield row
        else:
            clinic_id, name = row.cells
            yield SyntheaClinic(
                clinic_id=clinic_id,
                name=name,
                time_zone=options.time_zone,
                terms_days=options.terms_days,
            )


def last_activity_on(directory: Path, options: SyntheaOptions) -> date:
    """Return the day of the last charge, payment or adjustment of an export, before any shift.

    Raises:
        ConfigurationError: if the zone does not exist.
        SourceUnreadableError: if a file or a column is missing, or there is no activity.
    """
    zone = _zone(options.time_zone)
    export = read_export(directory, options.currency)
    instants = [at for _, at in export.invoiced()]
    instants += [payment.at for payment in export.payments]
    instants += [adjustment.at for adjustment in export.adjustments]
    if not instants:
        raise SourceUnreadableError(f"{directory} holds no claim, payment or adjustment")
    return max(instants).astimezone(zone).date()


def shift_until(today: date, last_activity: date) -> int:
    """Return the days to add so that the last activity falls in the week that ends yesterday.

    Whole weeks, so that a Monday stays a Monday.
    """
    room = (today - timedelta(days=1) - last_activity).days
    return room // _WEEK_DAYS * _WEEK_DAYS


class _Patient(NamedTuple):
    """A patient seen in a clinic for the first time."""

    patient_id: str
    clinic_id: str
    name: PatientName


_Told = _Patient | Claim | Adjustment | Payment


def _moments(export: SyntheaExport) -> Iterator[tuple[datetime, int, str, _Told]]:
    """Yield instant, rank (parents first) and key of everything the export tells."""
    first_seen: dict[tuple[str, str], datetime] = {}
    for claim, at in export.invoiced():
        yield at, 1, claim.claim_id, claim
        seen = claim.patient_id, claim.clinic_id
        first_seen[seen] = min(at, first_seen.get(seen, at))
    for adjustment in export.adjustments:
        yield adjustment.at, 2, adjustment.row_id, adjustment
    for payment in export.payments:
        yield payment.at, 3, payment.row_id, payment
    for (patient_id, clinic_id), at in first_seen.items():
        name = export.names.get(patient_id)
        if name is not None:
            told = _Patient(patient_id, clinic_id, name)
            yield at, 0, f"{patient_id}:{clinic_id}", told


class _EventWriter:
    """Writes events with shifted dates; knows the zone."""

    def __init__(self, options: SyntheaOptions) -> None:
        self._options = options
        self._zone = _zone(options.time_zone)
        self._shift = timedelta(days=options.shift_days)

    def shifted(self, at: datetime) -> datetime:
        """Move an instant by calendar days of the zone: its date moves by exactly as many."""
        local = at.astimezone(self._zone)
        moved = local.replace(tzinfo=None) + self._shift
        return moved.replace(tzinfo=self._zone, fold=local.fold).astimezone(UTC)

    def event(self, told: _Told, key: str, at: datetime) -> SourceEvent:
        """Write the event of what is told, under its key and the shift, at a shifted instant."""
        kind, data = self._data(told, at)
        return SourceEvent(
            envelope=Envelope(
                id=f"{key}:{self._options.shift_days}d",
                source=f"urn:synthea:{self._options.dataset}",
                type=kind,
                time=at,
            ),
            data=data,
            patient_name=told.name if isinstance(told, _Patient) else None,
        )

    def _data(self, told: _Told, at: datetime) -> tuple[str, PaymentEvent]:
        if isinstance(told, _Patient):
            data = PatientRecorded(clinic_id=told.clinic_id, patient_id=told.patient_id)
            return "patient.recorded", data
        if isinstance(told, Claim):
            return "invoice.issued", self._issue(told, at)
        if isinstance(told, Adjustment):
            return "invoice.adjusted", self._adjustment(told)
        return "payment.succeeded", self._payment(told, at)

    def _issue(self, claim: Claim, at: datetime) -> InvoiceIssued:
        return InvoiceIssued(
            clinic_id=claim.clinic_id,
            patient_id=claim.patient_id,
            invoice_id=claim.claim_id,
            amount=claim.charged,
            currency=self._options.currency,
            issued_on=self._day(at),
            service_date=self._day(self.shifted(claim.served_at)),
            payer_type=claim.payer_type,
            provider=claim.provider,
            category=claim.category,
        )

    def _adjustment(self, adjustment: Adjustment) -> InvoiceAdjusted:
        # What a payer's plan takes off the price is what the clinic's contract with it forgoes.
        claim = adjustment.claim
        return InvoiceAdjusted(
            clinic_id=claim.clinic_id,
            patient_id=claim.patient_id,
            invoice_id=claim.claim_id,
            adjustment_id=adjustment.row_id,
            amount=-adjustment.amount,
            currency=self._options.currency,
            reason="contractual",
        )

    def _payment(self, payment: Payment, at: datetime) -> PaymentSucceeded:
        claim = payment.claim
        return PaymentSucceeded(
            clinic_id=claim.clinic_id,
            patient_id=claim.patient_id,
            payment_id=payment.row_id,
            invoice_id=claim.claim_id,
            amount=payment.amount,
            currency=self._options.currency,
            method=payment.method,
            payer_type=_PAYERS.get(payment.method),
            received_at=at,
        )

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._zone).date()


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ConfigurationError(f"{name} is not a time zone of the tz database") from None
