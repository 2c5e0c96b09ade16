"""A run that is killed is made up for by the next one, though the source went on changing."""

import asyncio
import random
import signal
from pathlib import Path
from typing import Any

import pytest

from ingest.fail_points import NAMES
from ingest.settings import IngestSettings
from support.aggregators import Installation
from support.extracting import extract, rows_of, runs
from support.ingest_command import environment, run, start
from support.polling import seen
from support.practice import Practice, make_practice
from support.practice_changes import WorkingPractice, balances

pytestmark = pytest.mark.integration
SMALL_CHUNKS = "20"
PLACES = [name for name in NAMES if name.startswith("extraction")]
_BALANCES = "SELECT invoice_id, balance FROM outstanding_payments WHERE balance <> 0"


@pytest.fixture
def practice(tmp_path: Path) -> Practice:
    return make_practice(tmp_path)


@pytest.fixture
async def applying(installation: Installation) -> Installation:
    installation.start_aggregator()
    return installation


async def agree(settings: IngestSettings, installation: Installation, practice: Practice) -> None:
    """Source and reports are the same, by the proof and by sums of our own."""
    (last, *_) = (await runs(settings))[::-1]

    async def proof() -> list[dict[str, Any]]:
        return await rows_of(
            settings, "SELECT * FROM reconciliations WHERE run_id = $1", [last["run_id"]]
        )

    (found,) = await seen(proof, bool, timeout_seconds=90)
    await installation.caught_up()
    assert found["matches"], found["differences"]
    balance = {one["invoice_id"]: one["balance"] for one in await rows_of(settings, _BALANCES)}
    assert balance == balances(practice)


async def test_a_run_killed_at_any_named_place_is_made_up_for_to_the_cent(
    ingest_settings: IngestSettings, applying: Installation, practice: Practice
) -> None:
    working = WorkingPractice(practice, seed=6)
    for number, place in enumerate(PLACES):
        working.work(80)
        killed = await run(
            *("extract", "run", *practice.options),
            env=environment(
                ingest_settings,
                CARELEDGER_FAIL_POINT=f"{place}@{1 + number % 2 if 'before' not in place else 1}",
                CARELEDGER_EXTRACTION_CHUNK_ROWS=SMALL_CHUNKS,
            ),
            cwd=practice.file.parent,
        )
        assert killed.code == -signal.SIGKILL, (place, killed.err)
        working.work(20)
        await extract(ingest_settings, practice)

    await agree(ingest_settings, applying, practice)
    ends = [one["status"] for one in await runs(ingest_settings)]
    assert ends == ["failed", "completed"] * len(PLACES)


@pytest.mark.long
@pytest.mark.timeout(1800)
async def test_runs_killed_at_fifty_random_moments_lose_and_double_nothing(
    ingest_settings: IngestSettings, applying: Installation, practice: Practice
) -> None:
    moments = random.Random(50)  # noqa: S311 - moments, not secrets
    working = WorkingPractice(practice, seed=50)
    for _ in range(50):
        working.work(40)
        process = await start(
            *("extract", "run", *practice.options),
            env=environment(ingest_settings, CARELEDGER_EXTRACTION_CHUNK_ROWS="10"),
            cwd=practice.file.parent,
        )
        try:
            await asyncio.wait_for(process.wait(), moments.uniform(1.0, 6.0))
        except TimeoutError:
            process.kill()
        await process.communicate()

    await extract(ingest_settings, practice)
    await agree(ingest_settings, applying, practice)


async def test_the_source_away_and_back_again_changes_nothing(
    ingest_settings: IngestSettings, applying: Installation, practice: Practice
) -> None:
    await extract(ingest_settings, practice)
    moved = practice.file.rename(practice.file.with_suffix(".away"))
    away = await run(
        *("extract", "run", *practice.options),
        env=environment(ingest_settings),
        cwd=practice.file.parent,
    )
    moved.rename(practice.file)
    WorkingPractice(practice, seed=1).work(50)

    await extract(ingest_settings, practice)

    assert away.code == 1
    assert "Traceback" not in away.err
    await agree(ingest_settings, applying, practice)
