"""Patient histories by hand: every leg and attempt in order, and the balance after each."""

from support.oracle.history import PatientTotals
from support.stories import books_of, tell


def test_the_balance_runs_with_every_leg_and_ends_at_the_patients_balance() -> None:
    books = books_of(
        tell("invoice.issued", "2024-01-01", amount=10_000),
        tell("payment.failed", "2024-01-02", amount=4_000),
        tell("payment.succeeded", "2024-01-03", amount=4_000, invoice_id="inv1"),
        tell("invoice.written_off", "2024-01-04", amount=6_000),
        tell("payment.succeeded", "2024-01-05", amount=1_000, payment_id="p2", invoice_id="inv1"),
        tell("payment.disputed", "2024-01-06", amount=1_000, payment_id="p2", fee=15),
        as_of="2024-01-31",
    )

    history = books.history("p1")

    assert [(entry.kind, entry.running_balance) for entry in history.entries] == [
        ("charge", 10_000),
        ("failed", 10_000),
        ("payment", 6_000),
        ("write_off", 0),
        ("payment", 0),
        ("chargeback", 0),
        ("fee", 0),
    ]
    assert history.totals["USD"].balance == 0


def test_money_back_before_its_payment_moves_the_balance_with_the_payment() -> None:
    books = books_of(
        tell("payment.refunded", "2024-01-02", amount=1_000),
        tell("payment.succeeded", "2024-01-03", amount=4_000),
        as_of="2024-01-31",
    )

    assert [entry.running_balance for entry in books.history("p1").entries] == [0, -3_000]


def test_a_void_shows_its_mirrors_where_they_are_dated() -> None:
    books = books_of(
        tell("invoice.issued", "2024-01-01", amount=1_000),
        tell("invoice.voided", "2024-01-02"),
        tell("invoice.adjusted", "2024-01-03", amount=-100),
        as_of="2024-01-31",
    )

    lines = [
        (entry.kind, entry.amount, entry.running_balance) for entry in books.history("p1").entries
    ]

    assert lines == [
        ("charge", 1_000, 1_000),
        ("void_of_charge", -1_000, 0),
        ("adjustment", -100, 0),
        ("void_of_adjustment", 100, 0),
    ]


def test_statuses_are_those_of_the_as_of_day() -> None:
    story = (
        tell("invoice.issued", "2024-01-01", amount=1_000),
        tell("payment.succeeded", "2024-01-02", amount=1_000, invoice_id="inv1"),
        tell("payment.refunded", "2024-02-20", amount=1_000),
    )

    before = books_of(*story, as_of="2024-02-19").history("p1").entries[1]
    after = books_of(*story, as_of="2024-02-20").history("p1").entries[1]

    assert (before.payment_status, before.invoice_status) == ("paid", "paid")
    assert (after.payment_status, after.invoice_status) == ("refunded", "overdue")


def test_totals_sum_one_patient_over_the_clinics_asked_for() -> None:
    books = books_of(
        tell("invoice.issued", "2024-01-01", amount=1_000),
        tell("invoice.issued", "2024-01-01", amount=700, clinic_id="berlin"),
        tell("invoice.issued", "2024-01-01", amount=9, patient_id="p2", invoice_id="inv2"),
        tell("payment.succeeded", "2024-01-02", amount=1_500, clinic_id="berlin"),
        tell("payment.refunded", "2024-01-03", amount=500, clinic_id="berlin"),
        as_of="2024-01-31",
    )

    everywhere, here = books.history("p1"), books.history("p1", {"new-york"})

    assert everywhere.totals["USD"] == PatientTotals(
        charged=1_700,
        invoice_count=2,
        paid=1_500,
        payment_count=1,
        refunded=500,
        outstanding=1_700,
        balance=700,
        unapplied=1_000,
    )
    assert here.totals["USD"].charged == 1_000
    assert len(here.entries) == 1


def test_each_currency_runs_a_balance_of_its_own() -> None:
    books = books_of(
        tell("invoice.issued", "2024-01-01", amount=1_000),
        tell("invoice.issued", "2024-01-02", amount=70, currency="JPY", invoice_id="inv2"),
        as_of="2024-01-31",
    )

    assert [entry.running_balance for entry in books.history("p1").entries] == [1_000, 70]
