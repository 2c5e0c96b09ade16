"""Revenue worked out by hand: each movement on its own day, currencies apart."""

from datetime import date

import pytest

from careledger.reports.errors import QuestionError
from careledger.reports.revenue import RevenueReport, RevenueTotals
from support.reading import Storyteller
from support.stories import tell

pytestmark = pytest.mark.integration


def usd(report: RevenueReport) -> RevenueTotals:
    return next(total for total in report.totals if total.currency == "USD")


async def test_a_partial_refund_counts_on_its_own_day_and_leaves_the_sale_alone(
    story: Storyteller,
) -> None:
    told = await story(
        tell("invoice.issued", "2024-03-02", amount=10_000),
        tell("payment.succeeded", "2024-03-05", amount=10_000, invoice_id="inv1"),
        tell("payment.refunded", "2024-04-09", amount=2_500),
    )

    report = await told.revenue("2024-03-01", "2024-04-30", granularity="month")

    march, april = report.series[0].points
    assert (march.gross_payments, march.refunds, march.net_payments) == (10_000, 0, 10_000)
    assert (april.gross_payments, april.refunds, april.net_payments) == (0, 2_500, -2_500)
    assert (april.refund_count, april.average_payment) == (1, None)


async def test_a_dispute_and_its_reversal_count_each_on_its_day_and_fees_apart(
    story: Storyteller,
) -> None:
    told = await story(
        tell("payment.succeeded", "2024-03-05", amount=10_000),
        tell("payment.disputed", "2024-03-06", amount=10_000, dispute_id="d1", fee=1_500),
        tell("payment.dispute_reversed", "2024-03-07", amount=8_000, dispute_id="d1"),
    )

    report = await told.revenue("2024-03-05", "2024-03-07")

    points = report.series[0].points
    assert [point.chargebacks for point in points] == [0, 10_000, -8_000]
    assert [point.processor_fees for point in points] == [0, 1_500, 0]
    assert usd(report).net_payments == 8_000


async def test_two_currencies_are_two_series_and_never_one_sum(story: Storyteller) -> None:
    told = await story(
        tell("payment.succeeded", "2024-03-05", amount=10_000),
        tell("payment.succeeded", "2024-03-05", amount=700, currency="JPY", payment_id="pay2"),
    )

    report = await told.revenue("2024-03-05", "2024-03-05")

    assert [(s.currency, s.totals.gross_payments) for s in report.series] == [
        ("JPY", 700),
        ("USD", 10_000),
    ]
    units = [(unit.currency, unit.exponent) for unit in report.meta.currencies]
    assert units == [("JPY", 0), ("USD", 2)]


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2024-03-10T06:59:59+00:00", "2024-03-10"),
        ("2024-03-10T04:59:59+00:00", "2024-03-09"),
        ("2024-03-11T03:59:59+00:00", "2024-03-10"),
        ("2024-03-11T04:00:00+00:00", "2024-03-11"),
    ],
)
async def test_on_the_day_clocks_change_a_payment_counts_on_the_clinics_own_date(
    story: Storyteller, instant: str, day: str
) -> None:
    told = await story(tell("payment.succeeded", "2024-03-10", amount=1, at=instant))

    report = await told.revenue("2024-03-09", "2024-03-11")

    assert [p.label for p in report.series[0].points if p.payment_count] == [
        date.fromisoformat(day)
    ]


async def test_a_parent_told_late_moves_the_figure_to_its_dimensions(story: Storyteller) -> None:
    told = await story(
        tell("payment.refunded", "2024-03-09", amount=2_500),
        tell("payment.succeeded", "2024-03-05", amount=10_000, method="check"),
    )

    before = await told.revenue(
        "2024-03-01", "2024-03-31", breakdown="method", watermark=told.watermark(1)
    )
    after = await told.revenue("2024-03-01", "2024-03-31", breakdown="method")

    assert [(s.group, s.totals.refunds) for s in before.series] == [("unknown", 2_500)]
    assert [(s.group, s.totals.refunds) for s in after.series] == [("check", 2_500)]


async def test_cells_of_a_breakdown_add_up_to_the_totals(story: Storyteller) -> None:
    told = await story(
        tell("invoice.issued", "2024-03-02", amount=9_000, provider="dr-a"),
        tell("payment.succeeded", "2024-03-05", amount=1_000, invoice_id="inv1"),
        tell("payment.succeeded", "2024-03-06", amount=200, payment_id="pay2", method="cash"),
        tell("payment.corrected", "2024-03-07", amount=-30, payment_id="pay2"),
    )

    for breakdown in ("clinic", "method", "payer_type", "category", "provider"):
        report = await told.revenue(
            "2024-03-01", "2024-03-31", granularity="week", breakdown=breakdown
        )
        assert sum(series.totals.net_payments for series in report.series) == 1_170
        assert usd(report).net_payments == 1_170
        assert sum(series.totals.charge_side.charges for series in report.series) == 9_000


async def test_a_filter_keeps_what_it_names(story: Storyteller) -> None:
    told = await story(
        tell("payment.succeeded", "2024-03-05", amount=1_000),
        tell("payment.succeeded", "2024-03-06", amount=200, payment_id="pay2", method="cash"),
    )

    report = await told.revenue("2024-03-01", "2024-03-31", methods=("cash", "check"))

    assert usd(report).gross_payments == 200


