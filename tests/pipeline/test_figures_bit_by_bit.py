"""A history told bit by bit, days closed in between, questions at any moment: always the oracle's.

A machine of hypothesis drives a real database: it tells batches of events (new ones, some again,
some in other words), lets the job close days as far as it likes, and asks about now, past days and
earlier watermarks. Every report and a few explanations must equal the independent reducer.
"""

import asyncio
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import asyncpg
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from aggregator.closing import close_days
from careledger.postgres import session_of
from careledger.reports.explain import ExplainQuery, read_explanation
from careledger.reports.indicators import IndicatorsQuery, read_indicators
from careledger.reports.outstanding import read_outstanding_summary
from careledger.reports.receivables import AgingBasis, ReceivablesFilter
from careledger.reports.revenue import Breakdown, RevenueQuery, read_revenue
from support import answers, indicator_answers
from support.applied_log import SESSION, AppliedLog, prepare
from support.explanations import every_figure
from support.histories import Step, assemble, single_steps, to_log, watermark_after
from support.history_events import CLINICS, World
from support.oracle.books import Books, read_books
from support.oracle.facts import Watermark
from support.oracle.log import LogRecord
from support.reading import Told

pytestmark = pytest.mark.integration

T = TypeVar("T")
WORLD = World(patients=2, parents_per_patient=2, fact_ids=50)
DAYS = (date(2025, 1, 3), *WORLD.days)
START, END = date(2024, 2, 10), date(2024, 12, 31)
BASES: tuple[AgingBasis, ...] = ("due_date", "service_date", "issued_on")
BREAKDOWNS: tuple[Breakdown | None, ...] = (None, "clinic", "method", "payer_type", "category")
QUICK = settings(
    max_examples=5,
    stateful_step_count=6,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=(
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
        HealthCheck.large_base_example,
    ),
)
LONG = settings(
    QUICK, max_examples=80, stateful_step_count=12, derandomize=False, phases=list(Phase)
)


@dataclass(frozen=True)
class Place:
    """The database the machines run on."""

    runner: asyncio.Runner
    writer: asyncpg.Connection
    reader: asyncpg.Connection


@pytest.fixture
def place(database_url: str) -> Iterator[Place]:
    with asyncio.Runner() as runner:
        settings_ = {**session_of("aggregator"), **SESSION}
        writer = runner.run(asyncpg.connect(database_url, server_settings=settings_))
        runner.run(prepare(writer))
        reader = runner.run(asyncpg.connect(database_url, server_settings=session_of("report-api")))
        yield Place(runner, writer, reader)
        runner.run(reader.close())
        runner.run(writer.close())


