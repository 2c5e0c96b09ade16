"""Lines histories up as endless traffic: late, unordered, with orphans, repeats and mistakes.

Pure: the same plan gives the same events, due at the same instants, whenever it is asked.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final, Literal

from deploy.demo.clinics import CLINICS
from deploy.demo.histories import history
from deploy.demo.mistakes import spoiled
from deploy.demo.teller import Told

from careledger.events.payments import FACT_ID_FIELDS

SOURCE: Final = "urn:careledger:demo:live"

Label = Literal["regular", "orphan", "duplicate", "conflict", "invalid"]
Body = dict[str, Any]

_STEP_MAX: Final = 80
"""Largest distance between two events of a history, in events of other histories."""
_REPEAT_MAX: Final = 1500
"""Largest distance between an event and its repetition."""
_ONE_IN: Final = {
    "unordered": 6,
    "orphan": 40,
    "duplicate": 40,
    "retold": 150,
    "conflict": 400,
    "invalid": 150,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What all traffic follows from."""

    seed: int
    start: datetime
    """An aware instant of whole seconds; nothing told happened after its own sending."""
    events_per_second: int
    backlog: int = 0
    """So many events are due at once at the start; they tell of the year before."""

    def due_at(self, position: int) -> datetime:
        """When the event at a position is to be sent."""
        waited = max(0, position - self.backlog)
        return self.start + timedelta(seconds=waited / self.events_per_second)


@dataclass(frozen=True, slots=True)
class Sent:
    """One event: when it is due, what it is meant to show, and its CloudEvents JSON."""

    due_at: datetime
    label: Label
    body: Body


def traffic(plan: Plan) -> Iterator[Sent]:
    """Yield events for ever in the order of sending; some thousand of them wait in memory."""
    arranger = _Arranger(plan)
    waiting: list[tuple[int, int, Label, Body]] = []
    position = number = 0
    while True:
        if waiting and waiting[0][0] <= position:
            _, _, label, body = heapq.heappop(waiting)
            yield Sent(plan.due_at(position), label, body)
            position += 1
            continue
        for distance, label, body in arranger.next_history(position):
            number += 1
            heapq.heappush(waiting, (position + distance, number, label, body))


class _Arranger:
    """Draws histories, and in which order and with which flaws they are sent."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._dice = Random(plan.seed)  # noqa: S311 - traffic to repeat, nothing secret
        self._run = f"{plan.seed}-{int(plan.start.timestamp())}"
        self._histories = 0

    def next_history(self, position: int) -> Iterator[tuple[int, Label, Body]]:
        """Yield each event of a new history with its distance from a position; the least is 0."""
        self._histories += 1
        name = f"{self._run}-{self._histories}"
        told = self._history(name, position)
        orphaned = self._without_parent(told) if self._happens("orphan") else None
        told = [event for event in told if event is not orphaned]
        distances = self._distances(len(told))
        for number, (distance, event) in enumerate(zip(distances, told, strict=True), start=1):
            body = _body(event, f"{name}-{number}")
            is_orphan = orphaned is not None and _belongs_to(event, orphaned)
            yield distance, "orphan" if is_orphan else "regular", body
            yield from self._flaws(distance, body)

    def _history(self, name: str, position: int) -> list[Told]:
        return history(
            self._dice,
            self._dice.choice(CLINICS),
            name=name,
            days_ago=self._age_days(is_backlog=position < self._plan.backlog),
            now=self._plan.due_at(position),
        )

    def _age_days(self, *, is_backlog: bool) -> int:
        oldest_days = self._dice.choices((400, 120, 0), weights=(1, 54, 45))[0]
        return self._dice.randint(0, 400 if is_backlog else oldest_days)

    def _distances(self, count: int) -> list[int]:
        distances = [0]
        for _ in range(count - 1):
            distances.append(distances[-1] + self._dice.randint(1, _STEP_MAX))
        if self._happens("unordered"):
            self._dice.shuffle(distances)
        return distances

    def _without_parent(self, told: list[Told]) -> Told | None:
        """Choose an invoice or a payment that others name; it will never be told."""
        parents = [
            event
            for event in told
            if event.kind in {"invoice.issued", "payment.succeeded"}
            and any(_belongs_to(other, event) for other in told if other is not event)
        ]
        return self._dice.choice(parents) if parents else None

    def _flaws(self, distance: int, body: Body) -> Iterator[tuple[int, Label, Body]]:
        again = distance + self._dice.randint(1, _REPEAT_MAX)
        if self._happens("duplicate"):
            yield again, "duplicate", body
        is_fact = body["type"] in FACT_ID_FIELDS
        if is_fact and self._happens("retold"):
            yield again, "duplicate", {**body, "id": f"{body['id']}-retold"}
        if is_fact and "amount" in body["data"] and self._happens("conflict"):
            other = {**body["data"], "amount": body["data"]["amount"] + 1}
            yield again, "conflict", {**body, "id": f"{body['id']}-other", "data": other}
        if self._happens("invalid"):
            spoilt = spoiled(self._dice, body, event_id=f"{body['id']}-spoilt")
            yield distance, "invalid", spoilt

    def _happens(self, flaw: str) -> bool:
        return self._dice.randrange(_ONE_IN[flaw]) == 0


def _belongs_to(event: Told, parent: Told) -> bool:
    name = "invoice_id" if parent.kind == "invoice.issued" else "payment_id"
    return event.data.get(name) == parent.data[name]


def _body(event: Told, event_id: str) -> Body:
    return {
        "specversion": "1.0",
        "id": event_id,
        "source": SOURCE,
        "type": event.kind,
        "time": event.time.isoformat(),
        "datacontenttype": "application/json",
        "data": event.data,
    }