async def test_charge_side_figures_stand_apart_and_a_void_takes_them_back_on_its_day(
    story: Storyteller,
) -> None:
    told = await story(
        tell("invoice.issued", "2024-03-02", amount=10_000),
        tell("invoice.adjusted", "2024-03-03", amount=-2_000),
        tell("invoice.adjusted", "2024-03-04", amount=-500, reason="discount"),
        tell("invoice.adjusted", "2024-03-05", amount=300, reason="correction"),
        tell("invoice.voided", "2024-04-01"),
    )

    report = await told.revenue("2024-03-01", "2024-04-30", granularity="month")

    march, april = (point.charge_side for point in report.series[0].points)
    assert (march.charges, march.charge_count, march.charge_corrections) == (10_000, 1, 300)
    assert (march.contractual_adjustments, march.other_adjustments) == (2_000, 500)
    assert march.net_charges == 10_000 + 300 - 2_000
    assert (april.voids, april.net_charges) == (7_800, -7_800)


async def test_an_earlier_as_of_day_knows_no_later_leg_and_no_later_parent(
    story: Storyteller,
) -> None:
    told = await story(
        tell("payment.succeeded", "2024-03-20", amount=10_000, method="check"),
        tell("payment.refunded", "2024-03-09", amount=2_500),
    )

    report = await told.revenue("2024-03-01", "2024-03-31", breakdown="method", as_of="2024-03-10")

    (unknown,) = report.series
    assert (unknown.group, unknown.totals.refunds) == ("unknown", 2_500)
    assert usd(report).gross_payments == 0
    assert report.meta.as_of == date(2024, 3, 10)


async def test_an_earlier_watermark_repeats_its_answer_digit_for_digit(story: Storyteller) -> None:
    tellings = [
        tell("payment.succeeded", "2024-03-05", amount=10_000),
        tell("payment.refunded", "2024-03-09", amount=2_500),
        tell("payment.succeeded", "2024-03-05", amount=700, currency="EUR", payment_id="pay2"),
    ]
    first = await story(tellings[0])
    original = await first.revenue("2024-03-01", "2024-03-31")
    told = await story(*tellings)

    repeated = await told.revenue("2024-03-01", "2024-03-31", watermark=told.watermark(1))

    assert repeated.series == original.series
    assert repeated.meta.digest == original.meta.digest
    assert repeated.meta.data_through is None
    assert repeated.meta.stale is None


async def test_a_watermark_that_is_not_recorded_yet_is_refused(story: Storyteller) -> None:
    told = await story(tell("payment.succeeded", "2024-03-05", amount=1))

    with pytest.raises(QuestionError, match="not recorded yet"):
        await told.revenue("2024-03-01", "2024-03-31", watermark="0:999999999")


async def test_an_as_of_day_later_than_today_is_refused(story: Storyteller) -> None:
    told = await story(tell("payment.succeeded", "2024-03-05", amount=1))

    with pytest.raises(QuestionError, match="later than today") as refused:
        await told.revenue("2024-03-01", "2024-03-31", as_of="2199-01-01")

    assert refused.value.parameter == "as_of"


async def test_a_month_is_compared_with_the_month_before(story: Storyteller) -> None:
    told = await story(
        tell("payment.succeeded", "2024-02-28", amount=300),
        tell("payment.succeeded", "2024-03-31", amount=900, payment_id="pay2"),
        tell("payment.succeeded", "2023-03-31", amount=70, payment_id="pay3"),
    )
    march = {"granularity": "month"}

    month = await told.revenue("2024-03-01", "2024-03-31", compare="previous_period", **march)
    year = await told.revenue("2024-03-01", "2024-03-31", compare="previous_year", **march)

    assert month.comparison is not None
    assert month.comparison.interval.start_date == date(2024, 2, 1)
    assert month.comparison.totals[0].gross_payments == 300
    assert year.comparison is not None
    assert year.comparison.totals[0].gross_payments == 70
    assert usd(month).gross_payments == usd(year).gross_payments == 900


async def test_a_range_without_payments_shows_zeros_of_the_clinics_currency(
    story: Storyteller,
) -> None:
    told = await story(tell("payment.succeeded", "2024-03-05", amount=1))

    report = await told.revenue("2024-05-01", "2024-05-03")

    (series,) = report.series
    assert [point.net_payments for point in series.points] == [0, 0, 0]
    assert [point.average_payment for point in series.points] == [None, None, None]


async def test_meta_says_where_the_figures_come_from(story: Storyteller) -> None:
    told = await story(tell("payment.succeeded", "2024-03-05", amount=1))

    meta = (await told.revenue("2024-03-01", "2024-03-31")).meta

    assert meta.basis == "business_date"
    assert meta.time_zones == ["America/New_York", "Australia/Lord_Howe", "Europe/Berlin"]
    assert meta.watermark == told.watermark(1)
    assert {"id": "net_payments", "version": 1} in [one.model_dump() for one in meta.definitions]
    assert len(meta.digest) == 64
