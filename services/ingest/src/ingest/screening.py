"""The rules an event must pass to leave ingest; what comes out holds no name.

Pure: the clock, the key of the blind index and what clinics say about their numbering are given.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime
from typing import Final

import msgspec
from msgspec import Struct, structs

from careledger.deidentification import NameIndex
from careledger.events.envelope import Envelope, to_headers
from careledger.events.payments import NameToken, PaymentEvent
from careledger.events.rejection import EventRejectedError
from careledger.events.rules import check, is_personal
from ingest.sources.payloads import PatientName, SourceEvent

NAME_PARTS_MAX: Final = 32


class ScreenedEvent(Struct, frozen=True):
    """An event that may be published; only `screen` makes one."""

    envelope: Envelope
    data: PaymentEvent

    @property
    def key(self) -> bytes:
        """The Kafka key: everything about one patient is in one partition."""
        return self.data.patient_id.encode()

    @property
    def value(self) -> bytes:
        """The Kafka value: the allow-listed fields as JSON."""
        return msgspec.json.encode(self.data)

    @property
    def headers(self) -> list[tuple[str, bytes]]:
        """The CloudEvents attributes as Kafka headers."""
        return to_headers(self.envelope)


def hangs_on_clinic(event: PaymentEvent) -> bool:
    """Tell whether only its clinic can say that the patient id is no personal number."""
    patient_id = event.patient_id
    return is_personal(patient_id, bare_numbers_allowed=False) and not is_personal(
        patient_id, bare_numbers_allowed=True
    )


def screen(
    event: SourceEvent, *, clock: datetime, names: NameIndex, numbering_clinics: Container[str]
) -> ScreenedEvent:
    """Judge one event alone and replace the patient's name by tokens of the blind index.

    Args:
        event: as it was parsed.
        clock: the present.
        names: the blind index.
        numbering_clinics: those whose patient ids are plain numbers.

    Raises:
        EventRejectedError: with the first rule broken.
    """
    data = event.data
    check(data, event.envelope.time, clock=clock)
    if is_personal(data.patient_id, bare_numbers_allowed=data.clinic_id in numbering_clinics):
        raise EventRejectedError(
            "patient_id_is_personal",
            "patient_id as a whole is an e-mail address, SSN or phone number; a clinic that "
            "numbers its patients in nine or ten digits must be registered so",
        )
    # Tokens a sender brings are dropped: they could be a plain hash, or a name in hexadecimal.
    tokens = _tokens(event.patient_name, names)
    return ScreenedEvent(event.envelope, structs.replace(data, name_tokens=tokens))


def _tokens(name: PatientName | None, names: NameIndex) -> tuple[NameToken, ...] | None:
    if name is None:
        return None
    tokens = sorted(names.tokens((name.family, *name.given)))
    if len(tokens) > NAME_PARTS_MAX:
        raise EventRejectedError(
            "field_invalid", f"patient_name has more than {NAME_PARTS_MAX} parts"
        )
    return tuple(NameToken(key_id=names.key_id, token=token) for token in tokens) or None
