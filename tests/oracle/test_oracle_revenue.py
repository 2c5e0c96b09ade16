"""Period figures by hand: each movement on its own day, under its dimensions."""

from collections import Counter
from datetime import date, timedelta

from support.oracle.revenue import Cell
from support.oracle.roll_forward import roll_forward
from support.stories import books_of, figures_on, tell

USD = ("new-york", "USD")


def test_each_movement_counts_on_its_own_day() -> None:
    books = books_of(
        tell("payment.succeeded", "2024-01-02", amount=10_000),
        tell("payment.succeeded", "2024-01-02", amount=500, payment_id="pay2"),
        tell("payment.refunded", "2024-01-03", amount=3_000),
        tell("payment.disputed", "2024-01-04", amount=2_000, dispute_id="d", fee=150),
        tell("payment.dispute_reversed", "2024-01-05", amount=1_500, dispute_id="d", fee=20),
        tell("payment.corrected", "2024-01-02", amount=-1),
        tell("payment.pending", "2024-01-02", amount=77),
        tell("payment.failed", "2024-01-02", amount=77),
        as_of="2024-01-31",
    )

    assert figures_on(books, "2024-01-02") == Counter(
        gross_payments=10_500, payment_count=2, payment_corrections=-1
    )
    assert figures_on(books, "2024-01-03") == Counter(refunds=3_000, refund_count=1)
    assert figures_on(books, "2024-01-04") == Counter(chargebacks=2_000, processor_fees=150)
    assert figures_on(books, "2024-01-05") == Counter(chargebacks=-1_500, processor_fees=20)


def test_the_charge_side_counts_by_reason() -> None:
    books = books_of(
        tell("invoice.issued", "2024-01-02", amount=10_000),
        tell("invoice.adjusted", "2024-01-03", amount=-4_000, reason="contractual"),
        tell("invoice.adjusted", "2024-01-03", amount=-300, reason="discount"),
        tell("invoice.adjusted", "2024-01-03", amount=-200, reason="charity"),
        tell("invoice.adjusted", "2024-01-03", amount=100, reason="administrative"),
        tell("invoice.adjusted", "2024-01-02", amount=-50, reason="correction"),
        tell("invoice.written_off", "2024-01-04", amount=600),
        as_of="2024-01-31",
    )

    assert figures_on(books, "2024-01-02") == Counter(
        charges=10_000, charge_count=1, charge_corrections=-50
    )
    assert figures_on(books, "2024-01-03") == Counter(
        contractual_adjustments=4_000, other_adjustments=400
    )
    assert figures_on(books, "2024-01-04") == Counter(write_offs=600)


def test_a_void_mirrors_each_item_on_the_later_day() -> None:
    books = books_of(
        tell("invoice.issued", "2024-01-02", amount=10_000),
        tell("invoice.adjusted", "2024-01-03", amount=-1_000),
        tell("invoice.written_off", "2024-01-04", amount=600),
        tell("invoice.voided", "2024-01-10"),
        tell("invoice.adjusted", "2024-01-12", amount=-250),
        as_of="2024-01-31",
    )

    assert figures_on(books, "2024-01-10") == Counter(voids=9_000, write_offs=-600)
    assert figures_on(books, "2024-01-12") == Counter(contractual_adjustments=250, voids=-250)


def test_a_void_of_an_invoice_not_issued_yet_waits_for_it() -> None:
    story = (
        tell("invoice.voided", "2024-01-02"),
        tell("invoice.adjusted", "2024-01-03", amount=-100),
        tell("invoice.issued", "2024-01-05", amount=1_000),
    )

    before = books_of(*story, as_of="2024-01-04")
    after = books_of(*story, as_of="2024-01-05")

    assert figures_on(before, "2024-01-03") == Counter(contractual_adjustments=100)
    assert figures_on(after, "2024-01-05") == Counter(charges=1_000, charge_count=1, voids=900)


def test_recoveries_are_dated_when_written_off_money_comes_in() -> None:
    books = books_of(
        tell("invoice.issued", "2024-01-01", amount=10_000),
        tell("invoice.written_off", "2024-02-01", amount=10_000),
        tell("payment.succeeded", "2024-02-10", amount=2_500, invoice_id="inv1"),
        tell("payment.refunded", "2024-02-12", amount=500),
        as_of="2024-02-29",
    )

    assert figures_on(books, "2024-02-01")["recoveries"] == 0
    assert figures_on(books, "2024-02-10")["recoveries"] == 2_500
    assert figures_on(books, "2024-02-12")["recoveries"] == -500


