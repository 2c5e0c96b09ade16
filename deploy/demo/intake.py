"""Posts batches of events to ingest, again and again until each is answered for."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event
from typing import Final

import httpx2
import msgspec
from deploy.demo.traffic import Label, Sent

_PATH: Final = "/v1/events"
_PATIENCE_SECONDS: Final = 1
_PATIENCE_MAX_SECONDS: Final = 30
_LATER: Final = frozenset(
    {httpx2.codes.SERVICE_UNAVAILABLE, httpx2.codes.TOO_MANY_REQUESTS, httpx2.codes.BAD_GATEWAY}
)
_JUDGED: Final = frozenset({httpx2.codes.ACCEPTED, httpx2.codes.UNPROCESSABLE_CONTENT})


class IntakeError(Exception):
    """Ingest will never take what is sent to it; the text says why and what to do."""


class StoppedError(Exception):
    """The sender was told to stop while a batch had no answer yet."""


class _Refusal(msgspec.Struct):
    line: int
    problem: str


class _Answer(msgspec.Struct):
    """What ingest says about a batch: lines count from 1."""

    accepted: list[msgspec.Raw] = []
    rejected: list[_Refusal] = []


@dataclass(slots=True)
class Tally:
    """What was sent and what became of it."""

    sent: Counter[Label] = field(default_factory=Counter[Label])
    accepted: int = 0
    refused: int = 0
    unexpected: int = 0
    """Refused although nothing was wrong with it on purpose."""
    waits: int = 0
    problem: str = ""
    """The last unexpected problem, or why it had to wait."""


def batches(
    events: Iterable[Sent], *, longest: timedelta, count_max: int
) -> Iterator[Sequence[Sent]]:
    """Group events by when they are due; a batch is due when its last event is."""
    batch: list[Sent] = []
    for sent in events:
        if batch and (len(batch) == count_max or sent.due_at - batch[0].due_at >= longest):
            yield batch
            batch = []
        batch.append(sent)
    if batch:
        yield batch


class Intake:
    """The sender's side of ingest's HTTP intake."""

    def __init__(self, client: httpx2.Client, stop: Event, report: Callable[[Tally], None]) -> None:
        """Send by a client that knows address and token, until told to stop; report each change."""
        self._client = client
        self._stop = stop
        self._report = report
        self.tally: Final = Tally()

    def send(self, batch: Sequence[Sent]) -> None:
        """Post a batch; the same one again while ingest is away or asks to wait.

        Raises:
            IntakeError: ingest refuses the sender, not the events.
            StoppedError: told to stop before there was an answer.
        """
        body = b"\n".join(msgspec.json.encode(sent.body) for sent in batch)
        patience_seconds = _PATIENCE_SECONDS
        while True:
            if self._stop.is_set():
                raise StoppedError
            try:
                response = self._client.post(_PATH, content=body)
            except httpx2.TransportError as error:
                self._wait(patience_seconds, f"ingest does not answer: {type(error).__name__}")
                patience_seconds = min(2 * patience_seconds, _PATIENCE_MAX_SECONDS)
                continue
            if response.status_code not in _LATER:
                self._count(batch, response)
                return
            self._wait(_retry_after(response), f"ingest asks to wait: {response.status_code}")

    def _wait(self, seconds: int, reason: str) -> None:
        self.tally.waits += 1
        self.tally.problem = reason
        self._report(self.tally)
        self._stop.wait(seconds)

    def _count(self, batch: Sequence[Sent], response: httpx2.Response) -> None:
        if response.status_code not in _JUDGED:
            raise IntakeError(f"ingest answers {response.status_code}: {response.text[:500]}")
        try:
            answer = msgspec.json.decode(response.content, type=_Answer)
        except msgspec.MsgspecError as error:
            raise IntakeError(f"ingest's answer cannot be read: {error}") from error
        self.tally.sent.update(sent.label for sent in batch)
        self.tally.accepted += len(answer.accepted)
        self.tally.refused += len(batch) - len(answer.accepted)
        for refusal in answer.rejected:
            if batch[refusal.line - 1].label != "invalid":
                self.tally.unexpected += 1
                self.tally.problem = refusal.problem
        self._report(self.tally)


def _retry_after(response: httpx2.Response) -> int:
    """Seconds to wait; an HTTP date, which ingest does not use, counts as no wish."""
    wish = response.headers.get("retry-after", "")
    seconds = int(wish) if wish.isdecimal() else _PATIENCE_SECONDS
    return min(max(seconds, _PATIENCE_SECONDS), _PATIENCE_MAX_SECONDS)
