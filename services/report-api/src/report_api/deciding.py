"""What is decided about refused records, once each, whoever asks: over HTTP or by command."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from careledger.control import ReplayRequest
from careledger.errors import CareledgerError
from careledger.events.topics import PAYMENT_EVENTS, PAYMENT_INTAKE
from careledger.postgres import Connection
from report_api.errors import NotFoundError, NotReplayableError, WrongStateError
from report_api.quarantine import Decision, Dismissal, QuarantinedRecord, decide, find_record
from report_api.run_control import RunControl

_TOPICS: Final = frozenset({PAYMENT_EVENTS.name, PAYMENT_INTAKE.name})


class RefusedAgainError(CareledgerError):
    """A record that was replayed and still breaks a rule; the text says which."""


class Decider(Struct, frozen=True, kw_only=True):
    """Who decides, and what of the quarantine is theirs."""

    connection: Connection
    """In the transaction of the answer, which also holds its audit record."""
    by: str
    clinic_ids: list[str] | None = None
    """Only records that name one of these clinics; None for all."""
    patients: bool = True
    """Whether patient ids are shown."""

    async def found(self, quarantine_id: int) -> QuarantinedRecord:
        """Return a refused record.

        Raises:
            NotFoundError: if there is none of this number for this caller.
        """
        record = await find_record(
            self.connection, quarantine_id, self.clinic_ids, patients=self.patients
        )
        if record is None:
            raise NotFoundError
        return record

    async def replay(
        self, quarantine_id: int, corrections: dict[str, str | int], control: RunControl
    ) -> QuarantinedRecord:
        """Put fields right and have the record judged again; what passes keeps its own id.

        Args:
            quarantine_id: which record.
            corrections: field of the vocabulary to its right value.
            control: the way to ingest, which judges.

        Raises:
            NotFoundError: if there is no such record, or it would become one of a clinic that is
                not the caller's.
            WrongStateError: if it was decided about before.
            NotReplayableError: if it is put right elsewhere, or is gone from Kafka.
            RefusedAgainError: if it still breaks a rule.
            UnavailableProblemError: if ingest or Kafka does not answer.
        """
        record = await self._open(quarantine_id)
        moved_to = corrections.get("clinic_id")
        # Who decides for some clinics must not put money into the books of another.
        if self.clinic_ids is not None and moved_to not in {None, *self.clinic_ids}:
            raise NotFoundError
        if record.topic not in _TOPICS:
            raise NotReplayableError(
                "It is a row of a source: mend it there, the next run reads it."
            )
        if record.reason == "conflict":
            raise NotReplayableError(
                "Its identity is taken by the event told first: send a correction."
            )
        answer = await control.replay(
            ReplayRequest(
                topic=record.topic,
                partition=record.kafka_partition,
                offset=record.kafka_offset,
                digest=record.digest,
                corrections=corrections,
                by=self.by,
            )
        )
        if answer.became is None:
            raise RefusedAgainError(answer.problem or "it is refused again")
        return await self._keep(
            quarantine_id,
            Decision(kind="replayed", by=self.by, corrections=corrections, became=answer.became),
        )

    async def dismiss(self, quarantine_id: int, reason: Dismissal) -> QuarantinedRecord:
        """Say that a record needs nothing more, and why.

        Raises:
            NotFoundError: if there is no such record.
            WrongStateError: if it was decided about before.
        """
        await self._open(quarantine_id)
        return await self._keep(
            quarantine_id, Decision(kind="dismissed", by=self.by, reason=reason)
        )

    async def _open(self, quarantine_id: int) -> QuarantinedRecord:
        record = await self.found(quarantine_id)
        if record.status != "open":
            raise WrongStateError("It was decided about before.")
        return record

    async def _keep(self, quarantine_id: int, decision: Decision) -> QuarantinedRecord:
        if not await decide(self.connection, quarantine_id, decision):
            raise WrongStateError("It was decided about before.")
        return await self.found(quarantine_id)
