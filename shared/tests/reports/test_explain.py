"""Explain: the legs of any figure sum up to it, to what is served and to the oracle's."""

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

import pytest

from aggregator.closing import close_days
from careledger.reports.errors import QuestionError
from careledger.reports.explain import ExplainedLeg, ExplainQuery, Explanation, read_explanation
from support.explanations import every_figure
from support.histories import seeded_history, to_log, watermark_after
from support.history_events import CLINICS, World
from support.oracle.books import Books, read_books
from support.oracle.facts import Watermark
from support.oracle.log import LogRecord
from support.reading import Storyteller, Told
from support.stories import tell

pytestmark = pytest.mark.integration

SEEDS = [*range(2), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 30))]
STEPS = 70
MARCH = {"start_date": "2024-03-01", "end_date": "2024-03-31"}


async def explain(told: Told, **asked: object) -> Explanation:
    query = ExplainQuery.model_validate({"currency": "USD", **asked})
    found = await told.ask(read_explanation, query)
    assert found is not None
    return found


async def every_leg(told: Told, **asked: object) -> tuple[Explanation, list[ExplainedLeg]]:
    legs: list[ExplainedLeg] = []
    after: str | None = None
    while True:
        page = await explain(told, after=after, **asked)
        legs += page.legs
        after = page.page.next
        if after is None:
            return page, legs


async def test_a_revenue_cell_leads_to_its_legs_on_their_own_days(story: Storyteller) -> None:
    told = await story(
        tell("payment.succeeded", "2024-03-05", amount=10_000, method="card"),
        tell("payment.refunded", "2024-03-09", amount=2_500),
        tell("payment.succeeded", "2024-03-10", amount=700, method="cash", payment_id="pay2"),
    )

    found = await explain(told, metric="net_payments", methods=("card",), **MARCH)

    assert (found.sum, found.served, found.equal) == (7_500, 7_500, True)
    assert [(leg.kind, leg.amount, leg.business_date) for leg in found.legs] == [
        ("payment", 10_000, date(2024, 3, 5)),
        ("refund", -2_500, date(2024, 3, 9)),
    ]


async def test_a_leg_whose_parent_came_later_is_in_the_cell_it_moved_to(
    story: Storyteller,
) -> None:
    told = await story(
        tell("payment.refunded", "2024-03-09", amount=2_500),
        tell("payment.succeeded", "2024-03-05", amount=10_000, method="card"),
    )

    before = await explain(
        told, metric="refunds", methods=("unknown",), watermark=told.watermark(1), **MARCH
    )
    after = await explain(told, metric="refunds", methods=("unknown",), **MARCH)
    moved = await explain(told, metric="refunds", methods=("card",), **MARCH)

    assert [leg.amount for leg in before.legs] == [2_500]
    assert (after.legs, after.sum) == ([], 0)
    assert [leg.amount for leg in moved.legs] == [2_500]


async def test_a_bucket_shows_what_of_a_plan_stands_elsewhere(story: Storyteller) -> None:
    plan = [{"due_on": "2024-03-01", "amount": 4_000}, {"due_on": "2024-06-01", "amount": 6_000}]
    told = await story(
        tell("invoice.issued", "2024-02-01", amount=10_000, installments=plan),
        tell("payment.succeeded", "2024-02-20", amount=1_000, invoice_id="inv1"),
    )

    found = await explain(told, metric="outstanding", bucket="1-30", as_of="2024-03-10")

    assert [(leg.kind or leg.rule, leg.amount) for leg in found.legs] == [
        ("charge", 10_000),
        ("payment", -1_000),
        ("in_other_buckets", -6_000),
    ]
    assert found.sum == 3_000


