"""Histories worked out by hand: balances, statuses and flags, row by row."""

import pytest

from careledger.reports.history import HistoryQuery, read_history
from support.reading import Storyteller
from support.stories import tell

pytestmark = pytest.mark.integration


async def test_the_balance_runs_through_charge_payment_refund_and_write_off(
    story: Storyteller,
) -> None:
    told = await story(
        tell("invoice.issued", "2024-03-01", amount=10_000),
        tell("payment.pending", "2024-03-02", amount=6_000, invoice_id="inv1"),
        tell("payment.succeeded", "2024-03-03", amount=6_000, invoice_id="inv1"),
        tell("payment.refunded", "2024-03-04", amount=1_000),
        tell("invoice.written_off", "2024-03-05", amount=10_000),
    )

    history = await told.history()

    assert [(entry.kind, entry.balance) for entry in history.entries] == [
        ("charge", 10_000),
        ("pending", 10_000),
        ("payment", 4_000),
        ("refund", 5_000),
        ("write_off", 0),
    ]
    (totals,) = history.totals
    assert (totals.charged, totals.paid, totals.refunded) == (10_000, 6_000, 1_000)
    assert (totals.outstanding, totals.written_off, totals.balance) == (0, 5_000, 0)


async def test_a_refund_dated_before_its_payment_counts_from_the_payments_day(
    story: Storyteller,
) -> None:
    told = await story(
        tell("payment.refunded", "2024-03-01", amount=1_000),
        tell("payment.succeeded", "2024-03-03", amount=6_000),
    )

    history = await told.history()

    assert [entry.balance for entry in history.entries] == [0, -5_000]
    assert history.totals[0].unapplied == 5_000


@pytest.mark.parametrize(
    ("refunds", "status", "partially"),
    [([], "paid", False), ([400], "paid", True), ([400, 600], "refunded", False)],
)
async def test_each_row_of_a_payment_shows_its_status(
    story: Storyteller, refunds: list[int], status: str, *, partially: bool
) -> None:
    told = await story(
        tell("payment.failed", "2024-03-01", amount=1_000),
        tell("payment.succeeded", "2024-03-02", amount=1_000),
        *(tell("payment.refunded", "2024-03-03", amount=amount) for amount in refunds),
    )

    history = await told.history()

    assert {entry.payment_status for entry in history.entries} == {status}
    assert {entry.partially_refunded for entry in history.entries} == {partially}


async def test_an_attempt_without_success_has_the_status_of_the_latest(story: Storyteller) -> None:
    told = await story(
        tell("payment.failed", "2024-03-02", amount=1_000),
        tell("payment.pending", "2024-03-01", amount=1_000),
    )

    history = await told.history()

    assert [entry.kind for entry in history.entries] == ["pending", "failed"]
    assert {entry.payment_status for entry in history.entries} == {"failed"}
    assert history.totals[0].paid == 0


async def test_a_dispute_that_withdrew_more_than_it_reinstated_flags_the_payment(
    story: Storyteller,
) -> None:
    told = await story(
        tell("payment.succeeded", "2024-03-02", amount=1_000),
        tell("payment.disputed", "2024-03-03", amount=500, dispute_id="d1"),
    )

    history = await told.history()

    assert {entry.disputed for entry in history.entries} == {True}


async def test_two_currencies_have_two_balances(story: Storyteller) -> None:
    told = await story(
        tell("invoice.issued", "2024-03-01", amount=100),
        tell("invoice.issued", "2024-03-02", amount=700, currency="JPY", invoice_id="inv2"),
    )

    history = await told.history()

    assert [(entry.currency, entry.balance) for entry in history.entries] == [
        ("USD", 100),
        ("JPY", 700),
    ]
    assert [(t.currency, t.balance) for t in history.totals] == [("JPY", 700), ("USD", 100)]


async def test_filters_choose_rows_and_change_no_balance(story: Storyteller) -> None:
    told = await story(
        tell("invoice.issued", "2024-03-01", amount=10_000),
        tell("payment.succeeded", "2024-03-03", amount=6_000, invoice_id="inv1"),
        tell("payment.failed", "2024-03-04", amount=1, payment_id="pay2"),
    )

    dated = await told.history(start_date="2024-03-02", end_date="2024-03-03")
    failed = await told.history(payment_statuses=("failed",))

    assert [(entry.kind, entry.balance) for entry in dated.entries] == [("payment", 4_000)]
    assert [entry.kind for entry in failed.entries] == ["failed"]
    assert dated.totals == failed.totals


async def test_pages_join_into_the_whole(story: Storyteller) -> None:
    told = await story(
        *(
            tell("payment.succeeded", "2024-03-01", amount=number, payment_id=f"pay{number}")
            for number in range(1, 6)
        )
    )
    whole = (await told.history()).entries

    first = await told.history(limit=2)
    second = await told.history(limit=2, after=first.page.next)
    third = await told.history(limit=2, after=second.page.next)

    assert [*first.entries, *second.entries, *third.entries] == whole
    assert third.page.next is None


async def test_an_unknown_patient_is_none_and_a_known_one_without_payments_an_empty_list(
    story: Storyteller,
) -> None:
    told = await story(tell("patient.recorded", "2024-03-02"))

    unknown = await told.ask(read_history, "nobody", HistoryQuery())
    known = await told.history(as_of="2024-03-01")

    assert unknown is None
    assert known.entries == []
    assert known.totals == []


async def test_the_legs_of_one_event_share_the_balance_after_all_of_it(story: Storyteller) -> None:
    told = await story(
        tell("invoice.issued", "2024-03-01", amount=5_000),
        tell("invoice.issued", "2024-03-02", amount=5_000, invoice_id="inv2"),
        tell("invoice.written_off", "2024-03-03", amount=5_000),
        tell("invoice.written_off", "2024-03-04", amount=5_000, invoice_id="inv2"),
        tell("payment.succeeded", "2024-03-05", amount=5_000, invoice_id="inv1"),
        tell("payment.allocated", "2024-03-06", amount=5_000, invoice_id="inv2"),
    )

    history = await told.history()

    legs = [entry.balance for entry in history.entries if entry.kind == "allocation"]
    assert legs == [0, 0]
