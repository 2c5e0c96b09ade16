"""Lists in every order are the same however far the order is kept, page by page."""

from itertools import product
from random import Random
from typing import Any, Final, get_args

import pytest

from aggregator.closing import close_days
from careledger.reports.outstanding import read_outstanding, read_outstanding_summary
from careledger.reports.receivables import (
    OutstandingQuery,
    Receivable,
    ReceivablesFilter,
    SortKey,
)
from support.histories import seeded_history, to_log
from support.history_events import World
from support.reading import Storyteller, Told

pytestmark = pytest.mark.integration

STEPS: Final = 90
FILTERS: Final[tuple[dict[str, Any], ...]] = (
    {},
    {"statuses": ("credit",)},
    {"statuses": ("collection",)},
    {"statuses": ("overdue",), "payer_types": ("patient",)},
    {"buckets": ("1-30", "61-90")},
    {"balance_from": 2_000, "balance_to": 10_000},
    {"balance_from": 5_000_000_000},
    {"days_overdue_from": 200, "currencies": ("USD",)},
)
SEEDS: Final = [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 20))]


async def page_by_page(told: Told, asked: OutstandingQuery) -> list[Receivable]:
    found: list[Receivable] = []
    while True:
        page = await told.ask(read_outstanding, asked)
        found += page.receivables
        if page.page.next is None:
            return found
        asked = asked.model_copy(update={"after": page.page.next})


def in_order(rows: list[Receivable], sort: SortKey, places: dict[str, int]) -> list[Receivable]:
    return sorted(rows, key=lambda one: (getattr(one, sort), places[one.clinic_id], one.invoice_id))


@pytest.mark.parametrize("seed", SEEDS)
async def test_every_order_and_filter_is_exact_however_far_it_is_kept(
    story: Storyteller, seed: int
) -> None:
    pick = Random(seed)  # noqa: S311 - test data, and it must repeat
    log = to_log(seeded_history(seed + 7_000, STEPS, World(patients=3, fact_ids=300)))
    told = await story.record(log, pick.choice)
    async with told.transaction() as clinics:
        places = {clinic.clinic_id: clinic.clinic_no for clinic in clinics}
    expected = {
        place: await told.ask(
            read_outstanding, OutstandingQuery.model_validate({**chosen, "limit": 10_000})
        )
        for place, chosen in enumerate(FILTERS)
    }
    sums = [
        await told.ask(read_outstanding_summary, ReceivablesFilter.model_validate(chosen))
        for chosen in FILTERS
    ]

    for at_once in (25, 100_000):
        await close_days(story.writer, at_once=at_once)
        for place, chosen in enumerate(FILTERS):
            again = await told.ask(
                read_outstanding_summary, ReceivablesFilter.model_validate(chosen)
            )
            assert again.currencies == sums[place].currencies, chosen
        for (place, chosen), sort, descending in product(
            enumerate(FILTERS), get_args(SortKey), (False, True)
        ):
            asked = OutstandingQuery.model_validate(
                {**chosen, "sort": sort, "descending": descending, "limit": pick.choice((3, 50))}
            )
            rows = in_order(expected[place].receivables, sort, places)
            found = await page_by_page(told, asked)
            assert found == (rows[::-1] if descending else rows), (chosen, sort, descending)


@pytest.mark.parametrize("seed", SEEDS)
async def test_what_a_summary_chooses_is_what_its_list_shows(story: Storyteller, seed: int) -> None:
    log = to_log(seeded_history(seed + 8_000, STEPS, World(patients=3, fact_ids=300)))
    told = await story.record(log, Random(seed).choice)  # noqa: S311 - it must repeat

    for chosen in FILTERS:
        if chosen.get("statuses") == ("credit",):
            continue
        question = OutstandingQuery.model_validate({**chosen, "limit": 10_000})
        listed = (await told.ask(read_outstanding, question)).receivables
        summary = await told.ask(read_outstanding_summary, ReceivablesFilter.model_validate(chosen))

        for one in summary.currencies:
            shown = [row.balance for row in listed if row.currency == one.currency]
            assert (one.outstanding.amount, one.outstanding.count) == (sum(shown), len(shown))