async def test_a_write_off_beyond_what_was_open_is_shown_as_a_rule(story: Storyteller) -> None:
    told = await story(
        tell("invoice.issued", "2024-03-01", amount=10_000),
        tell("invoice.written_off", "2024-04-01", amount=10_000),
        tell("payment.succeeded", "2024-05-01", amount=4_000, invoice_id="inv1"),
    )
    clinic = {"clinic_ids": (told.applied.scoped("new-york"),)}

    found = await explain(told, metric="receivable_balance", invoice_id="inv1", **clinic)

    assert [(leg.kind or leg.rule, leg.amount) for leg in found.legs] == [
        ("charge", 10_000),
        ("write_off", -10_000),
        ("payment", -4_000),
        ("write_off_not_effective", 4_000),
    ]


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"metric": "refunds"}, "end_date"),
        ({"metric": "refunds", "bucket": "current", **MARCH}, "bucket"),
        ({"metric": "patient_balance"}, "patient_id"),
        ({"metric": "days_in_ar", "component": "voids"}, "component"),
        ({"metric": "payer_mix_charges", **MARCH}, "payer_type"),
        ({"metric": "deficits", "payer_types": ("patient",)}, "payer_type"),
        ({"metric": "refunds", "start_date": "2024-03-02", "end_date": "2024-03-01"}, "end_date"),
    ],
)
async def test_a_parameter_that_does_not_go_with_the_figure_is_refused_by_name(
    story: Storyteller, asked: dict[str, Any], parameter: str
) -> None:
    told = await story(tell("invoice.issued", "2024-03-01", amount=1))

    with pytest.raises(QuestionError) as refused:
        await explain(told, **asked)

    assert refused.value.parameter == parameter


@pytest.mark.long
async def test_ten_thousand_receivables_are_walked_to_the_last_one(story: Storyteller) -> None:
    """On a past day too, which nearly all of them were paid after."""
    amounts = [100 + number % 7 for number in range(10_500)]
    told = await story(
        *(
            tell("invoice.issued", "2024-03-01", amount=amount, invoice_id=f"inv{number}")
            for number, amount in enumerate(amounts)
        ),
        *(
            tell(
                "payment.succeeded",
                "2024-04-01",
                amount=amounts[number],
                invoice_id=f"inv{number}",
                payment_id=f"pay{number}",
            )
            for number in range(10_400)
        ),
    )

    for as_of, left in (("2024-03-31", sum(amounts)), ("2024-04-01", sum(amounts[10_400:]))):
        found, legs = await every_leg(told, metric="outstanding", as_of=as_of, limit=1_000)

        assert found.sum == found.served == left
        assert sum(leg.amount for leg in legs) == left


def books_at(log: list[LogRecord], known: Watermark | None) -> Callable[[date], Books]:
    read: dict[date, Books] = {}

    def books_of(day: date) -> Books:
        if day not in read:
            read[day] = read_books(log, CLINICS, as_of=day, watermark=known)
        return read[day]

    return books_of


@pytest.mark.parametrize("seed", SEEDS)
async def test_every_figure_is_explained_to_the_cent(story: Storyteller, seed: int) -> None:
    pick = Random(seed)  # noqa: S311 - test data, and it must repeat
    log = to_log(seeded_history(seed + 3_000, STEPS, World(patients=2, fact_ids=300)))
    told = await story.record(log, pick.choice)
    for _ in range(pick.choice((0, 1, 100))):
        await close_days(story.writer, at_once=pick.choice((20, 100_000)))
    known = pick.choice((None, watermark_after(log[: pick.randrange(STEPS)])))
    as_of = pick.choice((date(2025, 1, 3), date(2024, 10, 27)))
    text = None
    if known is not None:
        text = ",".join(f"{p}:{offset}" for p, offset in enumerate(told.applied.offsets(known)))
    books_of = books_at(log, known)
    currency = pick.choice(("USD", "EUR"))

    for one in every_figure(books_of, currency, date(2024, 2, 10), date(2024, 11, 3), as_of):
        asked: dict[str, Any] = {**one.asked, "as_of": as_of, "watermark": text}
        if "clinic_ids" in asked:
            asked["clinic_ids"] = tuple(map(told.applied.scoped, asked["clinic_ids"]))

        found, legs = await every_leg(told, limit=pick.choice((2, 1_000)), **asked)

        assert found.sum == found.served == one.amount, one.asked
        assert sum(leg.amount for leg in legs) == one.amount, one.asked
