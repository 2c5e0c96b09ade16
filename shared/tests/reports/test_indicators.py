"""Indicators: worked out by hand, and the oracle's for random histories."""

from collections.abc import Callable
from datetime import date
from random import Random

import pytest

from aggregator.closing import close_days
from careledger.reports.errors import QuestionError
from careledger.reports.indicators import (
    CurrencyIndicators,
    IndicatorsQuery,
    IndicatorsReport,
    read_indicators,
)
from careledger.reports.indicators.ratios import days_of, ratio
from support import indicator_answers
from support.histories import seeded_history, to_log, watermark_after
from support.history_events import CLINICS, World
from support.oracle.books import Books, read_books
from support.oracle.facts import Watermark
from support.oracle.log import LogRecord
from support.reading import Storyteller, Told
from support.stories import tell

pytestmark = pytest.mark.integration

SEEDS = [*range(3), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(3, 40))]
STEPS = 120


async def ask(told: Told, start: str, end: str, **asked: object) -> IndicatorsReport:
    fields = {"start_date": start, "end_date": end, **asked}
    return await told.ask(read_indicators, IndicatorsQuery.model_validate(fields))


async def usd(told: Told, start: str, end: str, **asked: object) -> CurrencyIndicators:
    report = await ask(told, start, end, **asked)
    return next(one for one in report.currencies if one.currency == "USD")


async def test_collection_rates_compare_money_with_the_charges_of_the_same_invoices(
    story: Storyteller,
) -> None:
    told = await story(
        tell("invoice.issued", "2024-03-10", amount=10_000, service_date="2024-02-28"),
        tell("invoice.adjusted", "2024-03-20", amount=-2_000, reason="contractual"),
        tell("invoice.adjusted", "2024-03-21", amount=-1_000, reason="charity"),
        tell("payment.succeeded", "2024-04-02", amount=6_000, invoice_id="inv1"),
        tell("invoice.issued", "2024-03-15", amount=90_000, invoice_id="inv2"),
    )

    february = await usd(told, "2024-02-01", "2024-02-29")

    net, gross = february.range.net_collection, february.range.gross_collection
    assert (net.landed, net.charges, net.rate) == (6_000, 8_000, "0.7500")
    assert (gross.landed, gross.charges, gross.rate) == (6_000, 10_000, "0.6000")


async def test_days_in_ar_and_aged_ar_are_those_of_the_last_day_of_each_period(
    story: Storyteller,
) -> None:
    told = await story(
        tell("invoice.issued", "2024-01-01", amount=9_000, due_on="2024-01-01"),
        tell("payment.succeeded", "2024-04-15", amount=6_000, invoice_id="inv1"),
        tell("invoice.issued", "2024-04-20", amount=6_000, invoice_id="inv2"),
    )

    trend = await usd(told, "2024-03-01", "2024-04-30", days=120)

    assert [point.days_in_ar.value for point in trend.points] == ["120.0", "180.0"]
    assert [(p.aged_ar.over_90, p.aged_ar.rate) for p in trend.points] == [
        (0, "0.0000"),
        (3_000, "0.3333"),
    ]


async def test_a_recovery_lowers_bad_debt_and_the_roll_forward_closes(story: Storyteller) -> None:
    told = await story(
        tell("invoice.issued", "2024-01-05", amount=10_000),
        tell("invoice.written_off", "2024-02-10", amount=10_000),
        tell("payment.succeeded", "2024-03-15", amount=4_000, invoice_id="inv1"),
    )

    trend = await usd(told, "2024-01-01", "2024-03-31")

    assert [tuple(point.bad_debt.model_dump().values()) for point in trend.points] == [
        (0, 0, 0),
        (10_000, 0, 10_000),
        (0, 4_000, -4_000),
    ]
    assert [(point.roll_forward.opening, point.roll_forward.closing) for point in trend.points] == [
        (0, 10_000),
        (10_000, 0),
        (0, 0),
    ]


async def test_the_payer_mix_says_who_was_charged_and_who_paid(story: Storyteller) -> None:
    told = await story(
        tell("invoice.issued", "2024-01-05", amount=7_500, payer_type="insurance"),
        tell("invoice.issued", "2024-01-06", amount=2_500, invoice_id="inv2"),
        tell("payment.succeeded", "2024-01-07", amount=1_000),
    )

    mix = (await usd(told, "2024-01-01", "2024-01-31")).range.payer_mix

    assert [(one.payer_type, one.share) for one in mix.charges] == [
        ("insurance", "0.7500"),
        ("patient", "0.2500"),
    ]
    assert [(one.payer_type, one.share) for one in mix.payments] == [("unknown", "1.0000")]


@pytest.mark.parametrize(
    ("start", "end", "as_of", "parameter"),
    [
        ("2024-02-01", "2024-01-01", None, "end_date"),
        ("2024-02-01", "2024-02-02", "2024-01-31", "start_date"),
        ("1990-01-01", "2024-01-01", None, "granularity"),
    ],
)
async def test_a_range_without_a_full_answer_is_refused(
    story: Storyteller, start: str, end: str, as_of: str | None, parameter: str
) -> None:
    told = await story(tell("invoice.issued", "2024-01-05", amount=10_000))

    with pytest.raises(QuestionError) as refused:
        await ask(told, start, end, as_of=as_of)

    assert refused.value.parameter == parameter


def test_ratios_are_exact_and_have_no_value_without_a_denominator() -> None:
    assert ratio(10**18, 3 * 10**18) == "0.3333"
    assert ratio(-5, 100_000) == "0.0000"
    assert ratio(-15, 100_000) == "-0.0002"
    assert ratio(1, 0) is None
    assert ratio(1, -1) is None
    assert days_of(1, 8, 2) == "0.2"
    assert days_of(3, 8, 2) == "0.8"


def books_at(log: list[LogRecord], known: Watermark | None) -> Callable[[date], Books]:
    read: dict[date, Books] = {}

    def books_of(day: date) -> Books:
        if day not in read:
            read[day] = read_books(log, CLINICS, as_of=day, watermark=known)
        return read[day]

    return books_of


@pytest.mark.parametrize("seed", SEEDS)
async def test_indicators_are_the_oracles(story: Storyteller, seed: int) -> None:
    pick = Random(seed)  # noqa: S311 - test data, and it must repeat
    world = World(patients=pick.choice((2, 4)), parents_per_patient=2, fact_ids=300)
    log = to_log(seeded_history(seed + 2_000, STEPS, world))
    told = await story.record(log, pick.choice)
    for _ in range(pick.choice((0, 1, 100))):
        await close_days(story.writer, at_once=pick.choice((20, 100_000)))
    known = pick.choice((None, watermark_after(log[: pick.randrange(STEPS)])))
    as_of = pick.choice((date(2025, 1, 3), date(2024, 10, 27), date(2024, 11, 3)))
    start, days = date(2024, 2, 10), pick.choice((30, 90, 400))
    text = None
    if known is not None:
        text = ",".join(f"{p}:{offset}" for p, offset in enumerate(told.applied.offsets(known)))

    report = await ask(
        told,
        start.isoformat(),
        "2024-12-31",
        granularity=pick.choice(("month", "quarter", "year")),
        days=days,
        as_of=as_of,
        watermark=text,
    )

    found = indicator_answers.answered(report, start, min(as_of, date(2024, 12, 31)))
    books_of = books_at(log, known)
    assert found == {
        span: indicator_answers.expected(books_of, *span, as_of=as_of, days=days) for span in found
    }
    assert {one.currency for one in report.currencies} >= {
        key.currency for key, _ in books_of(as_of).invoices
    }
