"""Invoices by hand: what is owed, who owes it, since when, and what ends it."""

from datetime import date

from support.stories import books_of, invoice_in, payment_in, tell


def test_money_after_a_write_off_is_a_recovery_not_a_credit() -> None:
    story = (
        tell("invoice.issued", "2024-01-01", amount=10_000),
        tell("payment.succeeded", "2024-01-05", amount=4_000, invoice_id="inv1"),
        tell("invoice.written_off", "2024-02-01", amount=6_000),
        tell("payment.succeeded", "2024-02-10", amount=2_500, payment_id="p2", invoice_id="inv1"),
        tell("payment.succeeded", "2024-02-20", amount=5_000, payment_id="p3", invoice_id="inv1"),
    )

    written_off = invoice_in(books_of(*story, as_of="2024-02-01"))
    recovered = invoice_in(books_of(*story, as_of="2024-02-10"))
    overpaid = invoice_in(books_of(*story, as_of="2024-02-20"))

    assert (written_off.effective_write_off, written_off.balance) == (6_000, 0)
    assert (recovered.effective_write_off, recovered.balance) == (3_500, 0)
    assert (written_off.status, recovered.status) == ("written_off", "written_off")
    assert (overpaid.effective_write_off, overpaid.balance) == (0, -1_500)
    assert (overpaid.recovered, overpaid.status) == (6_000, "credit")


def test_a_write_off_taken_back_opens_the_balance_again() -> None:
    books = books_of(
        tell("invoice.issued", "2024-01-01", amount=10_000),
        tell("invoice.written_off", "2024-02-01", amount=10_000),
        tell("invoice.written_off", "2024-02-05", amount=-4_000),
        as_of="2024-02-05",
    )

    assert (invoice_in(books).balance, invoice_in(books).status) == (4_000, "overdue")


def test_a_void_after_a_payment_leaves_the_payment_as_a_credit_on_the_invoice() -> None:
    story = (
        tell("invoice.issued", "2024-01-01", amount=10_000),
        tell("invoice.adjusted", "2024-01-02", amount=-1_000),
        tell("invoice.written_off", "2024-01-03", amount=500),
        tell("payment.succeeded", "2024-01-05", amount=4_000, invoice_id="inv1"),
        tell("invoice.voided", "2024-01-10"),
        tell("payment.refunded", "2024-01-12", amount=4_000),
    )

    voided = books_of(*story, as_of="2024-01-10")
    returned = books_of(*story, as_of="2024-01-12")

    assert (invoice_in(voided).balance, invoice_in(voided).status) == (-4_000, "credit")
    assert voided.totals()["new-york", "USD"].voids == 9_000
    assert voided.totals()["new-york", "USD"].overpaid == 4_000
    assert (invoice_in(returned).balance, invoice_in(returned).status) == (0, "voided")


def test_what_comes_after_a_void_counts_nothing() -> None:
    books = books_of(
        tell("invoice.issued", "2024-01-01", amount=10_000),
        tell("invoice.voided", "2024-01-10"),
        tell("invoice.adjusted", "2024-01-12", amount=2_000),
        tell("invoice.written_off", "2024-01-13", amount=2_000),
        as_of="2024-01-31",
    )

    assert (invoice_in(books).balance, invoice_in(books).recovered) == (0, 0)


def test_as_of_between_two_events_knows_the_earlier_only() -> None:
    story = (
        tell("invoice.issued", "2024-01-01", amount=10_000),
        tell("invoice.adjusted", "2024-01-10", amount=-2_000),
        tell("payment.succeeded", "2024-01-20", amount=8_000, invoice_id="inv1"),
    )

    days = ("2023-12-31", "2024-01-09", "2024-01-10", "2024-01-19", "2024-01-20")
    outstanding = [
        sum(total.outstanding for total in books_of(*story, as_of=day).totals().values())
        for day in days
    ]

    assert outstanding == [0, 10_000, 8_000, 8_000, 0]


