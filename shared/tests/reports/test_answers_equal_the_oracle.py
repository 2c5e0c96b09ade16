"""Every answer of the read model equals the oracle's, now, at past days and watermarks."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any, TypeVar, get_args

import pytest

from aggregator.closing import close_days
from careledger.reports.exceptions import ExceptionsReport
from careledger.reports.outstanding import read_outstanding, read_outstanding_summary
from careledger.reports.receivables import (
    AgingBasis,
    OutstandingQuery,
    OutstandingReport,
    ReceivablesFilter,
    SortKey,
)
from careledger.reports.revenue import Breakdown, RevenueQuery, read_revenue
from support import answers
from support.histories import seeded_history, to_log, watermark_after
from support.history_events import CLINICS, World
from support.oracle.books import Books, read_books
from support.oracle.facts import Watermark
from support.reading import Storyteller, Told

pytestmark = pytest.mark.integration

SEEDS = [*range(3), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(3, 20))]
STEPS = 80
QUESTIONS = 3
Answer = TypeVar("Answer", OutstandingReport, ExceptionsReport)
Row = TypeVar("Row")
BREAKDOWNS: tuple[Breakdown, ...] = get_args(Breakdown)
EVERY_STATUS = ("current", "overdue", "collection", "paid", "written_off", "voided", "credit")
BASES: tuple[AgingBasis, ...] = get_args(AgingBasis)
SORT_KEYS: tuple[SortKey, ...] = get_args(SortKey)


@dataclass(frozen=True)
class Question:
    """A history in the database, the day and watermark asked about, and the oracle's books."""

    told: Told
    books: Books
    as_of: date
    watermark: str | None

    @property
    def known(self) -> dict[str, Any]:
        """The fields every question has."""
        return {"as_of": self.as_of, "watermark": self.watermark}


@pytest.fixture(params=SEEDS)
async def questions(request: pytest.FixtureRequest, story: Storyteller) -> list[Question]:
    pick = Random(request.param)  # noqa: S311 - test data, and it must repeat
    world = World(
        patients=pick.choice((2, 4)), parents_per_patient=pick.choice((1, 3)), fact_ids=300
    )
    log = to_log(seeded_history(request.param, STEPS, world))
    told = await story.record(log, pick.choice)
    # Past days are closed not at all, in part, or as far as the log is.
    for _ in range(pick.choice((0, 1, 100))):
        await close_days(story.writer, at_once=pick.choice((20, 100_000)))
    days = [record.time.date() for record in log]
    asked = [(date(2025, 1, 3), None)]
    asked += [
        (pick.choice(days), pick.choice((None, watermark_after(log[: pick.randrange(STEPS)]))))
        for _ in range(QUESTIONS - 1)
    ]
    return [_question(told, day, watermark) for day, watermark in asked]


def _question(told: Told, as_of: date, watermark: Watermark | None) -> Question:
    books = read_books(told.log, CLINICS, as_of=as_of, watermark=watermark)
    text = None
    if watermark is not None:
        offsets = told.applied.offsets(watermark)
        text = ",".join(f"{part}:{offset}" for part, offset in enumerate(offsets))
    return Question(told, books, as_of, text)


async def every_page(
    ask: Callable[[str | None], Awaitable[Answer]], rows: Callable[[Answer], list[Row]]
) -> list[Row]:
    found: list[Row] = []
    after: str | None = None
    while True:
        answer = await ask(after)
        found += rows(answer)
        after = answer.page.next
        if after is None:
            return found


async def test_revenue_is_the_oracles(questions: list[Question]) -> None:
    for question in questions:
        cells = question.books.revenue()
        for breakdown in (None, *BREAKDOWNS):
            query = RevenueQuery(
                start_date=date(1900, 1, 1),
                end_date=date(2025, 1, 3),
                granularity="month",
                breakdown=breakdown,
                methods=("card", "unknown") if breakdown == "provider" else (),
                **question.known,
            )

            report = await question.told.ask(read_revenue, query)

            found = answers.revenue(question.told, report)
            assert found == answers.oracle_revenue(cells, query)


@pytest.mark.parametrize("descending", [False, True])
async def test_receivables_are_the_oracles(questions: list[Question], *, descending: bool) -> None:
    for question in questions:
        for basis, sort in zip((*BASES, *BASES), SORT_KEYS, strict=False):

            async def ask(
                after: str | None,
                question: Question = question,
                basis: AgingBasis = basis,
                sort: SortKey = sort,
            ) -> OutstandingReport:
                query = OutstandingQuery(
                    basis=basis,
                    statuses=EVERY_STATUS,
                    sort=sort,
                    descending=descending,
                    limit=4,
                    after=after,
                    **question.known,
                )
                return await question.told.ask(read_outstanding, query)

            rows = await every_page(ask, lambda answer: answer.receivables)

            found = answers.receivables(question.told, rows)
            assert found == answers.oracle_receivables(question.books, basis)
            keys = [getattr(row, sort) for row in rows]
            assert keys == sorted(keys, reverse=descending)


async def test_open_receivables_and_their_summary_equal_the_oracle(
    questions: list[Question],
) -> None:
    for question in questions:
        for basis in BASES:
            rows = await question.told.receivables(basis=basis, limit=1_000, **question.known)
            query = ReceivablesFilter(basis=basis, **question.known)
            summary = await question.told.ask(read_outstanding_summary, query)

            open_ = answers.oracle_receivables(question.books, basis, closed=False)
            assert answers.receivables(question.told, rows) == open_
            found = answers.summaries(summary.currencies)
            assert found == answers.oracle_summaries(question.books, basis)


async def test_a_patients_receivables_are_the_same_as_among_all(questions: list[Question]) -> None:
    for question in questions:
        rows = await question.told.receivables(limit=1_000, **question.known)
        for patient_id in {row.patient_id for row in rows}:
            own = await question.told.receivables(patient_id=patient_id, **question.known)

            assert own == [row for row in rows if row.patient_id == patient_id]


async def test_the_detail_says_what_the_list_says(questions: list[Question]) -> None:
    for question in questions:
        rows = await question.told.receivables(limit=1_000, statuses=EVERY_STATUS, **question.known)
        for row in rows[:10]:
            detail = await question.told.detail(
                row.invoice_id, clinic_id=row.clinic_id, **question.known
            )

            assert detail.receivable == row


async def test_histories_are_the_oracles(questions: list[Question]) -> None:
    for question in questions:
        for patient_id in {fact.event.patient_id for fact in question.books.facts}:
            report = await question.told.history(patient_id, limit=1_000, **question.known)

            found = answers.history(question.told, report)
            assert found == answers.oracle_history(question.books.history(patient_id))


async def test_exceptions_are_the_oracles(questions: list[Question]) -> None:
    for question in questions:

        async def ask(after: str | None, question: Question = question) -> ExceptionsReport:
            return await question.told.exceptions(limit=7, after=after, **question.known)

        rows = await every_page(ask, lambda answer: answer.exceptions)

        found = answers.exceptions(question.told, rows)
        assert found == answers.oracle_exceptions(question.books)
