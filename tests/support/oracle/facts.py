"""S(as_of, W): the accepted events that one question may see, each with its business date."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar, cast
from zoneinfo import ZoneInfo

from careledger.events.payments import (
    InvoiceIssued,
    InvoiceResponsibilityChanged,
    PaymentAttempt,
    PaymentEvent,
)
from support.oracle.log import LogRecord, verdicts

E = TypeVar("E", bound=PaymentEvent)
E_co = TypeVar("E_co", bound=PaymentEvent, covariant=True)

Order = tuple[date, datetime, str, str]
Watermark = Mapping[int, int]


@dataclass(frozen=True)
class Clinic:
    """A clinic's IANA time zone and payment terms; the defaults are an unregistered clinic's."""

    zone: str = "UTC"
    terms_days: int = 30


@dataclass(frozen=True, kw_only=True)
class Fact(Generic[E_co]):
    """One accepted event and the day it belongs to."""

    event: E_co
    business_date: date
    occurred_at: datetime
    source: str
    id: str

    @property
    def order(self) -> Order:
        """The order in which facts are told; no two accepted events share it."""
        return (self.business_date, self.occurred_at, self.source, self.id)


def known(
    log: Sequence[LogRecord],
    clinics: Mapping[str, Clinic],
    *,
    as_of: date,
    watermark: Watermark | None = None,
) -> list[Fact[PaymentEvent]]:
    """Return S(as_of, W) in order; without a watermark the whole log is known.

    Args:
        log: the records in the order in which they were recorded.
        clinics: the registered clinics by id; others have the default zone and terms.
        as_of: the last business date that counts.
        watermark: for each partition the offset of the first record not yet known; a partition
            that is not named has none.
    """
    seen: list[Fact[PaymentEvent]] = []
    for record, verdict in zip(log, verdicts(log), strict=True):
        recorded = watermark is None or record.offset < watermark.get(record.partition, 0)
        day = business_date(record, clinics.get(record.event.clinic_id, Clinic()))
        if verdict == "accepted" and recorded and day <= as_of:
            seen.append(
                Fact(
                    event=record.event,
                    business_date=day,
                    occurred_at=record.time,
                    source=record.source,
                    id=record.id,
                )
            )
    return sorted(seen, key=lambda fact: fact.order)


def business_date(record: LogRecord, clinic: Clinic) -> date:
    """Return the day an event belongs to: the one it states, else that of its instant."""
    event = record.event
    if isinstance(event, InvoiceIssued):
        return event.issued_on
    if isinstance(event, InvoiceResponsibilityChanged):
        return event.effective_on
    if event.business_date is not None:
        return event.business_date
    instant = event.received_at if isinstance(event, PaymentAttempt) else record.time
    return instant.astimezone(ZoneInfo(clinic.zone)).date()


def told(facts: Iterable[Fact[PaymentEvent]], struct: type[E]) -> list[Fact[E]]:
    """Return the facts of exactly one type: a reversal of a dispute is no dispute."""
    return [cast("Fact[E]", fact) for fact in facts if type(fact.event) is struct]


def latest(facts: Iterable[Fact[E]]) -> Fact[E] | None:
    """Return the last in order, or None of nothing."""
    return max(facts, key=lambda fact: fact.order, default=None)


def currency_of(event: PaymentEvent) -> str | None:
    """Return the currency of an event's amount, None of an event without money."""
    return getattr(event, "currency", None)
