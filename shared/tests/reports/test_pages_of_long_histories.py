"""A page of a history is the same whether all entries were read for it or what bears on it."""

from datetime import date, timedelta
from random import Random

import pytest

from careledger.reports.history import HistoryEntry, HistoryQuery, HistoryReport, read_history
from support.histories import seeded_history, to_log, watermark_after
from support.history_events import World
from support.reading import Storyteller, Told

pytestmark = pytest.mark.integration

SEEDS = [*range(3), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(3, 40))]
STEPS = 120
WHOLE = 1_000_000


async def ask(
    told: Told, patient_id: str, query: HistoryQuery, whole_rows: int, **page: object
) -> HistoryReport:
    async with told.transaction() as clinics:
        found = await read_history(
            told.connection,
            clinics,
            patient_id,
            query.model_copy(update=page),
            whole_rows=whole_rows,
        )
    assert found is not None
    return found


def questions(pick: Random, told: Told) -> list[HistoryQuery]:
    days = sorted(record.time.date() for record in told.log)
    first = pick.choice(days)
    watermark = watermark_after(told.log[: pick.randrange(STEPS)])
    known = ",".join(
        f"{part}:{offset}" for part, offset in enumerate(told.applied.offsets(watermark))
    )
    return [
        HistoryQuery(),
        HistoryQuery(as_of=pick.choice(days)),
        HistoryQuery(watermark=known, as_of=pick.choice(days)),
        HistoryQuery(start_date=first, end_date=first + timedelta(days=pick.randrange(60))),
        HistoryQuery(start_date=first, watermark=known, as_of=date(2025, 1, 3)),
    ]


@pytest.mark.parametrize("seed", SEEDS)
async def test_every_page_is_as_among_all_entries(story: Storyteller, seed: int) -> None:
    pick = Random(seed)  # noqa: S311 - test data, and it must repeat
    world = World(patients=2, parents_per_patient=pick.choice((1, 3, 12)), fact_ids=300)
    told = await story.record(to_log(seeded_history(seed + 9_000, STEPS, world)), pick.choice)

    for query in questions(pick, told):
        for patient_id in ("p0", "p1"):
            limit = pick.choice((2, 5, 17))
            everything = await ask(told, patient_id, query, WHOLE, limit=5_000)
            shown: list[HistoryEntry] = []
            after: str | None = None
            while True:
                page = await ask(told, patient_id, query, limit, limit=limit, after=after)
                shown += page.entries
                assert page.totals == everything.totals
                after = page.page.next
                if after is None:
                    break
            assert shown == everything.entries


async def test_a_page_has_the_digest_it_has_among_all_entries(story: Storyteller) -> None:
    pick = Random(1)  # noqa: S311 - test data, and it must repeat
    told = await story.record(to_log(seeded_history(7, STEPS, World(patients=1))), pick.choice)
    first = await ask(told, "p0", HistoryQuery(), 5, limit=5)

    for after in (None, first.page.next):
        page = await ask(told, "p0", HistoryQuery(), 5, limit=5, after=after)
        same = await ask(told, "p0", HistoryQuery(), WHOLE, limit=5, after=after)

        assert (page.entries, page.page) == (same.entries, same.page)
        assert page.meta.digest == same.meta.digest
