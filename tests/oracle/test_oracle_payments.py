"""Payments by hand: where money lands, what comes back, and what stands as credit."""

from support.stories import ACCOUNT, books_of, invoice_in, payment_in, tell


def test_a_partial_refund_opens_the_invoice_by_what_went_back() -> None:
    books = books_of(
        tell("invoice.issued", "2024-01-10", amount=10_000),
        tell("payment.succeeded", "2024-01-12", amount=10_000, invoice_id="inv1"),
        tell("payment.refunded", "2024-01-20", amount=3_000),
        as_of="2024-01-31",
    )

    payment, invoice = payment_in(books), invoice_in(books)
    assert (payment.net, payment.credit) == (7_000, 0)
    assert (payment.status, payment.partially_refunded) == ("paid", True)
    assert (invoice.landed, invoice.balance, invoice.status) == (7_000, 3_000, "current")


def test_refunds_that_reach_the_corrected_amount_make_the_payment_refunded() -> None:
    books = books_of(
        tell("payment.succeeded", "2024-01-12", amount=10_000),
        tell("payment.corrected", "2024-01-12", amount=-4_000),
        tell("payment.refunded", "2024-01-20", amount=2_000),
        tell("payment.refunded", "2024-01-21", amount=4_000),
        as_of="2024-01-31",
    )

    payment = payment_in(books)
    assert (payment.status, payment.partially_refunded, payment.net) == ("refunded", False, 0)


def test_a_payment_of_nothing_is_paid_not_refunded() -> None:
    books = books_of(tell("payment.succeeded", "2024-01-12", amount=0), as_of="2024-01-31")

    assert payment_in(books).status == "paid"


def test_a_refund_before_its_payment_waits_for_it() -> None:
    story = (
        tell("invoice.issued", "2024-01-01", amount=10_000),
        tell("payment.refunded", "2024-01-05", amount=4_000),
        tell("payment.succeeded", "2024-01-08", amount=10_000, invoice_id="inv1"),
    )

    before = books_of(*story, as_of="2024-01-07")
    after = books_of(*story, as_of="2024-01-08")

    assert invoice_in(before).balance == 10_000
    assert before.payments == {}
    assert invoice_in(after).balance == 4_000
    assert payment_in(after).net == 6_000


def test_a_dispute_takes_the_money_off_the_invoice_and_its_reversal_puts_it_back() -> None:
    story = (
        tell("invoice.issued", "2024-01-01", amount=10_000),
        tell("payment.succeeded", "2024-01-02", amount=10_000, invoice_id="inv1"),
        tell("payment.disputed", "2024-01-10", amount=10_000, dispute_id="d1", fee=1_500),
        tell("payment.dispute_reversed", "2024-01-25", amount=10_000, dispute_id="d1"),
    )

    during = books_of(*story, as_of="2024-01-24")
    after = books_of(*story, as_of="2024-01-25")

    assert (invoice_in(during).balance, payment_in(during).disputed) == (10_000, True)
    assert (invoice_in(after).balance, payment_in(after).disputed) == (0, False)
    assert payment_in(during).status == "paid"


def test_a_dispute_won_does_not_hide_another_that_is_lost() -> None:
    books = books_of(
        tell("payment.succeeded", "2024-01-02", amount=10_000),
        tell("payment.disputed", "2024-01-10", amount=2_000, dispute_id="d1"),
        tell("payment.disputed", "2024-01-11", amount=1_000, dispute_id="d2"),
        tell("payment.dispute_reversed", "2024-01-25", amount=5_000, dispute_id="d1"),
        as_of="2024-01-31",
    )

    assert payment_in(books).disputed
    assert payment_in(books).net == 12_000


def test_an_allocation_moves_credit_to_its_invoice_and_a_negative_one_back() -> None:
    story = (
        tell("invoice.issued", "2024-01-01", amount=5_000),
        tell("invoice.issued", "2024-01-01", amount=7_000, invoice_id="inv2"),
        tell("payment.succeeded", "2024-01-02", amount=9_000),
        tell("payment.allocated", "2024-01-03", amount=5_000),
        tell("payment.allocated", "2024-01-04", amount=4_000, invoice_id="inv2"),
        tell("payment.allocated", "2024-01-05", amount=-2_000),
    )

    third, fourth, fifth = (books_of(*story, as_of=f"2024-01-0{day}") for day in (3, 4, 5))

    assert (invoice_in(third).balance, payment_in(third).credit) == (0, 4_000)
    assert (invoice_in(fourth, "inv2").balance, payment_in(fourth).credit) == (3_000, 0)
    assert (invoice_in(fifth).balance, payment_in(fifth).credit) == (2_000, 2_000)


