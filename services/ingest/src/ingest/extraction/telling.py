"""Tells what is new about some rows: compares digests, writes events, keeps and sends them.

A row that cannot be told goes to quarantine by a dead letter, and the others go on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from datetime import datetime
from typing import Final, NamedTuple

import msgspec
from msgspec import Struct, field

from careledger.events.rejection import EventRejectedError
from careledger.publisher import Outgoing
from ingest.dead_letters import addressed, letter_of_row
from ingest.extraction.digests import Digests
from ingest.intake import Intake
from ingest.parsing import validated
from ingest.screening import ScreenedEvent
from ingest.sources.payloads import SourceEvent
from ingest.sources.practice.database import Row
from ingest.sources.practice.facts import PatientFacts, Told, control_of
from ingest.sources.practice.mapping import EntityName, Mapping, TableMapping
from ingest.sources.practice.reading import RowReader, RowReading
from ingest.sources.practice.telling import Circumstances, tell
from ingest.told_rows import Difference, KeptRow, ToldRows

ENTITIES: Final[dict[EntityName, int]] = {
    "patients": 1,
    "invoices": 2,
    "adjustments": 3,
    "payments": 4,
    "refunds": 5,
}
"""Numbers of the tables; they are stored, so they never change."""
LATER: Final = "date_out_of_range"
"""The one reason that time alone takes away."""
_TOLD: Final = msgspec.msgpack.Decoder(Told)


class Refusal(NamedTuple):
    """A row that cannot be told: its place among those given, and why."""

    place: int
    error: EventRejectedError


class Chunk(Struct):
    """What is to be kept and sent about some rows."""

    rows: list[KeptRow]
    records: list[Outgoing]
    events: int = 0
    unchanged: int = 0
    refused: int = 0
    deleted: int = 0
    through: datetime | None = None
    refusals: list[Refusal] = field(default_factory=list[Refusal])
    amounts: Counter[str] = field(default_factory=Counter[str])
    """Currency to the sum of the amounts of the rows that could be read, as they are written."""


class _Candidate(NamedTuple):
    place: int
    key: str
    digest: bytes
    row: Row
    reading: RowReading | EventRejectedError


class Teller:
    """Tells about the rows of one table."""

    def __init__(
        self,
        name: EntityName,
        mapping: Mapping,
        table: TableMapping,
        digests: Digests,
        intake: Intake,
        letters_topic: str,
    ) -> None:
        """Prepare for the rows of a table."""
        self.entity: Final = ENTITIES[name]
        self._name: EntityName = name
        self._source = mapping.source
        self._digests = digests
        self._intake = intake
        self._letters_topic = letters_topic
        self._reader = RowReader(name, mapping, table, digests.of_name)

    async def about(
        self, rows: Sequence[Row], told: ToldRows, now: datetime, *, again: bool = False
    ) -> Chunk:
        """Say what is new about some rows; `again` also tries what was refused before."""
        chunk = Chunk(rows=[], records=[])
        candidates = self._candidates(rows, chunk, now)
        found = await told.differences(
            self.entity, [one.key for one in candidates], [one.digest for one in candidates]
        )
        # A row that is the same and comes back here was refused, or is back after it was gone.
        fresh = [one for one in found if again or one.gone or not one.same]
        chunk.unchanged += len(candidates) - len(fresh)
        tellings = [self._telling(candidates[one.place], one, now) for one in fresh]
        verdicts = await self._judged(tellings)
        for difference, telling, judged in zip(fresh, tellings, verdicts, strict=True):
            candidate = candidates[difference.place]
            if isinstance(judged, EventRejectedError):
                self._refuse(chunk, candidate, difference, judged, telling)
            elif isinstance(telling, tuple):
                day = self._reader.source_day(candidate.row)
                revision = difference.revision + 1
                chunk.rows.append(_kept(candidate.key, revision, candidate.digest, telling[1], day))
                self._add(chunk, judged)
        return chunk

    async def about_missing(self, keys: Sequence[str], told: ToldRows, now: datetime) -> Chunk:
        """Take back what was told about rows that are gone."""
        chunk = Chunk(rows=[], records=[])
        for key, (revision, state) in (await told.states(self.entity, keys)).items():
            chunk.deleted += 1
            before = None if state is None else _TOLD.decode(state)
            if before is None:
                chunk.rows.append(_forgotten(key, revision))
                continue
            circumstances = self._circumstances(key, revision + 1, now)
            events, after = tell(before, None, circumstances)
            (judged,) = await self._judged([(events, after)])
            if isinstance(judged, EventRejectedError):
                raise judged
            chunk.rows.append(_kept(key, revision + 1, b"", after, None))
            self._add(chunk, judged)
        return chunk

    def _candidates(self, rows: Sequence[Row], chunk: Chunk, now: datetime) -> list[_Candidate]:
        candidates: dict[str, _Candidate] = {}
        for place, row in enumerate(rows):
            changed_at = self._reader.changed_at(row, now)
            chunk.through = changed_at if chunk.through is None else max(chunk.through, changed_at)
            try:
                key = _fresh(self._reader.key(row), candidates)
            except EventRejectedError as error:
                chunk.refusals.append(Refusal(place, error))
                self._letter(chunk, None, self._digest_of(row, error), error, None)
                continue
            try:
                reading = self._reader.read(row)
                digest = self._digests.of(msgspec.msgpack.encode(reading.facts))
                if not isinstance(reading.facts, PatientFacts):
                    chunk.amounts[reading.facts.currency] += reading.facts.amount
            except EventRejectedError as error:
                reading, digest = error, self._digest_of(row, error)
            candidates[key] = _Candidate(place, key, digest, row, reading)
        return list(candidates.values())

    def _digest_of(self, row: Row, error: EventRejectedError) -> bytes:
        return self._digests.of(repr((error.problem, tuple(row))).encode(errors="replace"))

    def _circumstances(self, key: str, revision: int, changed_at: datetime) -> Circumstances:
        return Circumstances(
            source=self._source,
            key=key,
            revision=revision,
            changed_at=changed_at,
            zone=self._reader.zone,
        )

    def _telling(
        self, candidate: _Candidate, difference: Difference, now: datetime
    ) -> tuple[list[SourceEvent], Told] | EventRejectedError:
        reading = candidate.reading
        if isinstance(reading, EventRejectedError):
            return reading
        circumstances = self._circumstances(
            candidate.key, difference.revision + 1, self._reader.changed_at(candidate.row, now)
        )
        before = None if difference.state is None else _TOLD.decode(difference.state)
        try:
            events, after = tell(before, reading.facts, circumstances, reading.name)
            return [validated(event) for event in events], after
        except EventRejectedError as error:
            return error

    async def _judged(
        self, tellings: Sequence[tuple[list[SourceEvent], Told] | EventRejectedError]
    ) -> list[list[ScreenedEvent] | EventRejectedError]:
        """Screen the events of all tellings at once; a row passes with all its events or not."""
        events = [one for telling in tellings if isinstance(telling, tuple) for one in telling[0]]
        verdicts = iter(await self._intake.judge(events))
        judged: list[list[ScreenedEvent] | EventRejectedError] = []
        for telling in tellings:
            if isinstance(telling, EventRejectedError):
                judged.append(telling)
                continue
            passed: list[ScreenedEvent] = []
            problem: EventRejectedError | None = None
            for _ in telling[0]:
                verdict = next(verdicts)
                if isinstance(verdict, EventRejectedError):
                    problem = problem or verdict
                else:
                    passed.append(verdict)
            judged.append(problem or passed)
        return judged

    def _add(self, chunk: Chunk, events: Sequence[ScreenedEvent]) -> None:
        chunk.events += len(events)
        chunk.records.extend(self._intake.addressed(event) for event in events)

    def _refuse(
        self,
        chunk: Chunk,
        candidate: _Candidate,
        difference: Difference,
        error: EventRejectedError,
        telling: tuple[list[SourceEvent], Told] | EventRejectedError,
    ) -> None:
        chunk.rows.append(
            KeptRow(
                row_key=candidate.key,
                revision=difference.revision,
                digest=candidate.digest,
                state=None,
                problem=error.reason,
                source_day=self._reader.source_day(candidate.row),
                gone=False,
                day=None,
                currency=None,
                amount=0,
                other=0,
            )
        )
        chunk.refusals.append(Refusal(candidate.place, error))
        event = telling[0][0] if isinstance(telling, tuple) and telling[0] else None
        self._letter(chunk, candidate.key, candidate.digest, error, event)

    def _letter(
        self,
        chunk: Chunk,
        key: str | None,
        digest: bytes,
        error: EventRejectedError,
        event: SourceEvent | None,
    ) -> None:
        chunk.refused += 1
        letter = letter_of_row(
            self._source,
            (self.entity, self._name),
            key,
            digest,
            error,
            None if event is None else event.data,
        )
        chunk.records.append(addressed(letter, topic=self._letters_topic))


def _fresh(key: str, known: Container[str]) -> str:
    if key in known:
        raise EventRejectedError("row_inconsistent", "two rows have the same key")
    return key


def _kept(key: str, revision: int, digest: bytes, told: Told, source_day: str | None) -> KeptRow:
    control = control_of(told)
    return KeptRow(
        row_key=key,
        revision=revision,
        digest=digest,
        state=msgspec.msgpack.encode(told),
        problem=None,
        source_day=source_day,
        gone=told.gone,
        day=control.day,
        currency=control.currency,
        amount=control.amount,
        other=control.other,
    )


def _forgotten(key: str, revision: int) -> KeptRow:
    return KeptRow(key, revision, b"", None, None, None, True, None, None, 0, 0)  # noqa: FBT003 - the fields in order
