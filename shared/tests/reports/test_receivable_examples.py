"""Receivables worked out by hand: recoveries, voids, disputes, allocations, plans."""

from datetime import date, timedelta

import pytest

from careledger import clock
from support.history_events import CLINICS
from support.reading import Storyteller
from support.stories import tell

pytestmark = pytest.mark.integration


async def test_money_after_a_write_off_is_a_recovery_and_no_credit(story: Storyteller) -> None:
    told = await story(
        tell("invoice.issued", "2024-03-01", amount=10_000),
        tell("invoice.written_off", "2024-06-01", amount=10_000),
        tell("payment.succeeded", "2024-07-01", amount=4_000, invoice_id="inv1"),
    )

    before = await told.receivable(as_of="2024-06-30")
    after = await told.receivable()

    assert (before.written_off, before.balance, before.status) == (10_000, 0, "written_off")
    assert (after.written_off, after.balance, after.status) == (6_000, 0, "written_off")


async def test_a_void_after_payment_leaves_what_landed_as_a_credit(story: Storyteller) -> None:
    told = await story(
        tell("invoice.issued", "2024-03-01", amount=10_000),
        tell("payment.succeeded", "2024-03-05", amount=4_000, invoice_id="inv1"),
        tell("invoice.voided", "2024-03-09"),
    )

    before = await told.receivable(as_of="2024-03-08")
    then = await told.receivable(as_of="2024-03-10")
    after = await told.receivable()
    summary = await told.summary()

    assert (before.balance, before.status, before.voided_on) == (6_000, "current", None)
    assert (then.balance, then.status) == (-4_000, "credit")
    assert (after.balance, after.status, after.voided_on) == (-4_000, "credit", date(2024, 3, 9))
    assert summary.outstanding.amount == 0
    assert summary.overpaid.amount == 4_000


async def test_a_refund_after_a_void_lowers_what_is_left_of_it(story: Storyteller) -> None:
    told = await story(
        tell("invoice.issued", "2024-03-01", amount=10_000),
        tell("payment.succeeded", "2024-03-05", amount=4_000, invoice_id="inv1"),
        tell("invoice.voided", "2024-03-09"),
        tell("payment.refunded", "2024-03-12", amount=1_500, refund_id="r1"),
    )

    assert (await told.receivable(as_of="2024-03-11")).balance == -4_000
    assert (await told.receivable()).balance == -2_500
    assert (await told.summary()).overpaid.amount == 2_500


async def test_a_dispute_reopens_the_invoice_and_its_reversal_closes_it(story: Storyteller) -> None:
    told = await story(
        tell("invoice.issued", "2024-03-01", amount=10_000),
        tell("payment.succeeded", "2024-03-05", amount=10_000, invoice_id="inv1"),
        tell("payment.disputed", "2024-04-01", amount=10_000, dispute_id="d1"),
        tell("payment.dispute_reversed", "2024-05-01", amount=10_000, dispute_id="d1"),
    )

    balances = [
        (await told.receivable(as_of=day)).balance
        for day in ("2024-03-31", "2024-04-01", "2024-05-01")
    ]

    assert balances == [0, 10_000, 0]


async def test_a_moved_allocation_opens_one_invoice_and_pays_the_other(story: Storyteller) -> None:
    told = await story(
        tell("invoice.issued", "2024-03-01", amount=5_000),
        tell("invoice.issued", "2024-03-01", amount=5_000, invoice_id="inv2"),
        tell("payment.succeeded", "2024-03-05", amount=5_000, invoice_id="inv1"),
        tell("payment.allocated", "2024-03-09", amount=5_000, invoice_id="inv2"),
    )

    before = await told.receivables(as_of="2024-03-08")
    after = await told.receivables()

    assert [(r.invoice_id, r.balance) for r in before] == [("inv2", 5_000)]
    assert [(r.invoice_id, r.balance) for r in after] == [("inv1", 5_000)]


