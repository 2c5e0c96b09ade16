"""What every source yields: an event as it was read, before screening, or a problem with a row."""

from __future__ import annotations

from msgspec import Struct

from careledger.errors import CareledgerError
from careledger.events.envelope import Envelope
from careledger.events.payments import PaymentEvent


class SourceUnreadableError(CareledgerError):
    """A source that cannot be read at all: a file or a column of it is missing."""


class PatientName(Struct, frozen=True, kw_only=True):
    """A name on its way to the blind index; screening turns it into tokens and drops it."""

    family: str
    given: tuple[str, ...] = ()


class SourceEvent(Struct, frozen=True, kw_only=True):
    """One event read from a source; not screened yet."""

    envelope: Envelope
    data: PaymentEvent
    patient_name: PatientName | None = None


class SourceProblem(Struct, frozen=True, kw_only=True):
    """A row that could not be read; the reason never repeats a value of the row."""

    file: str
    line: int
    reason: str
