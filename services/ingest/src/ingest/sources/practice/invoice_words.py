"""What is said about invoices and adjustments, from what was told and what is so now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from careledger.events.payments import (
    InvoiceAdjusted,
    InvoiceDueDateChanged,
    InvoiceIssued,
    InvoiceRecalledFromCollections,
    InvoiceResponsibilityChanged,
    InvoiceSentToCollections,
    InvoiceVoided,
    InvoiceWrittenOff,
)
from careledger.events.rejection import EventRejectedError
from ingest.sources.practice.facts import AdjustmentFacts, InvoiceFacts, Told
from ingest.sources.practice.words import Word, differences


def words_of_invoice(
    before: Told | None, facts: InvoiceFacts, *, gone: bool, on: date, at: datetime, tag: str
) -> tuple[Told, list[Word]]:
    """Say what is new about an invoice."""
    old = before.facts if before is not None else None
    was = old if isinstance(old, InvoiceFacts) else None
    told = Told(facts=facts, gone=gone)
    if was is not None and was.invoice_id != facts.invoice_id:
        raise EventRejectedError("row_inconsistent", "the invoice has another number now")
    if was is not None and before is not None and (before.gone or was.status == "voided"):
        if gone or facts.status == "voided":
            return told, []
        raise EventRejectedError(
            "row_inconsistent",
            "the invoice was voided, which is final; enter it anew under another key",
        )
    return told, list(_invoice(was, facts, gone=gone, on=on, at=at, tag=tag))


def _invoice(
    was: InvoiceFacts | None, facts: InvoiceFacts, *, gone: bool, on: date, at: datetime, tag: str
) -> Iterator[Word]:
    whose: dict[str, Any] = {
        "clinic_id": facts.clinic_id,
        "patient_id": facts.patient_id,
        "invoice_id": facts.invoice_id,
    }
    if was is None:
        issued = InvoiceIssued(
            **whose,
            amount=facts.amount,
            currency=facts.currency,
            issued_on=facts.issued_on,
            payer_type=facts.payer_type,
            service_date=facts.service_date,
            due_on=facts.due_on,
            provider=facts.provider,
            category=facts.category,
        )
        yield Word("invoice", "invoice.issued", issued, at)
    elif gone:
        yield Word("void", "invoice.voided", InvoiceVoided(**whose), at, was.issued_on)
        return
    else:
        changes = differences((was.issued_on, was.amount), (facts.issued_on, facts.amount))
        for place, (day, amount) in enumerate(changes):
            adjusted = InvoiceAdjusted(
                **whose,
                adjustment_id=f"{facts.invoice_id}{tag}{'b' * place}",
                amount=amount,
                currency=facts.currency,
                reason="correction",
            )
            yield Word("invoice", "invoice.adjusted", adjusted, at, day)
        if facts.due_on is not None and facts.due_on != was.due_on:
            due = InvoiceDueDateChanged(**whose, due_on=facts.due_on)
            yield Word("due", "invoice.due_date_changed", due, at, on)
        if facts.payer_type != was.payer_type:
            who = InvoiceResponsibilityChanged(
                **whose, payer_type=facts.payer_type, effective_on=on
            )
            yield Word("payer", "invoice.responsibility_changed", who, at)
    written_off = facts.written_off - (was.written_off if was is not None else 0)
    if written_off:
        given_up = InvoiceWrittenOff(
            **whose,
            write_off_id=f"{facts.invoice_id}{tag}",
            amount=written_off,
            currency=facts.currency,
        )
        yield Word("invoice_write_off", "invoice.written_off", given_up, at, on)
    yield from _standing(was, facts, whose, on=on, at=at)


def _standing(
    was: InvoiceFacts | None, facts: InvoiceFacts, whose: dict[str, Any], *, on: date, at: datetime
) -> Iterator[Word]:
    status = "issued" if was is None else was.status
    if facts.status == status:
        return
    if facts.status == "voided":
        yield Word("void", "invoice.voided", InvoiceVoided(**whose), at, on)
    elif facts.status == "collections":
        sent = InvoiceSentToCollections(**whose)
        yield Word("collections", "invoice.sent_to_collections", sent, at, on)
    else:
        back = InvoiceRecalledFromCollections(**whose)
        yield Word("collections", "invoice.recalled_from_collections", back, at, on)


def words_of_adjustment(
    before: Told | None, facts: AdjustmentFacts, *, gone: bool, at: datetime, tag: str
) -> tuple[Told, list[Word]]:
    """Say what is new about an adjustment."""
    old = before.facts if before is not None else None
    was = old if isinstance(old, AdjustmentFacts) else None
    told = Told(facts=facts, gone=gone)

    def word(amount: int, day: date, place: int | None) -> Word:
        data = InvoiceAdjusted(
            clinic_id=facts.clinic_id,
            patient_id=facts.patient_id,
            invoice_id=facts.invoice_id,
            adjustment_id=facts.adjustment_id
            if place is None
            else f"{facts.adjustment_id}{tag}{'b' * place}",
            amount=amount,
            currency=facts.currency,
            reason=facts.reason if place is None else "correction",
        )
        return Word("adjustment", "invoice.adjusted", data, at, day)

    if was is None or before is None:
        first = word(facts.amount, facts.adjusted_on, None)
        return told, [first] if facts.amount else []
    if was.invoice_id != facts.invoice_id:
        raise EventRejectedError("row_inconsistent", "the adjustment is of another invoice now")
    changes = differences(
        (was.adjusted_on, 0 if before.gone else was.amount),
        (facts.adjusted_on, 0 if gone else facts.amount),
    )
    return told, [word(amount, day, place) for place, (day, amount) in enumerate(changes)]
