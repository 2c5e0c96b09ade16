"""Exceptions by hand: what was accepted and does not fit together."""

from support.stories import books_of, exceptions_in, tell


def test_facts_that_fit_together_are_no_exception() -> None:
    books = books_of(
        tell("invoice.issued", "2024-01-01", amount=1_000),
        tell("payment.failed", "2024-01-01", amount=1_000, invoice_id="inv1"),
        tell("payment.succeeded", "2024-01-02", amount=1_000, invoice_id="inv1"),
        tell("payment.refunded", "2024-01-03", amount=1_000),
        as_of="2024-01-31",
    )

    assert exceptions_in(books) == []


def test_a_fact_without_its_parent_is_an_orphan() -> None:
    books = books_of(
        tell("payment.refunded", "2024-01-03", amount=5),
        tell("invoice.adjusted", "2024-01-03", amount=-7),
        tell("invoice.voided", "2024-01-03", invoice_id="inv9"),
        as_of="2024-01-31",
    )

    assert exceptions_in(books) == [
        ("orphan", "invoice", -7),
        ("orphan", "invoice", 0),
        ("orphan", "payment", 5),
    ]


def test_another_patients_or_currencys_parent_is_a_mismatch() -> None:
    books = books_of(
        tell("invoice.issued", "2024-01-01", amount=1_000),
        tell("payment.succeeded", "2024-01-02", amount=30, invoice_id="inv1", patient_id="p2"),
        tell("invoice.adjusted", "2024-01-03", amount=-7, currency="EUR"),
        as_of="2024-01-31",
    )

    assert exceptions_in(books) == [("mismatch", "invoice", -7), ("mismatch", "invoice", 30)]


def test_more_returned_than_received_is_listed_with_its_deficit() -> None:
    books = books_of(
        tell("payment.succeeded", "2024-01-02", amount=30),
        tell("payment.refunded", "2024-01-03", amount=50),
        as_of="2024-01-31",
    )

    assert [row[::2] for row in exceptions_in(books)] == [("deficit", 20), ("over_returned", 20)]


def test_more_allocated_than_received_is_listed() -> None:
    books = books_of(
        tell("invoice.issued", "2024-01-01", amount=1_000),
        tell("payment.succeeded", "2024-01-02", amount=30, invoice_id="inv1"),
        tell("invoice.issued", "2024-01-01", amount=1_000, invoice_id="inv2"),
        tell("payment.allocated", "2024-01-03", amount=50, invoice_id="inv2"),
        as_of="2024-01-31",
    )

    assert [row[::2] for row in exceptions_in(books)] == [("over_allocated", 20)]


def test_a_failure_after_the_success_is_listed_whatever_arrived_first() -> None:
    books = books_of(
        tell("payment.failed", "2024-01-05", amount=30),
        tell("payment.succeeded", "2024-01-02", amount=30),
        as_of="2024-01-31",
    )

    assert [row[::2] for row in exceptions_in(books)] == [("failed_after_success", 30)]


def test_an_attempt_that_did_not_succeed_needs_no_invoice() -> None:
    books = books_of(
        tell("payment.pending", "2024-01-01", amount=1_000, invoice_id="inv1"),
        tell("payment.failed", "2024-01-02", amount=1_000, invoice_id="inv1"),
        as_of="2024-01-31",
    )

    assert exceptions_in(books) == []