def test_money_without_a_known_payment_counts_under_unknown() -> None:
    books = books_of(tell("payment.refunded", "2024-01-03", amount=3_000), as_of="2024-01-31")

    cell = Cell(*USD, date(2024, 1, 3), "unknown", "unknown", "unknown", "unknown")
    assert books.revenue() == {cell: Counter(refunds=3_000, refund_count=1)}


def test_a_parent_gives_its_dimensions_once_it_is_known() -> None:
    story = (
        tell("payment.refunded", "2024-01-03", amount=3_000),
        tell(
            "payment.succeeded",
            "2024-01-05",
            amount=3_000,
            method="check",
            payer_type="insurance",
            invoice_id="inv1",
        ),
        tell("invoice.issued", "2024-01-07", amount=9, provider="dr-a", category="surgery"),
    )

    fifth = books_of(*story, as_of="2024-01-05").revenue()
    seventh = books_of(*story, as_of="2024-01-07").revenue()

    of_payment = Cell(*USD, date(2024, 1, 3), "check", "insurance", "unknown", "unknown")
    of_invoice = Cell(*USD, date(2024, 1, 3), "check", "insurance", "dr-a", "surgery")
    assert fifth[of_payment]["refunds"] == 3_000
    assert seventh[of_invoice]["refunds"] == 3_000
    assert of_payment not in seventh


def test_a_refund_is_billed_under_the_invoice_it_names() -> None:
    books = books_of(
        tell("invoice.issued", "2024-01-01", amount=9, provider="dr-a"),
        tell("invoice.issued", "2024-01-01", amount=9, provider="dr-b", invoice_id="inv2"),
        tell("payment.succeeded", "2024-01-02", amount=9, invoice_id="inv1"),
        tell("payment.refunded", "2024-01-03", amount=4, invoice_id="inv2"),
        tell("payment.refunded", "2024-01-04", amount=5),
        tell("payment.disputed", "2024-01-05", amount=1, invoice_id="inv9"),
        as_of="2024-01-31",
    )

    providers = {cell.business_date.day: cell.provider for cell in books.revenue()}
    assert providers == {1: "dr-b", 2: "dr-a", 3: "dr-b", 4: "dr-a", 5: "unknown"}


def test_a_charge_counts_under_who_owed_at_issue() -> None:
    books = books_of(
        tell("invoice.issued", "2024-01-01", amount=9, payer_type="insurance"),
        tell("invoice.responsibility_changed", "2024-01-02", payer_type="patient"),
        tell("invoice.adjusted", "2024-01-03", amount=-1),
        as_of="2024-01-31",
    )

    assert {cell.payer_type for cell in books.revenue()} == {"insurance"}
    assert {cell.method for cell in books.revenue()} == {"unknown"}


def test_the_roll_forward_of_a_period_closes() -> None:
    story = (
        tell("invoice.issued", "2024-01-10", amount=10_000),
        tell("payment.succeeded", "2024-01-20", amount=3_000, invoice_id="inv1"),
        tell("invoice.issued", "2024-02-02", amount=5_000, invoice_id="inv2"),
        tell("invoice.adjusted", "2024-02-03", amount=-1_000),
        tell("invoice.written_off", "2024-02-04", amount=6_000),
        tell("payment.succeeded", "2024-02-05", amount=2_000, payment_id="p2", invoice_id="inv1"),
        tell("invoice.voided", "2024-02-06", invoice_id="inv2"),
    )
    before = books_of(*story, as_of=str(date(2024, 2, 1) - timedelta(days=1))).totals()[USD]
    after = books_of(*story, as_of="2024-02-29").totals()[USD]

    rolled = roll_forward(before, after)

    assert (rolled.opening, rolled.closing) == (7_000, 0)
    assert (rolled.charges, rolled.adjustments, rolled.voids) == (5_000, -1_000, 5_000)
    assert (rolled.write_offs, rolled.recoveries, rolled.landed) == (6_000, 2_000, 2_000)


def test_no_figure_crosses_a_currency() -> None:
    books = books_of(
        tell("payment.succeeded", "2024-01-02", amount=5),
        tell("payment.succeeded", "2024-01-02", amount=700, currency="JPY", payment_id="pay2"),
        as_of="2024-01-31",
    )

    assert figures_on(books, "2024-01-02") == Counter(gross_payments=5, payment_count=1)