async def test_installments_age_each_by_its_own_date_the_oldest_paid_first(
    story: Storyteller,
) -> None:
    plan = [
        {"due_on": "2024-03-01", "amount": 4_000},
        {"due_on": "2024-04-01", "amount": 3_000},
        {"due_on": "2024-05-01", "amount": 3_000},
    ]
    told = await story(
        tell("invoice.issued", "2024-02-01", amount=10_000, installments=plan),
        tell("payment.succeeded", "2024-03-02", amount=5_000, invoice_id="inv1"),
        tell("invoice.adjusted", "2024-03-03", amount=-500, reason="discount"),
    )

    row = await told.receivable(as_of="2024-04-20")
    summary = await told.summary(as_of="2024-04-20")
    detail = await told.detail("inv1", as_of="2024-04-20")

    assert (row.balance, row.due_on, row.days_overdue) == (4_500, date(2024, 4, 1), 19)
    assert (row.buckets.days_1_30, row.buckets.current) == (1_500, 3_000)
    assert [(b.bucket, b.amount, b.count) for b in summary.buckets if b.amount] == [
        ("current", 3_000, 0),
        ("1-30", 1_500, 1),
    ]
    assert [(part.amount, part.open) for part in detail.installments] == [
        (4_000, 0),
        (3_000, 1_500),
        (3_000, 3_000),
    ]


async def test_a_prepayment_is_credit_until_its_invoice_is_issued(story: Storyteller) -> None:
    told = await story(
        tell("payment.succeeded", "2024-03-01", amount=4_000, invoice_id="inv1"),
        tell("invoice.issued", "2024-03-10", amount=10_000),
    )

    before = await told.summary(as_of="2024-03-09")
    after = await told.summary()

    assert (before.outstanding.amount, before.unapplied_credits.amount) == (0, 4_000)
    assert (after.outstanding.amount, after.unapplied_credits.amount) == (6_000, 0)


async def test_what_is_due_who_owes_and_collections_follow_the_latest_fact(
    story: Storyteller,
) -> None:
    told = await story(
        tell("invoice.issued", "2024-03-01", amount=100, due_on="2024-03-31"),
        tell("invoice.sent_to_collections", "2024-06-01"),
        tell("invoice.responsibility_changed", "2024-04-01", payer_type="insurance"),
        tell("invoice.due_date_changed", "2024-05-01", due_on="2024-12-31"),
        tell("invoice.recalled_from_collections", "2024-07-01"),
    )

    rows = [
        await told.receivable(as_of=day)
        for day in ("2024-03-31", "2024-04-01", "2024-05-01", "2024-06-15", "2024-07-01")
    ]

    assert [row.status for row in rows] == [
        "current",
        "overdue",
        "current",
        "collection",
        "current",
    ]
    assert [row.payer_type for row in rows] == ["patient", *["insurance"] * 4]
    assert rows[-1].due_on == date(2024, 12, 31)


async def test_without_a_due_date_the_clinics_terms_hold(story: Storyteller) -> None:
    told = await story(tell("invoice.issued", "2024-03-01", amount=100))

    row = await told.receivable()

    assert row.due_on == date(2024, 3, 31)


async def test_the_total_does_not_depend_on_the_basis_and_the_status_is_by_due_date(
    story: Storyteller,
) -> None:
    told = await story(
        tell(
            "invoice.issued",
            "2024-03-01",
            amount=100,
            service_date="2023-12-01",
            due_on="2024-06-01",
        )
    )

    found = {
        basis: await told.receivable(basis=basis, as_of="2024-04-15")
        for basis in ("due_date", "service_date", "issued_on")
    }
    totals = [
        (await told.summary(basis=basis, as_of="2024-04-15")).outstanding.amount for basis in found
    ]

    assert found["due_date"].buckets.current == 100
    assert found["service_date"].buckets.over_90 == 100
    assert found["issued_on"].buckets.days_31_60 == 100
    assert {row.status for row in found.values()} == {"current"}
    assert totals == [100, 100, 100]


