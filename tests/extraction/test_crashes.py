"""A run that is killed is made up for by the next one, though the source went on changing."""

import asyncio
import random
import signal
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from ingest.fail_points import NAMES
from ingest.settings import IngestSettings
from support.aggregators import Installation
from support.extracting import extract, runs
from support.ingest_command import environment, run, start
from support.polling import seen
from support.practice import Practice, make_practice
from support.practice_agreement import agree
from support.practice_changes import WorkingPractice

pytestmark = pytest.mark.integration
SMALL_CHUNKS = "20"
PLACES = [name for name in NAMES if name.startswith("extraction")]


@pytest.fixture
def practice(tmp_path: Path) -> Practice:
    return make_practice(tmp_path)


@pytest.fixture
async def applying(installation: Installation) -> Installation:
    installation.start_aggregator()
    return installation


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


@pytest.mark.parametrize(
    "kills", [3, pytest.param(50, marks=[pytest.mark.long, pytest.mark.timeout(3600)])]
)
async def test_runs_killed_at_random_moments_lose_and_double_nothing(
    ingest_settings: IngestSettings, applying: Installation, practice: Practice, kills: int
) -> None:
    moments = random.Random(kills)  # noqa: S311 - moments, not secrets
    working = WorkingPractice(practice, seed=kills)
    whole_seconds: float | None = None
    for number in range(1 + kills):
        working.work(60)
        process = await start(
            *("extract", "run", *practice.options),
            env=environment(ingest_settings, CARELEDGER_EXTRACTION_CHUNK_ROWS="10"),
            cwd=practice.file.parent,
        )
        await seen(lambda: runs(ingest_settings), lambda found, n=number: len(found) > n)
        since = time.monotonic()
        # The first run is left alone: it says how long one takes.
        moment = None if whole_seconds is None else moments.uniform(0, whole_seconds)
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), moment)
        whole_seconds = whole_seconds or time.monotonic() - since
        if process.returncode is None:
            process.kill()
        await process.communicate()

    await extract(ingest_settings, practice)
    await agree(ingest_settings, applying, practice)
    ends = Counter(one["status"] for one in await runs(ingest_settings))
    print(f"{kills} runs killed at random moments, {ends['failed']} of them before their end")  # noqa: T201 - the summary of a long run
    assert ends.total() == kills + 2


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
