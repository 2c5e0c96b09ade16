"""From the horizon on everything is answered, before it nothing is."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from aggregator.retention.opening import move_horizon
from aggregator.retention.terms import Terms
from careledger.reports.errors import QuestionError
from careledger.reports.explain import ExplainQuery, read_explanation
from careledger.reports.history import HistoryQuery, read_history
from careledger.reports.indicators import IndicatorsQuery, read_indicators
from support.purging import HORIZON, TERMS, TODAY, purge, record, take_steps
from support.reading import Storyteller, Told
from support.stories import tell

pytestmark = pytest.mark.integration

Asking = Callable[[Told], Awaitable[object]]

SETTLED = (
    tell("invoice.issued", "2023-03-01", amount=500, service_date="2023-02-27"),
    tell("payment.succeeded", "2023-03-20", amount=500, invoice_id="inv1"),
)
NEW = tell("invoice.issued", "2024-05-01", amount=700, invoice_id="inv9")
EVERY_STATUS = ("current", "overdue", "paid", "written_off", "voided", "credit")


async def summary(told: Told, **asked: object) -> object:
    return await told.summary(**asked)


async def explain(told: Told, **asked: object) -> object:
    return await told.ask(read_explanation, ExplainQuery.model_validate(asked))


async def indicators(told: Told, **asked: object) -> object:
    return await told.ask(read_indicators, IndicatorsQuery.model_validate(asked))


SPAN: dict[str, Any] = {"start_date": "2023-12-31", "end_date": "2024-02-01"}
BEHIND: dict[str, tuple[str, Asking]] = {
    "receivables of a day": ("as_of", lambda told: told.receivables(as_of="2023-12-30")),
    "a summary of a day": ("as_of", lambda told: summary(told, as_of="2023-12-30")),
    "an earlier watermark": ("watermark", lambda told: summary(told, watermark=told.watermark(1))),
    "a history": ("start_date", lambda told: told.history(start_date="2023-12-31")),
    "a history that ended": ("end_date", lambda told: told.history(end_date="2023-12-31")),
    "indicators": ("start_date", lambda told: indicators(told, **SPAN)),
    "an explanation": (
        "start_date",
        lambda told: explain(told, metric="charges", currency="USD", **SPAN),
    ),
    "charges behind days in A/R": (
        "days",
        lambda told: explain(
            told, metric="days_in_ar", component="charges", currency="USD", as_of="2024-02-01"
        ),
    ),
    "totals past their own term": (
        "start_date",
        lambda told: told.revenue("2021-12-31", "2024-02-01"),
    ),
    "a comparison past it": (
        "compare",
        lambda told: told.revenue("2022-06-01", "2024-02-01", compare="previous_year"),
    ),
}


async def test_a_question_behind_the_horizon_is_refused_and_told_the_day(
    own_story: Storyteller,
) -> None:
    ledger = await record(own_story, [*SETTLED, NEW])
    await move_horizon(ledger.writer, TERMS, TODAY, by="test")

    refused: dict[str, str] = {}
    for name, (_, ask) in BEHIND.items():
        with pytest.raises(QuestionError) as problem:
            await ask(ledger.told)
        refused[name] = problem.value.parameter
        assert any(day in problem.value.problem for day in ("2024-01-01", "2022-01-01", ":"))

    assert refused == {name: parameter for name, (parameter, _) in BEHIND.items()}


async def test_year_on_year_revenue_is_answered_from_totals_that_outlive_the_stories(
    own_story: Storyteller,
) -> None:
    ledger = await record(own_story, [*SETTLED, NEW])
    before = await ledger.told.revenue("2023-01-01", "2024-12-31", granularity="month")

    await purge(ledger)

    after = await ledger.told.revenue("2023-01-01", "2024-12-31", granularity="month")
    assert after.meta.digest == before.meta.digest
    assert after.totals[0].gross_payments == 500
    assert (before.meta.horizon, after.meta.horizon) == (None, HORIZON)


async def test_totals_go_after_their_own_term(own_story: Storyteller) -> None:
    ledger = await record(own_story, [*SETTLED, NEW])

    await purge(ledger, Terms(report_months=12, totals_months=1))

    tables = ("revenue_daily_totals", "revenue_metrics")
    days = [await ledger.writer.fetch(f"SELECT business_date FROM {table}") for table in tables]
    assert [[str(row["business_date"]) for row in rows] for rows in days] == [["2024-05-01"]] * 2
    with pytest.raises(QuestionError, match="2024-01-01"):
        await ledger.told.revenue("2023-12-31", "2024-12-31")


async def test_a_history_begins_at_the_horizon_and_counts_from_it(own_story: Storyteller) -> None:
    paid = tell("payment.succeeded", "2024-06-01", amount=200, payment_id="pay9", invoice_id="inv9")
    ledger = await record(own_story, [*SETTLED, NEW, paid])
    await purge(ledger)

    history = await ledger.told.history()

    (totals,) = history.totals
    assert [entry.kind for entry in history.entries] == ["charge", "payment"]
    assert (totals.charged, totals.paid, totals.outstanding) == (700, 200, 500)
    assert history.meta.interval is not None
    assert history.meta.interval.start_date == HORIZON


async def test_a_page_of_a_long_history_counts_from_the_horizon_too(
    own_story: Storyteller,
) -> None:
    stays = (
        tell("payment.succeeded", "2023-05-20", amount=600, invoice_id="inv9", payment_id="pay9"),
        tell("invoice.adjusted", "2023-06-01", amount=-100, invoice_id="inv1"),
    )
    ledger = await record(own_story, [*SETTLED, *stays, NEW])
    await purge(ledger)

    for query in (HistoryQuery(limit=1), HistoryQuery(limit=1, as_of=HORIZON)):
        async with ledger.told.transaction() as clinics:
            whole, page = [
                await read_history(
                    ledger.told.connection, clinics, "p1", query, whole_rows=whole_rows
                )
                for whole_rows in (1_000, 1)
            ]
        assert whole is not None
        assert page is not None
        assert (page.entries, page.page) == (whole.entries, whole.page)
        assert page.totals == whole.totals


async def test_receivables_of_closed_statuses_are_listed_if_issued_within_the_horizon(
    own_story: Storyteller,
) -> None:
    paid = tell("payment.succeeded", "2024-06-01", amount=700, payment_id="pay9", invoice_id="inv9")
    ledger = await record(own_story, [*SETTLED, NEW, paid])
    await move_horizon(ledger.writer, TERMS, TODAY, by="test")
    moved = await ledger.told.receivables(statuses=EVERY_STATUS)

    await take_steps(ledger)

    assert [one.invoice_id for one in moved] == ["inv9"]
    assert await ledger.told.receivables(statuses=EVERY_STATUS) == moved
