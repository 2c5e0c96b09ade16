"""Revenue in the profile `suppressed`: however it is asked for, it gives no small cell away."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import product
from random import Random
from typing import Any, NamedTuple

import pytest

from careledger.reports.errors import QuestionError
from careledger.reports.suppressed import (
    PATIENTS_MIN,
    SuppressedQuery,
    SuppressedReport,
    SuppressedTotals,
    read_suppressed,
)
from support.histories import Telling
from support.reading import Storyteller, Told
from support.solver import determined
from support.stories import tell

pytestmark = pytest.mark.integration

FIGURES = ("gross_payments", "refunds", "chargebacks", "payment_corrections", "net_payments")
PARTS = {"gross_payments": 1, "payment_corrections": 1, "refunds": -1, "chargebacks": -1}


async def ask(told: Told, start: str, end: str, **asked: object) -> SuppressedReport:
    query = SuppressedQuery.model_validate({"start_date": start, "end_date": end, **asked})
    return await told.ask(read_suppressed, query)


def payments(count: int, day: str, **said: Any) -> list[Telling]:  # noqa: ANN401 - any field
    return [
        tell(
            "payment.succeeded",
            day,
            patient_id=f"{said.get('method', 'card')}-{number}",
            payment_id=f"{day}-{said.get('method', 'card')}-{number}",
            amount=100,
            **said,
        )
        for number in range(count)
    ]


async def test_few_patients_are_hidden_and_the_next_smallest_with_them(story: Storyteller) -> None:
    told = await story(
        *payments(3, "2024-01-10", method="cash"),
        *payments(12, "2024-01-10", method="check"),
        *payments(30, "2024-01-10", method="card"),
        *payments(11, "2024-02-10", method="cash"),
    )

    report = await ask(told, "2024-01-01", "2024-02-29", breakdown="method")

    shown = {one.group: [point.gross_payments for point in one.points] for one in report.series}
    assert shown == {"card": [3_000, 0], "cash": [None, 1_100], "check": [None, 0]}
    assert [point.gross_payments for point in report.totals[0].points] == [4_500, 1_100]
    assert report.totals[0].totals.gross_payments == 5_600


async def test_a_patient_who_paid_often_is_one_patient(story: Storyteller) -> None:
    often = [
        tell("payment.succeeded", "2024-01-10", amount=100, payment_id=f"pay{number}")
        for number in range(20)
    ]
    told = await story(*often)

    report = await ask(told, "2024-01-01", "2024-01-31")

    assert report.totals[0].points[0].gross_payments is None
    assert report.totals[0].points[0].payment_count is None


async def test_a_refund_of_few_hides_what_it_could_be_computed_from(story: Storyteller) -> None:
    told = await story(
        *payments(20, "2024-01-10", method="card"),
        tell(
            "payment.refunded",
            "2024-01-12",
            amount=40,
            patient_id="card-1",
            payment_id="2024-01-10-card-1",
        ),
    )

    (point,) = (await ask(told, "2024-01-01", "2024-01-31")).totals[0].points

    assert (point.gross_payments, point.refunds, point.net_payments) == (2_000, None, None)


async def test_an_entry_that_a_late_parent_moved_counts_where_it_is_now(story: Storyteller) -> None:
    refunds = [
        tell(
            "payment.refunded",
            "2024-01-12",
            amount=40,
            patient_id=f"cash-{number}",
            payment_id=f"2024-01-10-cash-{number}",
        )
        for number in range(12)
    ]
    told = await story(*refunds, *payments(12, "2024-01-10", method="cash"))

    report = await ask(told, "2024-01-01", "2024-01-31", breakdown="method")

    assert [(one.group, one.points[0].refunds) for one in report.series] == [("cash", 480)]


async def test_an_earlier_answer_comes_again_at_its_watermark(story: Storyteller) -> None:
    early = payments(11, "2024-01-10", method="card")
    told = await story(*early, *payments(40, "2024-01-11", method="check"))

    report = await ask(
        told, "2024-01-01", "2024-01-31", watermark=told.watermark(len(early)), breakdown="method"
    )

    assert [(one.group, one.points[0].gross_payments) for one in report.series] == [("card", 1_100)]


@pytest.mark.parametrize(
    ("start", "end", "granularity"),
    [
        ("2024-01-02", "2024-01-31", "month"),
        ("2024-01-01", "2024-01-30", "month"),
        ("2024-02-01", "2024-04-30", "quarter"),
        ("2024-01-01", "2024-11-30", "year"),
        ("2024-01-01", "2199-12-31", "year"),
    ],
)
async def test_only_whole_periods_that_are_over_are_answered(
    story: Storyteller, start: str, end: str, granularity: str
) -> None:
    told = await story(*payments(1, "2024-01-10", method="card"))

    with pytest.raises(QuestionError):
        await ask(told, start, end, granularity=granularity)


class Payment(NamedTuple):
    patient: int
    month: date
    method: str
    provider: str


async def test_every_table_together_gives_no_small_cell_away(story: Storyteller) -> None:
    dice = Random(7)  # noqa: S311 - test data, and it must repeat
    paid = [
        Payment(
            dice.randrange(45),
            date(2024, dice.randrange(1, 7), 1),
            dice.choice(("card", "card", "card", "check", "cash", "wire")),
            dice.choice(("adams", "adams", "baker", "curie", "dolan")),
        )
        for _ in range(400)
    ]
    told = await story(*tellings(paid, dice))

    equations = [*structure(paid)]
    for granularity, breakdown in product(
        ("month", "quarter"), (None, "clinic", "method", "provider")
    ):
        for start, end in (("2024-01-01", "2024-06-30"), ("2024-01-01", "2024-03-31")):
            report = await ask(told, start, end, granularity=granularity, breakdown=breakdown)
            equations += published(report)

    known = determined(equations)
    small = small_cells(paid)
    assert len(small) > 20
    assert small & known == set()


def tellings(paid: list[Payment], dice: Random) -> Iterator[Telling]:
    for number, one in enumerate(paid):
        said = {"patient_id": f"p{one.patient}", "payment_id": f"pay{number}"}
        day = one.month.replace(day=dice.randrange(1, 28)).isoformat()
        # The provider is that of the invoice.
        invoice = {"patient_id": f"p{one.patient}", "invoice_id": f"inv{number}"}
        yield tell("invoice.issued", day, amount=900, provider=one.provider, **invoice)
        yield tell(
            "payment.succeeded",
            day,
            amount=dice.randrange(1, 900),
            method=one.method,
            invoice_id=f"inv{number}",
            **said,
        )


Unknown = tuple[str, date, str | None, str | None]


def structure(paid: list[Payment]) -> Iterator[dict[Unknown, int]]:
    """Everybody knows that groups sum up to all together, and what net payments are made of."""
    groups: dict[str, set[str]] = {
        "method": {one.method for one in paid},
        "provider": {one.provider for one in paid},
    }
    for month in sorted({one.month for one in paid}):
        for dimension, values in groups.items():
            for figure in FIGURES:
                sums: dict[Unknown, int] = {(figure, month, dimension, one): 1 for one in values}
                yield {**sums, (figure, month, None, None): -1}
            for value in values:
                yield net(month, dimension, value)
        yield net(month, None, None)


def net(month: date, dimension: str | None, group: str | None) -> dict[Unknown, int]:
    parts: dict[Unknown, int] = {
        (figure, month, dimension, group): sign for figure, sign in PARTS.items()
    }
    return {**parts, ("net_payments", month, dimension, group): -1}


def published(report: SuppressedReport) -> Iterator[dict[Unknown, int]]:
    """What an answer tells: each figure that is not hidden is an equation."""
    interval = report.meta.interval
    assert interval is not None
    size = {"month": 1, "quarter": 3, "year": 12}[report.granularity]
    months = [date(2024, number, 1) for number in range(1, interval.end_date.month + 1)]
    for one in report.series:
        if report.breakdown != "clinic":
            for point in one.points:
                place = point.label.month - 1
                yield from told_by(point, months[place : place + size], report.breakdown, one.group)
            yield from told_by(one.totals, months, report.breakdown, one.group)
    for every in report.totals:
        for point in every.points:
            place = point.label.month - 1
            yield from told_by(point, months[place : place + size], None, None)
        yield from told_by(every.totals, months, None, None)


def told_by(
    figures: SuppressedTotals, months: list[date], dimension: str | None, group: str | None
) -> Iterator[dict[Unknown, int]]:
    for figure in FIGURES:
        if getattr(figures, figure) is not None:
            yield {(figure, month, dimension, group): 1 for month in months}


def small_cells(paid: list[Payment]) -> set[Unknown]:
    patients: defaultdict[Unknown, set[int]] = defaultdict(set)
    for one in paid:
        patients["gross_payments", one.month, "method", one.method].add(one.patient)
        patients["gross_payments", one.month, "provider", one.provider].add(one.patient)
        patients["gross_payments", one.month, None, None].add(one.patient)
    return {cell for cell, some in patients.items() if len(some) < PATIENTS_MIN}