def test_an_allocation_takes_from_the_invoice_the_payment_landed_on() -> None:
    books = books_of(
        tell("invoice.issued", "2024-01-01", amount=5_000),
        tell("invoice.issued", "2024-01-01", amount=7_000, invoice_id="inv2"),
        tell("payment.succeeded", "2024-01-02", amount=5_000, invoice_id="inv1"),
        tell("payment.allocated", "2024-01-03", amount=2_000, invoice_id="inv2"),
        as_of="2024-01-31",
    )

    assert (invoice_in(books).balance, invoice_in(books, "inv2").balance) == (2_000, 5_000)
    assert payment_in(books).credit == 0


def test_a_prepayment_is_unapplied_until_its_invoice_is_issued() -> None:
    story = (
        tell("payment.succeeded", "2024-01-02", amount=9_000, invoice_id="inv1"),
        tell("invoice.issued", "2024-02-01", amount=10_000),
    )

    before = books_of(*story, as_of="2024-01-31")
    after = books_of(*story, as_of="2024-02-01")

    assert before.totals()["new-york", "USD"].unapplied == 9_000
    assert before.totals()["new-york", "USD"].balance == -9_000
    assert after.totals()["new-york", "USD"].unapplied == 0
    assert invoice_in(after).balance == 1_000


def test_a_refund_that_names_an_unknown_invoice_leaves_the_payments_own_alone() -> None:
    books = books_of(
        tell("invoice.issued", "2024-01-01", amount=10_000),
        tell("payment.succeeded", "2024-01-02", amount=10_000, invoice_id="inv1"),
        tell("payment.refunded", "2024-01-03", amount=1_000, invoice_id="inv2"),
        as_of="2024-01-31",
    )

    assert invoice_in(books).balance == 0
    assert payment_in(books).credit == -1_000
    assert books.totals()["new-york", "USD"].deficits == 1_000


def test_more_allocated_than_received_is_a_deficit_until_the_payment_is_corrected() -> None:
    story = (
        tell("invoice.issued", "2024-01-01", amount=10_000),
        tell("payment.succeeded", "2024-01-02", amount=6_000),
        tell("payment.allocated", "2024-01-03", amount=10_000),
        tell("payment.corrected", "2024-01-04", amount=4_000),
    )

    assert payment_in(books_of(*story, as_of="2024-01-03")).credit == -4_000
    assert payment_in(books_of(*story, as_of="2024-01-04")).credit == 0


def test_the_latest_attempt_is_the_status_until_one_succeeds() -> None:
    story = (
        tell("payment.pending", "2024-01-02", amount=500),
        tell("payment.failed", "2024-01-03", amount=500),
        tell("payment.pending", "2024-01-04", amount=500),
        tell("payment.succeeded", "2024-01-05", amount=500),
        tell("payment.failed", "2024-01-06", amount=500),
    )

    statuses = [payment_in(books_of(*story, as_of=f"2024-01-0{day}")).status for day in range(2, 7)]

    assert statuses == ["pending", "failed", "pending", "paid", "paid"]


def test_another_patients_payment_never_lands_on_an_invoice() -> None:
    books = books_of(
        tell("invoice.issued", "2024-01-01", amount=5_000),
        tell("payment.succeeded", "2024-01-02", amount=5_000, invoice_id="inv1", patient_id="p2"),
        as_of="2024-01-31",
    )

    assert invoice_in(books).balance == 5_000
    assert books.payments[ACCOUNT._replace(patient_id="p2"), "pay1"].credit == 5_000


def test_two_currencies_never_meet() -> None:
    books = books_of(
        tell("invoice.issued", "2024-01-01", amount=5_000),
        tell("invoice.issued", "2024-01-01", amount=700, currency="JPY", invoice_id="inv2"),
        tell("payment.succeeded", "2024-01-02", amount=5_000, currency="JPY", invoice_id="inv1"),
        tell("payment.allocated", "2024-01-03", amount=600, currency="JPY", invoice_id="inv2"),
        as_of="2024-01-31",
    )

    usd, jpy = books.totals()["new-york", "USD"], books.totals()["new-york", "JPY"]
    assert (usd.outstanding, usd.unapplied, usd.balance) == (5_000, 0, 5_000)
    assert (jpy.outstanding, jpy.unapplied, jpy.balance) == (100, 4_400, -4_300)


def test_a_correction_lands_where_its_payment_does() -> None:
    books = books_of(
        tell("invoice.issued", "2024-01-01", amount=10_000),
        tell("payment.succeeded", "2024-01-02", amount=1_000, invoice_id="inv1"),
        tell("payment.corrected", "2024-01-02", amount=9_000),
        as_of="2024-01-31",
    )

    assert (invoice_in(books).balance, payment_in(books).credit) == (0, 0)
