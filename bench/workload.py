"""A clinic group's billing as a stream of events in the order of time: the load of the benchmarks.

The whole vocabulary occurs, in the mix of bench/billing.py; one event in a hundred is told twice,
four in a thousand come before what they belong to. The same seed gives the same stream.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

import msgspec

from bench.billing import Case, bill
from careledger.events.envelope import Envelope
from careledger.events.payments import PaymentEvent

START: Final = datetime(2025, 1, 1, 8, tzinfo=UTC)
DAYS: Final = 400
EVENTS_PER_INVOICE: Final = 3.3
INVOICES_PER_PATIENT: Final = 5
DUPLICATES: Final = 0.01
EARLY_CHILDREN: Final = 0.004


@dataclass(frozen=True, slots=True)
class Message:
    """One event as it travels: the Kafka key is the patient id."""

    envelope: Envelope
    event: PaymentEvent

    @property
    def key(self) -> bytes:
        """The record's key."""
        return self.event.patient_id.encode()

    @property
    def value(self) -> bytes:
        """The record's value."""
        return msgspec.json.encode(self.event)


@dataclass(slots=True)
class Workload:
    """Bills evenly over the days and tells what becomes of it."""

    events_wanted: int
    seed: int = 7
    days: int = DAYS
    start: datetime = START
    _random: Random = field(init=False)
    _planned: list[tuple[datetime, int, str, PaymentEvent]] = field(init=False)
    _count: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self._random = Random(self.seed)  # noqa: S311 - a load, not a secret
        self._planned = []

    def messages(self) -> Iterator[Message]:
        """Yield the events in the order in which they happen, about as many as wanted."""
        invoices = int(self.events_wanted / EVENTS_PER_INVOICE)
        step = timedelta(days=self.days) / max(1, invoices)
        patients = max(10, invoices // INVOICES_PER_PATIENT)
        told = 0
        for number in range(invoices):
            now = self.start + step * number
            while self._planned and self._planned[0][0] <= now:
                yield from self._next()
                told += 1
            bill(Case(number, self._random.randrange(patients), self._random, self._plan), now)
        while self._planned and told < self.events_wanted:
            yield from self._next()
            told += 1

    def _next(self) -> Iterator[Message]:
        when, number, event_type, event = heapq.heappop(self._planned)
        envelope = Envelope(
            id=f"{number:x}-{event_type}", source="urn:bench", type=event_type, time=when
        )
        yield Message(envelope, event)
        if self._random.random() < DUPLICATES:
            yield Message(envelope, event)

    def _plan(self, when: datetime, event_type: str, event: PaymentEvent) -> None:
        if self._random.random() < EARLY_CHILDREN:
            when -= timedelta(days=20)
        self._count += 1
        heapq.heappush(self._planned, (when, self._count, event_type, event))
