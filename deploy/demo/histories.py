"""Invents histories of bills: what befell one patient's bill, from the visit up to now.

Pure: the same dice and the same instant tell the same history.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Final

from deploy.demo.clinics import DemoClinic, patient_of
from deploy.demo.teller import Teller, Told, open_hours

Scenario = Callable[[Teller], Iterator[Told]]


def history(
    dice: Random,
    clinic: DemoClinic,
    *,
    name: str,
    days_ago: int,
    now: datetime,
) -> list[Told]:
    """Tell a history of one of a clinic's patients in the order of time, as far as it has come.

    Args:
        dice: source of every choice.
        clinic: where it happens.
        name: part of every id; no two histories may share it.
        days_ago: age of the history; 0 begins minutes ago.
        now: an aware instant; no event is later.
    """
    at = now - timedelta(minutes=dice.randint(6, 20))
    if days_ago:
        day = (now.astimezone(clinic.zone) - timedelta(days=days_ago)).date()
        at = min(at, open_hours(dice, clinic, day))
    patient = patient_of(dice.choice(clinic.patients))
    teller = Teller(dice, clinic, patient, name=name, at=at)
    told: list[Told] = [teller.introduced()] if dice.randrange(3) == 0 else []
    scenario = dice.choices(list(SCENARIOS), weights=list(SCENARIOS.values()))[0]
    for event in scenario(teller):
        if event.time > now:
            break
        told.append(event)
    return told


def _paid_at_the_desk(t: Teller) -> Iterator[Told]:
    bill = t.bill()
    yield t.issued(bill, "patient")
    t.later(0, 0)
    yield t.attempt("succeeded", t.receipt(bill.amount, bill))


def _insured(t: Teller) -> Iterator[Told]:
    bill = t.bill()
    yield t.issued(bill, "insurance")
    t.later(7, 25)
    allowed = t.part(bill.amount, 55, 90)
    yield t.adjusted(bill, allowed - bill.amount, "contractual")
    covered = t.part(allowed, 60, 100)
    t.later(0, 6)
    yield t.attempt("succeeded", t.receipt(covered, bill, "insurance"))
    if covered < allowed:
        t.later(0, 3)
        yield t.tell(
            "invoice.responsibility_changed",
            invoice_id=bill.invoice_id,
            payer_type="patient",
            effective_on=t.today().isoformat(),
        )
        t.later(5, 90)
        yield t.attempt("succeeded", t.receipt(allowed - covered, bill))


def _paid_late_or_never(t: Teller) -> Iterator[Told]:
    bill = t.bill()
    yield t.issued(bill, "patient")
    t.later(10, 45)
    yield t.attempt("succeeded", t.receipt(t.part(bill.amount, 10, 60), bill))


def _never_paid(t: Teller) -> Iterator[Told]:
    yield t.issued(t.bill(), "patient")


def _second_try(t: Teller) -> Iterator[Told]:
    bill = t.bill()
    yield t.issued(bill, "patient")
    t.later(0, 20)
    first = t.receipt(bill.amount, bill)
    yield t.attempt("pending", first)
    t.later(0, 2)
    yield t.attempt("failed", first)
    t.later(0, 8)
    second = t.receipt(bill.amount, bill)
    yield t.attempt("pending", second)
    t.later(0, 2)
    yield t.attempt("succeeded", second)


def _collected(t: Teller) -> Iterator[Told]:
    bill = t.bill()
    yield t.issued(bill, "patient")
    t.later(60, 100)
    yield t.tell("invoice.sent_to_collections", invoice_id=bill.invoice_id)
    if t.dice.randrange(3) == 0:
        t.later(10, 40)
        yield t.tell("invoice.recalled_from_collections", invoice_id=bill.invoice_id)
        return
    t.later(30, 90)
    yield _written_off(t, bill.invoice_id, bill.amount)
    t.later(10, 60)
    recovered = t.part(bill.amount, 10, 50)
    if t.dice.randrange(2):
        yield _written_off(t, bill.invoice_id, -recovered)
    yield t.attempt("succeeded", t.receipt(recovered, bill))


def _written_off(t: Teller, invoice_id: str, amount: int) -> Told:
    return t.tell(
        "invoice.written_off",
        invoice_id=invoice_id,
        write_off_id=t.new_id("WOF"),
        amount=amount,
    )


def _in_installments(t: Teller) -> Iterator[Told]:
    bill = t.bill()
    monthly, rest = divmod(bill.amount, 4)
    parts = (monthly + rest, monthly, monthly, monthly)
    plan = [
        {"due_on": (t.today() + timedelta(days=30 * number)).isoformat(), "amount": part}
        for number, part in enumerate(parts, start=1)
    ]
    if t.dice.randrange(2):
        yield t.issued(bill, "patient", installments=plan)
    else:
        yield t.issued(bill, "patient")
        t.later(0, 10)
        yield t.tell("invoice.due_date_changed", invoice_id=bill.invoice_id, installments=plan)
    for part in parts[: t.dice.randint(1, 4)]:
        t.later(25, 34)
        yield t.attempt("succeeded", t.receipt(part, bill))


def _extended(t: Teller) -> Iterator[Told]:
    bill = t.bill()
    due_on = t.today() + timedelta(days=15)
    yield t.issued(bill, "patient", due_on=due_on.isoformat())
    t.later(3, 14)
    extended = due_on + timedelta(days=45)
    yield t.tell(
        "invoice.due_date_changed", invoice_id=bill.invoice_id, due_on=extended.isoformat()
    )


def _prepaid(t: Teller) -> Iterator[Told]:
    bill = t.bill()
    deposit = t.receipt(t.part(bill.amount, 40, 130), None)
    yield t.attempt("succeeded", deposit)
    t.later(0, 9)
    yield t.issued(bill, "patient")
    put = min(deposit.amount, bill.amount)
    t.later(0, 1)
    yield _allocated(t, deposit.payment_id, bill.invoice_id, put)
    if t.dice.randrange(4) == 0:
        t.later(0, 5)
        yield _allocated(t, deposit.payment_id, bill.invoice_id, -t.part(put, 10, 50))


def _allocated(t: Teller, payment_id: str, invoice_id: str, amount: int) -> Told:
    return t.tell(
        "payment.allocated",
        payment_id=payment_id,
        invoice_id=invoice_id,
        allocation_id=t.new_id("ALC"),
        amount=amount,
    )


def _refunded(t: Teller) -> Iterator[Told]:
    bill = t.bill()
    yield t.issued(bill, "patient")
    t.later(0, 12)
    paid = t.receipt(bill.amount, bill)
    yield t.attempt("succeeded", paid)
    t.later(0, 30)
    yield t.tell(
        "payment.refunded",
        payment_id=paid.payment_id,
        refund_id=t.new_id("RFD"),
        amount=t.dice.choice((paid.amount, t.part(paid.amount, 10, 60))),
    )


def _disputed(t: Teller) -> Iterator[Told]:
    bill = t.bill()
    yield t.issued(bill, "patient")
    t.later(0, 12)
    paid = t.receipt(bill.amount, bill)
    yield t.attempt("succeeded", paid)
    t.later(0, 35)
    dispute = {"payment_id": paid.payment_id, "dispute_id": t.new_id("DSP")}
    yield t.tell("payment.disputed", **dispute, amount=paid.amount, fee=t.part(paid.amount, 2, 5))
    if t.dice.randrange(2):
        t.later(0, 40)
        yield t.tell("payment.dispute_reversed", **dispute, amount=paid.amount)


def _corrected(t: Teller) -> Iterator[Told]:
    bill = t.bill()
    yield t.issued(bill, "patient")
    issued_on = t.today().isoformat()
    t.later(0, 9)
    paid = t.receipt(bill.amount, bill)
    yield t.attempt("succeeded", paid)
    paid_on = t.today().isoformat()
    t.later(1, 20)
    difference = -t.part(bill.amount, 1, 15)
    yield t.adjusted(bill, difference, "correction", business_date=issued_on)
    yield t.tell(
        "payment.corrected",
        payment_id=paid.payment_id,
        correction_id=t.new_id("COR"),
        amount=difference,
        business_date=paid_on,
    )


def _voided(t: Teller) -> Iterator[Told]:
    bill = t.bill()
    yield t.issued(bill, t.dice.choice(("patient", "insurance")))
    t.later(0, 6)
    yield t.tell("invoice.voided", invoice_id=bill.invoice_id)


def _reduced(t: Teller) -> Iterator[Told]:
    bill = t.bill()
    yield t.issued(bill, t.dice.choice(("patient", "other")))
    t.later(0, 15)
    reason = t.dice.choice(("discount", "charity", "administrative"))
    cut = t.part(bill.amount, 5, 40)
    yield t.adjusted(bill, -cut, reason)
    t.later(0, 40)
    yield t.attempt("succeeded", t.receipt(bill.amount - cut, bill))


SCENARIOS: Final[dict[Scenario, int]] = {
    _paid_at_the_desk: 24,
    _insured: 30,
    _paid_late_or_never: 8,
    _never_paid: 5,
    _second_try: 6,
    _collected: 5,
    _in_installments: 4,
    _extended: 2,
    _prepaid: 4,
    _refunded: 4,
    _disputed: 2,
    _corrected: 2,
    _voided: 2,
    _reduced: 4,
}
"""What can befall a bill, and how often of about a hundred."""
