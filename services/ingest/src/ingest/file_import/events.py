"""A file of events, one CloudEvent a line as ingest takes them over HTTP."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from itertools import islice
from pathlib import Path
from typing import Final

from careledger.events.rejection import EventRejectedError
from careledger.publisher import Outgoing
from ingest.dead_letters import addressed, letter_of_row
from ingest.extraction.digests import Digests
from ingest.extraction.telling import Chunk
from ingest.file_import.contents import Portion, Reject
from ingest.intake import Intake
from ingest.parsing import parse_structured
from ingest.sources.payloads import SourceEvent, SourceUnreadableError
from ingest.sources.strict_ndjson import filled_lines
from ingest.sources.text_lines import LINE_LENGTH_MAX, Line
from ingest.told_rows import ToldRows

SOURCE: Final = "urn:careledger:event-files"
"""Stands for all such files; each event has a source of its own."""


class EventsContent:
    """The events of a file as an import works on them."""

    def __init__(
        self, path: Path, digests: Digests, intake: Intake, letters_topic: str, limit: int
    ) -> None:
        """Judge by an intake, so many lines at a time."""
        self.source: Final = SOURCE
        self.entity: Final = 0
        self._path = path
        self._digests = digests
        self._intake = intake
        self._letters_topic = letters_topic
        self._limit = limit

    async def portions(self, told: ToldRows) -> AsyncGenerator[Portion]:
        """Yield it portion by portion; the events carry their own identities.

        Raises:
            SourceUnreadableError: if the file as a whole cannot be what it should be.
        """
        del told
        lines = filled_lines(self._path)
        count = 0
        while batch := list(islice(lines, self._limit)):
            count += len(batch)
            yield await self._judged(batch)
        if not count:
            raise SourceUnreadableError(f"{self._path.name} has no events")

    async def _judged(self, lines: list[Line]) -> Portion:
        events = [self._event(line) for line in lines]
        chunk = Chunk(rows=[], records=[])
        rejects: list[Reject] = []
        for line, event, verdict in zip(
            lines, events, await self._intake.judge(events), strict=True
        ):
            if isinstance(verdict, EventRejectedError):
                rejects.append(Reject(line.number, verdict.reason, verdict.problem))
                chunk.records.append(self._letter(line, verdict, event))
                continue
            chunk.events += 1
            chunk.records.append(self._intake.addressed(verdict))
            amount = getattr(verdict.data, "amount", None)
            if isinstance(amount, int):
                chunk.amounts[getattr(verdict.data, "currency", "")] += amount
        return Portion(len(lines), chunk, rejects)

    def _event(self, line: Line) -> SourceEvent | EventRejectedError:
        if line.text is None:
            problem = f"the line is longer than {LINE_LENGTH_MAX} characters"
            return EventRejectedError("too_large", problem)
        try:
            return parse_structured(line.text.strip().encode())
        except EventRejectedError as error:
            if not line.is_ended and error.reason == "body_invalid":
                raise SourceUnreadableError(
                    f"{self._path.name} ends in the middle of a line: is it whole?"
                ) from None
            return error

    def _letter(
        self, line: Line, error: EventRejectedError, event: SourceEvent | EventRejectedError
    ) -> Outgoing:
        letter = letter_of_row(
            SOURCE,
            (0, "events"),
            None,
            self._digests.of((line.text or f"{self._path.name}\n{line.number}").encode()),
            error,
            event.data if isinstance(event, SourceEvent) else None,
            line=line.number,
        )
        return addressed(letter, topic=self._letters_topic)
