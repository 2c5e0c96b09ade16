"""Takes events in: screens them, publishes what passes, and keeps account of both.

Every way in, HTTP, Kafka or file, hands its arrivals here and gets the same judgment.
"""

from __future__ import annotations

from collections.abc import Sequence

from careledger import clock
from careledger.deidentification import NameIndex
from careledger.events.rejection import EventRejectedError
from careledger.events.topics import Position
from careledger.publisher import Outgoing, Publisher
from ingest.clinics import ClinicRegistry
from ingest.fates import Accepted, Arrival, Rejected, Tally
from ingest.screening import ScreenedEvent, hangs_on_clinic, screen
from ingest.sources.payloads import SourceEvent


class Intake:
    """The use case of ingest."""

    def __init__(
        self, publisher: Publisher, clinics: ClinicRegistry, names: NameIndex, topic: str
    ) -> None:
        """Publish to a topic what passes screening."""
        self._publisher = publisher
        self._clinics = clinics
        self._names = names
        self._topic = topic

    async def take(self, arrivals: Sequence[Arrival], tally: Tally) -> list[Accepted | Rejected]:
        """Screen some arrivals, publish those that pass, and return their fates in order.

        Args:
            arrivals: few enough to be published together.
            tally: they are added to it once Kafka has acknowledged them.

        Raises:
            UnavailableError: if Kafka or the registry of clinics does not answer; some of the
                events may be published all the same, and may be sent again.
        """
        judged = await self.judge([arrival.event for arrival in arrivals])
        passed = [verdict for verdict in judged if isinstance(verdict, ScreenedEvent)]
        positions = iter(await self.publish([self.addressed(event) for event in passed]))
        fates: list[Accepted | Rejected] = []
        for arrival, verdict in zip(arrivals, judged, strict=True):
            if isinstance(verdict, EventRejectedError):
                rejected = Rejected(arrival.line, verdict.reason, verdict.problem)
                tally.count_rejected(rejected)
                fates.append(rejected)
            else:
                position = next(positions)
                tally.count_accepted(verdict, position)
                fates.append(Accepted(arrival.line, verdict.envelope.id, *position))
        return fates

    def addressed(self, event: ScreenedEvent) -> Outgoing:
        """Address a screened event to its topic."""
        return Outgoing(self._topic, event.key, event.value, event.headers)

    async def publish(self, records: Sequence[Outgoing]) -> list[Position]:
        """Write records and return their positions, in the same order.

        Raises:
            UnavailableError: if Kafka did not acknowledge all of them in time; some may be there.
        """
        return await self._publisher.publish(records)

    async def judge(
        self, events: Sequence[SourceEvent | EventRejectedError]
    ) -> list[ScreenedEvent | EventRejectedError]:
        """Screen some events; return each one's verdict, in order.

        Raises:
            UnavailableError: if the registry of clinics does not answer and is needed.
        """
        numbering = await self._clinics.numbering(
            {
                event.data.clinic_id
                for event in events
                if isinstance(event, SourceEvent) and hangs_on_clinic(event.data)
            }
        )
        present = clock.now()

        def verdict(event: SourceEvent | EventRejectedError) -> ScreenedEvent | EventRejectedError:
            if isinstance(event, EventRejectedError):
                return event
            try:
                return screen(event, clock=present, names=self._names, numbering_clinics=numbering)
            except EventRejectedError as error:
                return error

        return [verdict(event) for event in events]