async def test_an_earlier_watermark_does_not_know_the_later_payment(story: Storyteller) -> None:
    told = await story(
        tell("invoice.issued", "2024-03-01", amount=10_000),
        tell("payment.succeeded", "2024-03-05", amount=4_000, invoice_id="inv1"),
    )

    # A day that is named: today of all clinics may be tomorrow in the one that asks alone.
    known = {"watermark": told.watermark(1), "as_of": "2024-12-31"}
    row = await told.receivable(**known)
    of_patient = await told.receivable(**known, patient_id="p1")
    detail = await told.detail("inv1", **known)

    assert row.balance == 10_000
    assert row == of_patient == detail.receivable


async def test_a_fact_dated_tomorrow_is_not_known_today(story: Storyteller) -> None:
    told = await story(
        tell("invoice.issued", "2024-12-01", amount=10_000),
        tell("payment.succeeded", "2025-01-02", amount=4_000, invoice_id="inv1"),
        tell("payment.refunded", "2025-01-02", amount=1_000, business_date="2025-01-03"),
    )

    row = await told.receivable(as_of="2025-01-02")

    assert row.balance == 6_000


async def test_the_detail_shows_every_leg_of_the_payments_that_touch_it(story: Storyteller) -> None:
    told = await story(
        tell("invoice.issued", "2024-03-01", amount=10_000),
        tell("payment.succeeded", "2024-03-05", amount=4_000),
        tell("payment.allocated", "2024-03-06", amount=3_000, invoice_id="inv1"),
        tell("payment.succeeded", "2024-03-07", amount=1, payment_id="other"),
    )

    detail = await told.detail("inv1")

    assert [(entry.kind, entry.leg) for entry in detail.entries] == [
        ("charge", 1),
        ("payment", 1),
        ("allocation", 1),
        ("allocation", 2),
    ]
    assert detail.patient_url is None


@pytest.mark.parametrize(("day", "status"), [("2024-03-31", "current"), ("2024-04-01", "overdue")])
async def test_a_receivable_is_overdue_from_the_day_after_it_is_due(
    story: Storyteller, day: str, status: str
) -> None:
    told = await story(tell("invoice.issued", "2024-03-01", amount=100, due_on="2024-03-31"))

    (row,) = await told.receivables(as_of=day, statuses=(status,))

    assert row.status == status


@pytest.mark.parametrize("as_of", [None, date(2024, 7, 1)])
async def test_every_bucket_begins_and_ends_on_its_day(
    story: Storyteller, as_of: date | None
) -> None:
    day = as_of or max(clock.today(clinic.zone) for clinic in CLINICS.values())
    told = await story(
        # Something after the past day, or it would be answered as now.
        tell("payment.succeeded", "2024-08-01", amount=1, invoice_id=None),
        *(
            tell(
                "invoice.issued",
                "2024-03-01",
                amount=2**place,
                invoice_id=f"inv{place}",
                due_on=str(day - timedelta(days=age)),
            )
            for place, age in enumerate((0, 1, 30, 31, 60, 61, 90, 91))
        ),
    )

    summary = await told.summary(as_of=as_of)

    # Amounts are powers of two, so that a sum says who is in it.
    assert [bucket.amount for bucket in summary.buckets] == [1, 2 + 4, 8 + 16, 32 + 64, 128]


@pytest.mark.parametrize("as_of", [None, date(2024, 3, 31)])
async def test_the_summary_of_the_only_patient_is_that_of_all(
    story: Storyteller, as_of: date | None
) -> None:
    told = await story(
        tell("invoice.issued", "2024-03-01", amount=10_000),
        tell("payment.succeeded", "2024-03-05", amount=4_000, invoice_id="inv1"),
        tell("payment.succeeded", "2024-03-09", amount=700, invoice_id=None, payment_id="pay2"),
        tell("payment.succeeded", "2024-04-09", amount=300, invoice_id=None, payment_id="pay3"),
    )

    of_patient = await told.summary(patient_id="p1", as_of=as_of)

    assert of_patient == await told.summary(as_of=as_of)
    assert of_patient.outstanding.amount == 6_000
    assert of_patient.unapplied_credits.amount == (700 if as_of else 1_000)