def test_a_watermark_hides_what_was_recorded_later_whatever_its_date() -> None:
    story = (
        tell("invoice.issued", "2024-01-10", amount=10_000),
        tell("payment.succeeded", "2024-01-20", amount=10_000, invoice_id="inv1"),
        tell("invoice.adjusted", "2024-01-11", amount=-1_000),
    )
    partitions = range(4)

    nothing = books_of(*story, as_of="2024-01-31", watermark={})
    first_two = books_of(*story, as_of="2024-01-31", watermark=dict.fromkeys(partitions, 2))

    assert nothing.accounts == {}
    assert invoice_in(first_two).balance == 0


def test_due_dates_come_from_the_last_change_else_the_invoice_else_the_terms() -> None:
    story = (
        tell("invoice.issued", "2024-01-01", amount=1),
        tell("invoice.issued", "2024-01-01", amount=1, invoice_id="inv2", due_on="2024-01-15"),
        tell("invoice.due_date_changed", "2024-01-20", invoice_id="inv2", due_on="2024-06-01"),
        tell("invoice.due_date_changed", "2024-01-10", invoice_id="inv2", due_on="2024-05-01"),
    )

    before, after = (books_of(*story, as_of=day) for day in ("2024-01-09", "2024-01-31"))

    assert invoice_in(before).due_on == date(2024, 1, 31)
    assert invoice_in(before, "inv2").due_on == date(2024, 1, 15)
    assert invoice_in(after, "inv2").due_on == date(2024, 6, 1)


def test_an_invoice_is_overdue_the_day_after_its_due_date() -> None:
    issue = tell("invoice.issued", "2024-01-01", amount=1, due_on="2024-01-15")

    on_the_day, day_after = (
        invoice_in(books_of(issue, as_of=day)) for day in ("2024-01-15", "2024-01-16")
    )

    assert (on_the_day.status, on_the_day.days_overdue) == ("current", 0)
    assert (day_after.status, day_after.days_overdue) == ("overdue", 1)


def test_collection_wins_over_overdue_until_the_invoice_is_recalled() -> None:
    story = (
        tell("invoice.issued", "2024-01-01", amount=1),
        tell("invoice.sent_to_collections", "2024-03-01"),
        tell("invoice.recalled_from_collections", "2024-04-01"),
    )

    statuses = [
        invoice_in(books_of(*story, as_of=day)).status
        for day in ("2024-02-28", "2024-03-01", "2024-04-01")
    ]

    assert statuses == ["overdue", "collection", "overdue"]


def test_responsibility_moves_on_its_effective_date() -> None:
    story = (
        tell("invoice.issued", "2024-01-01", amount=1, payer_type="insurance"),
        tell(
            "invoice.responsibility_changed",
            "2024-01-05",
            effective_on="2024-01-20",
            payer_type="patient",
        ),
    )

    before, after = (
        invoice_in(books_of(*story, as_of=day)) for day in ("2024-01-19", "2024-01-20")
    )

    assert (before.payer_type, after.payer_type) == ("insurance", "patient")
    assert before.due_on == after.due_on


def test_a_fact_about_another_patients_invoice_finds_none() -> None:
    books = books_of(
        tell("invoice.issued", "2024-01-01", amount=10_000),
        tell("invoice.voided", "2024-01-02", patient_id="p2"),
        tell("invoice.adjusted", "2024-01-02", amount=-1, currency="EUR"),
        tell("payment.succeeded", "2024-01-03", amount=1, invoice_id="inv1"),
        as_of="2024-01-31",
    )

    assert (invoice_in(books).balance, invoice_in(books).is_voided) == (9_999, False)
    assert payment_in(books).landed_on("inv1") == 1


def test_an_invoice_may_be_in_collections_before_it_is_due() -> None:
    books = books_of(
        tell("invoice.issued", "2024-01-01", amount=1, due_on="2024-06-01"),
        tell("invoice.sent_to_collections", "2024-01-02"),
        as_of="2024-01-31",
    )

    assert invoice_in(books).status == "collection"
