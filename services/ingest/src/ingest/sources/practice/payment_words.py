"""What is said about payments and refunds, from what was told and what is so now."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from careledger.events.payments import (
    PaymentAllocated,
    PaymentAttempt,
    PaymentCorrected,
    PaymentFailed,
    PaymentPending,
    PaymentRefunded,
    PaymentSucceeded,
)
from careledger.events.rejection import EventRejectedError
from ingest.sources.practice.facts import PaymentFacts, RefundFacts, Told
from ingest.sources.practice.words import Word, differences

_ATTEMPTS: Final[dict[str, tuple[str, type[PaymentAttempt]]]] = {
    "pending": ("payment.pending", PaymentPending),
    "failed": ("payment.failed", PaymentFailed),
}


def words_of_refund(
    before: Told | None, facts: RefundFacts, *, gone: bool, at: datetime, tag: str
) -> tuple[Told, list[Word]]:
    """Say what is new about a refund; less of it is a correction of its payment."""
    old = before.facts if before is not None else None
    was = old if isinstance(old, RefundFacts) else None
    told = Told(facts=facts, gone=gone)
    if was is None or before is None:
        refunded = PaymentRefunded(
            clinic_id=facts.clinic_id,
            patient_id=facts.patient_id,
            refund_id=facts.refund_id,
            payment_id=facts.payment_id,
            invoice_id=facts.invoice_id,
            amount=facts.amount,
            currency=facts.currency,
        )
        first = Word("refund", "payment.refunded", refunded, at, facts.refunded_on)
        return told, [first] if facts.amount else []
    if (was.payment_id, was.invoice_id) != (facts.payment_id, facts.invoice_id):
        raise EventRejectedError("row_inconsistent", "the refund is of another payment now")
    changes = differences(
        (was.refunded_on, 0 if before.gone else -was.amount),
        (facts.refunded_on, 0 if gone else -facts.amount),
    )
    words = [
        Word(
            "refund",
            "payment.corrected",
            PaymentCorrected(
                clinic_id=facts.clinic_id,
                patient_id=facts.patient_id,
                correction_id=f"{facts.refund_id}{tag}{'b' * place}",
                payment_id=facts.payment_id,
                amount=amount,
                currency=facts.currency,
            ),
            at,
            day,
        )
        for place, (day, amount) in enumerate(changes)
    ]
    return told, words


def words_of_payment(
    before: Told | None, facts: PaymentFacts, *, gone: bool, on: date, at: datetime, tag: str
) -> tuple[Told, list[Word]]:
    """Say what is new about a payment."""
    if before is None or not before.succeeded:
        if gone:
            return Told(facts=facts, gone=True), []
        return _attempt(facts, on=on, at=at, tag=tag)
    old = before.facts
    if not isinstance(old, PaymentFacts):
        raise TypeError("a payment was something else before")
    payment = _Payment(facts, at, tag)
    counted = 0 if gone else facts.counted
    words = [
        payment.corrected(amount, day, place)
        for place, (day, amount) in enumerate(
            differences(
                (old.received_on, 0 if before.gone else old.counted), (facts.received_on, counted)
            )
        )
    ]
    home, moved = before.home, 0
    current = old.invoice_id if before.moved else home
    wanted = current if gone else facts.invoice_id
    if wanted is None and home is not None:
        raise EventRejectedError("row_inconsistent", "the payment names no invoice any more")
    kept_returned = 0 if gone else facts.returned
    if wanted != home:
        # Everything of a payment lands on its home; what is left of it is put where it belongs.
        moved = counted - kept_returned
    if before.moved and current is not None and (wanted != current or moved != before.moved):
        back = (moved if wanted == current else 0) - before.moved
        words.append(payment.allocated(current, back, on, "a"))
    if wanted is not None and moved and not (before.moved and wanted == current):
        words.append(payment.allocated(wanted, moved, on, "b"))
    returned = kept_returned - (0 if before.gone else old.returned)
    if returned:
        words.append(payment.returned(returned, facts.refunded_on or old.refunded_on or on))
    return Told(facts=facts, gone=gone, succeeded=True, home=home, moved=moved), words


def _attempt(facts: PaymentFacts, *, on: date, at: datetime, tag: str) -> tuple[Told, list[Word]]:
    kind, struct = _ATTEMPTS.get(facts.status, ("payment.succeeded", PaymentSucceeded))
    data = struct(
        clinic_id=facts.clinic_id,
        patient_id=facts.patient_id,
        payment_id=facts.payment_id,
        invoice_id=facts.invoice_id,
        amount=facts.amount,
        currency=facts.currency,
        method=facts.method,
        payer_type=facts.payer_type,
        received_at=facts.received_at,
    )
    words = [Word("payment", kind, data, facts.received_at, facts.received_on)]
    if facts.returned:
        words.append(_Payment(facts, at, tag).returned(facts.returned, facts.refunded_on or on))
    succeeded = struct is PaymentSucceeded
    return Told(facts=facts, succeeded=succeeded, home=facts.invoice_id), words


class _Payment:
    """Writes the events about one payment."""

    def __init__(self, facts: PaymentFacts, at: datetime, tag: str) -> None:
        self._facts = facts
        self._at = at
        self._tag = tag
        self._whose: dict[str, Any] = {
            "clinic_id": facts.clinic_id,
            "patient_id": facts.patient_id,
            "payment_id": facts.payment_id,
        }

    def corrected(self, amount: int, day: date, place: int) -> Word:
        """Put its amount right on a day."""
        return self._correction("payment", amount, day, "b" * place)

    def allocated(self, invoice_id: str, amount: int, day: date, suffix: str) -> Word:
        """Put its money on an invoice, or take it off again."""
        data = PaymentAllocated(
            **self._whose,
            invoice_id=invoice_id,
            allocation_id=f"{self._facts.payment_id}{self._tag}{suffix}",
            amount=amount,
            currency=self._facts.currency,
        )
        return Word("link", "payment.allocated", data, self._at, day)

    def returned(self, amount: int, day: date) -> Word:
        """Give money back, or say that less of it was given back than was told."""
        if amount < 0:
            return self._correction("payment_refund", -amount, day, "r")
        data = PaymentRefunded(
            **self._whose,
            refund_id=f"{self._facts.payment_id}{self._tag}",
            amount=amount,
            currency=self._facts.currency,
        )
        return Word("payment_refund", "payment.refunded", data, self._at, day)

    def _correction(self, book: str, amount: int, day: date, suffix: str) -> Word:
        data = PaymentCorrected(
            **self._whose,
            correction_id=f"{self._facts.payment_id}{self._tag}{suffix}",
            amount=amount,
            currency=self._facts.currency,
        )
        return Word(book, "payment.corrected", data, self._at, day)
