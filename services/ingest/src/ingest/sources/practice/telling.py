"""What is told about a row: its first telling, or the corrections from what was told before.

Pure. A row's events carry its key and revision as their id, so that telling again changes nothing.
An event that puts something right carries the day it puts right, as every correction does.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct, structs

from careledger.events.envelope import Envelope
from careledger.events.payments import PatientRecorded, PaymentEvent
from careledger.events.rejection import EventRejectedError
from ingest.sources.payloads import PatientName, SourceEvent
from ingest.sources.practice.facts import (
    AdjustmentFacts,
    Facts,
    InvoiceFacts,
    PatientFacts,
    PaymentFacts,
    RefundFacts,
    Told,
)
from ingest.sources.practice.invoice_words import words_of_adjustment, words_of_invoice
from ingest.sources.practice.payment_words import words_of_payment, words_of_refund
from ingest.sources.practice.words import Word

BOOKS: Final = (
    "invoice",
    "invoice_write_off",
    "adjustment",
    "payment",
    "payment_refund",
    "refund",
)
"""First parts of event ids whose amounts control totals add up; `link` and `patient` have none."""


class Circumstances(Struct, frozen=True, kw_only=True):
    """Which row is told about, and when it changed."""

    source: str
    key: str
    revision: int
    changed_at: datetime
    zone: ZoneInfo

    @property
    def changed_on(self) -> date:
        """The day of the change in the practice's zone."""
        return self.changed_at.astimezone(self.zone).date()


def tell(
    before: Told | None,
    after: Facts | None,
    circumstances: Circumstances,
    name: PatientName | None = None,
) -> tuple[list[SourceEvent], Told]:
    """Say what is new about a row.

    Args:
        before: what was told so far, if anything.
        after: what the row says now; None for a row that is gone, which was told about before.
        circumstances: its key, its new revision, the time of its change.
        name: of a patient.

    Returns:
        The events, and what has been told after them.

    Raises:
        EventRejectedError: if no event can say the change, such as another patient's invoice.
    """
    told, words = _words(before, after, circumstances)
    events = [_event(word, place, circumstances, name) for place, word in enumerate(words)]
    return events, told


def _words(
    before: Told | None, after: Facts | None, circumstances: Circumstances
) -> tuple[Told, list[Word]]:
    facts = after
    if facts is None:
        if before is None:
            raise ValueError("nothing was told about a row that is gone")
        facts = before.facts
    _same_owner(before, facts)
    on, tag = circumstances.changed_on, f"~{circumstances.revision}"
    at = circumstances.changed_at
    gone = after is None
    if isinstance(facts, InvoiceFacts):
        return words_of_invoice(before, facts, gone=gone, on=on, at=at, tag=tag)
    if isinstance(facts, PaymentFacts):
        return words_of_payment(before, facts, gone=gone, on=on, at=at, tag=tag)
    if isinstance(facts, RefundFacts):
        return words_of_refund(before, facts, gone=gone, at=at, tag=tag)
    if isinstance(facts, AdjustmentFacts):
        return words_of_adjustment(before, facts, gone=gone, at=at, tag=tag)
    return Told(facts=facts, gone=gone), [] if gone else list(_patient(facts, at))


def _patient(facts: PatientFacts, at: datetime) -> Iterator[Word]:
    data = PatientRecorded(clinic_id=facts.clinic_id, patient_id=facts.patient_id)
    yield Word("patient", "patient.recorded", data, at)


def _same_owner(before: Told | None, facts: Facts) -> None:
    """Refuse what would need a fact to be told again under the same id, which only one may be."""
    if before is None or isinstance(facts, PatientFacts):
        return
    if isinstance(before.facts, PaymentFacts) and not before.succeeded:
        return
    for name in _FIXED:
        if getattr(before.facts, name, None) != getattr(facts, name, None):
            raise EventRejectedError(
                "row_inconsistent",
                f"{name} of a row that was reported before is another now; "
                "void it in the source and enter it anew under another key",
            )


_FIXED: Final = (
    "clinic_id",
    "patient_id",
    "currency",
    "adjustment_id",
    "payment_id",
    "refund_id",
)


def _event(
    word: Word, place: int, circumstances: Circumstances, name: PatientName | None
) -> SourceEvent:
    suffix = f".{place}" if place else ""
    data: PaymentEvent = word.data
    if word.on is not None:
        data = structs.replace(data, business_date=word.on)
    return SourceEvent(
        envelope=Envelope(
            id=f"{word.book}:{circumstances.key}:{circumstances.revision}{suffix}",
            source=circumstances.source,
            type=word.type,
            time=word.at,
        ),
        data=data,
        patient_name=name if word.type == "patient.recorded" else None,
    )