class Figures(RuleBasedStateMachine):
    """Tells, closes and asks."""

    place: Place

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[Step] = []
        self.log: list[LogRecord] = []
        self.applied = AppliedLog(self.place.writer, CLINICS)
        self.run(self.applied.start())

    def run(self, work: Awaitable[T]) -> T:
        async def waited() -> T:
            return await work

        return self.place.runner.run(waited())

    @rule(steps=st.lists(single_steps(WORLD), min_size=5, max_size=25))
    def tell(self, steps: list[Step]) -> None:
        self.steps += steps
        known = len(self.log)
        self.log = to_log(assemble(self.steps))
        self.run(self.applied.apply([self.log[known:]]))

    @rule(at_once=st.sampled_from((3, 30, 100_000)))
    def close(self, at_once: int) -> None:
        self.run(close_days(self.place.writer, at_once=at_once))

    @rule(data=st.data(), as_of=st.sampled_from(DAYS), known=st.booleans())
    def ask(self, data: st.DataObject, as_of: date, known: bool) -> None:  # noqa: FBT001 - drawn
        if not self.log:
            return
        watermark = None
        if not known:
            watermark = watermark_after(self.log[: data.draw(st.integers(0, len(self.log)))])
        clinic_ids = [self.applied.scoped(clinic_id) for clinic_id in (*CLINICS, "elsewhere")]
        told = Told(self.place.reader, self.applied, self.log, clinic_ids)
        asked: dict[str, Any] = {"as_of": as_of, "watermark": self._text(watermark)}
        books = Read(self.log, watermark)
        self._ask_revenue(told, books.of(as_of), asked, data.draw(st.sampled_from(BREAKDOWNS)))
        self._ask_receivables(told, books.of(as_of), asked, data.draw(st.sampled_from(BASES)))
        self._ask_patients(told, books.of(as_of), asked)
        if as_of >= START:
            self._ask_indicators(told, books, asked, as_of)
            figures = list(every_figure(books.of, "USD", START, END, as_of))
            for figure in data.draw(st.lists(st.sampled_from(figures), max_size=4)):
                self._ask_why(told, {**figure.asked, **asked}, figure.amount)

    def _text(self, watermark: Watermark | None) -> str | None:
        if watermark is None:
            return None
        offsets = self.applied.offsets(watermark)
        return ",".join(f"{part}:{offset}" for part, offset in enumerate(offsets))

    def _ask_revenue(
        self, told: Told, books: Books, asked: dict[str, Any], breakdown: Breakdown | None
    ) -> None:
        query = RevenueQuery(
            start_date=START, end_date=END, granularity="month", breakdown=breakdown, **asked
        )
        report = self.run(told.ask(read_revenue, query))
        found = answers.revenue(told, report)
        assert found == answers.oracle_revenue(books.revenue(), query)

    def _ask_receivables(
        self, told: Told, books: Books, asked: dict[str, Any], basis: AgingBasis
    ) -> None:
        rows = self.run(told.receivables(basis=basis, limit=1_000, **asked))
        found = answers.receivables(told, rows)
        assert found == answers.oracle_receivables(books, basis, closed=False)
        query = ReceivablesFilter(basis=basis, **asked)
        summary = self.run(told.ask(read_outstanding_summary, query))
        assert answers.summaries(summary.currencies) == answers.oracle_summaries(books, basis)

    def _ask_patients(self, told: Told, books: Books, asked: dict[str, Any]) -> None:
        for patient_id in sorted({fact.event.patient_id for fact in books.facts}):
            report = self.run(told.history(patient_id, limit=1_000, **asked))
            assert answers.history(told, report) == answers.oracle_history(
                books.history(patient_id)
            )
        report = self.run(told.exceptions(limit=1_000, **asked))
        found = answers.exceptions(told, report.exceptions)
        assert found == answers.oracle_exceptions(books)

    def _ask_indicators(
        self, told: Told, books: "Read", asked: dict[str, Any], as_of: date
    ) -> None:
        query = IndicatorsQuery(start_date=START, end_date=END, granularity="quarter", **asked)
        report = self.run(told.ask(read_indicators, query))
        found = indicator_answers.answered(report, START, min(as_of, END))
        assert found == {
            span: indicator_answers.expected(books.of, *span, as_of=as_of, days=90)
            for span in found
        }

    def _ask_why(self, told: Told, asked: dict[str, Any], amount: int) -> None:
        if "clinic_ids" in asked:
            asked["clinic_ids"] = tuple(map(self.applied.scoped, asked["clinic_ids"]))
        query = ExplainQuery.model_validate({**asked, "limit": 1_000})
        answer = self.run(told.ask(read_explanation, query))
        assert answer is not None
        assert answer.served == amount
        assert sum(leg.amount for leg in answer.legs) == amount


class Read:
    """The oracle's books of one watermark, each day read once."""

    def __init__(self, log: list[LogRecord], watermark: Watermark | None) -> None:
        self._log = log
        self._watermark = watermark
        self._read: dict[date, Books] = {}

    def of(self, day: date) -> Books:
        if day not in self._read:
            self._read[day] = read_books(self._log, CLINICS, as_of=day, watermark=self._watermark)
        return self._read[day]


def machine_at(where: Place) -> type[Figures]:
    class FiguresHere(Figures):
        place = where

    return FiguresHere


def test_every_figure_is_the_oracles_at_any_moment(place: Place) -> None:
    run_state_machine_as_test(machine_at(place), settings=QUICK)


@pytest.mark.long
def test_every_figure_is_the_oracles_at_many_moments(place: Place) -> None:
    run_state_machine_as_test(machine_at(place), settings=LONG)
