"""The oracle is a pure function of the accepted set: order and repetition change nothing."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from support.histories import (
    Telling,
    accepted,
    histories,
    retellings,
    to_log,
    unhurried,
    watermark_after,
    watermarks,
)
from support.history_events import CLINICS, World
from support.oracle.accounts import Totals
from support.oracle.books import read_books
from support.oracle.roll_forward import roll_forward
from support.stories import books_of, every_figure

TOMORROW = (World().now + timedelta(days=1)).date()
DAYS = st.sampled_from((*sorted(World().days), TOMORROW))


@unhurried
@given(st.data(), histories(), DAYS)
def test_order_and_repetition_change_no_figure(
    data: st.DataObject, history: list[Telling], day: date
) -> None:
    settled = accepted(history)
    retold = data.draw(retellings(settled))

    one, other = (books_of(*told, as_of=str(day)) for told in (retold, settled))
    assert every_figure(one) == every_figure(other)


@unhurried
@given(histories(), DAYS)
def test_duplicates_and_conflicts_change_no_figure(history: list[Telling], day: date) -> None:
    one, other = (books_of(*told, as_of=str(day)) for told in (history, accepted(history)))

    assert every_figure(one) == every_figure(other)


@unhurried
@given(st.data(), histories(), DAYS)
def test_a_watermark_repeats_the_answer_of_its_moment(
    data: st.DataObject, history: list[Telling], day: date
) -> None:
    log = to_log(history)
    watermark = data.draw(watermarks(log))
    then = [record for record in log if record.offset < watermark.get(record.partition, 0)]

    answer_then = read_books(then, CLINICS, as_of=day)
    answer_now = read_books(log, CLINICS, as_of=day, watermark=watermark)

    assert every_figure(answer_now) == every_figure(answer_then)


@unhurried
@given(histories(), DAYS)
def test_the_last_watermark_hides_nothing(history: list[Telling], day: date) -> None:
    log = to_log(history)

    all_known = read_books(log, CLINICS, as_of=day, watermark=watermark_after(log))

    assert every_figure(all_known) == every_figure(read_books(log, CLINICS, as_of=day))


@unhurried
@given(histories(max_steps=40), DAYS, DAYS)
def test_the_roll_forward_of_any_period_closes(
    history: list[Telling], one: date, other: date
) -> None:
    before = books_of(*history, as_of=str(min(one, other))).totals()
    after = books_of(*history, as_of=str(max(one, other))).totals()

    for place, closing in after.items():
        roll_forward(before.get(place, Totals()), closing)


@unhurried
@given(histories(max_steps=40), DAYS)
def test_a_history_ends_at_the_patients_balance(history: list[Telling], day: date) -> None:
    books = books_of(*history, as_of=str(day))

    for patient in {fact.event.patient_id for fact in books.facts}:
        told = books.history(patient)
        for currency, totals in told.totals.items():
            lines = [entry for entry in told.entries if entry.currency == currency]
            assert not lines or lines[-1].running_balance == totals.balance


@unhurried
@given(histories(max_steps=40), DAYS)
def test_buckets_of_every_basis_sum_to_what_is_outstanding(
    history: list[Telling], day: date
) -> None:
    for invoice in books_of(*history, as_of=str(day)).invoices.values():
        for basis in ("due_date", "service_date", "issued_on"):
            assert sum(invoice.aged(basis).values()) == max(0, invoice.balance)
