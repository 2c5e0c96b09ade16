"""Whatever goes away or changes under a run, after the next one source and reports agree."""

import asyncio
import secrets
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Final

import asyncpg
import pytest
from pydantic import SecretStr

from careledger.alerts import Alerts
from careledger.errors import ConfigurationError, UnavailableError
from careledger.events.topics import TOPICS
from careledger.kafka import create_topics
from careledger.postgres import migrate
from ingest.auditing import Actor
from ingest.extraction.requests import Request
from ingest.extraction.starting import Extractions
from ingest.parts import opened
from ingest.runs import RunCounts, started
from ingest.schedule import Schedule
from ingest.settings import IngestSettings
from ingest.sources.payloads import SourceUnreadableError
from support.aggregators import Installation
from support.extracting import extract, runs
from support.own_kafka import OwnKafka
from support.own_postgres import OwnPostgres
from support.polling import seen
from support.practice import SOURCE, Practice, make_practice, ready_mapping
from support.practice_agreement import agree
from support.practice_changes import WorkingPractice
from support.practice_servers import ServerPractice, practice_on
from support.receivers import web_hook
from support.stack import database_address, run_apart

pytestmark = pytest.mark.integration
YEARLY: Final = "0 0 1 1 *"
FEW_ROWS: Final = 25
Report = Callable[[RunCounts, int], None]


@pytest.fixture
def file_practice(tmp_path: Path) -> Practice:
    return make_practice(tmp_path)


@pytest.fixture
def server_practice(practice_server: str, tmp_path: Path) -> Iterator[ServerPractice]:
    with practice_on(practice_server, tmp_path, ready_mapping()) as one:
        yield one


@pytest.fixture
def settings(ingest_settings: IngestSettings) -> IngestSettings:
    return ingest_settings.model_copy(
        update={"extraction_chunk_rows": FEW_ROWS, "ingest_send_timeout_seconds": 3}
    )


def once(act: Callable[[], object], *, after_rows: int) -> Report:
    """Do something as soon as a run has told so many rows."""
    left = [act]

    def report(counts: RunCounts, _expected: int) -> None:
        if left and counts.read >= after_rows:
            left.pop()()

    return report


async def test_rows_that_change_under_a_run_are_right_after_the_next(
    settings: IngestSettings, installation: Installation, server_practice: ServerPractice
) -> None:
    working = WorkingPractice(server_practice, seed=4)
    working.work(150)

    await extract(settings, server_practice, report=lambda _counts, _expected: working.work(15))
    await extract(settings, server_practice)

    installation.start_aggregator()
    await agree(settings, installation, server_practice)


async def test_a_column_renamed_under_a_run_ends_it_and_named_back_nothing_is_missing(
    settings: IngestSettings, installation: Installation, server_practice: ServerPractice
) -> None:
    WorkingPractice(server_practice, seed=5).work(200)
    rename = once(
        lambda: server_practice.do("ALTER TABLE payments RENAME COLUMN amount TO paid"),
        after_rows=FEW_ROWS,
    )

    with pytest.raises(SourceUnreadableError, match="run ingest mapping check"):
        await extract(settings, server_practice, report=rename)
    server_practice.do("ALTER TABLE payments RENAME COLUMN paid TO amount")
    await extract(settings, server_practice)

    installation.start_aggregator()
    await agree(settings, installation, server_practice)


async def test_the_source_away_in_the_middle_of_a_run_is_read_on_when_it_is_back(
    settings: IngestSettings, installation: Installation, server_practice: ServerPractice
) -> None:
    working = WorkingPractice(server_practice, seed=6)
    working.work(200)

    with pytest.raises(UnavailableError):
        await extract(
            settings,
            server_practice,
            report=once(server_practice.shut_out, after_rows=2 * FEW_ROWS),
        )
    (failed,) = await runs(settings)
    server_practice.let_in()
    working.work(20)
    await extract(settings, server_practice)

    assert (failed["status"], failed["read_count"] >= 2 * FEW_ROWS) == ("failed", True)
    installation.start_aggregator()
    await agree(settings, installation, server_practice)


class TestKafka:
    @pytest.fixture
    def kafka_bootstrap(self, own_kafka: OwnKafka) -> str:
        return own_kafka.bootstrap

    @pytest.fixture
    async def installation(
        self, own_kafka: OwnKafka, database_url: str, topic_prefix: str
    ) -> AsyncIterator[Installation]:
        await create_topics(
            own_kafka.bootstrap, tuple(topic.under(topic_prefix) for topic in TOPICS)
        )
        one = Installation(database_url, own_kafka.bootstrap, topic_prefix)
        yield one
        for aggregator in one.aggregators:
            aggregator.kill()

    async def test_away_in_the_middle_of_a_run_has_everything_once_when_it_is_back(
        self,
        settings: IngestSettings,
        installation: Installation,
        own_kafka: OwnKafka,
        file_practice: Practice,
    ) -> None:
        working = WorkingPractice(file_practice, seed=7)
        working.work(200)

        with pytest.raises(UnavailableError):
            await extract(
                settings, file_practice, report=once(own_kafka.freeze, after_rows=2 * FEW_ROWS)
            )
        (failed,) = await runs(settings)
        own_kafka.thaw()
        working.work(20)
        await extract(settings, file_practice)

        assert failed["status"] == "failed"
        installation.start_aggregator()
        await agree(settings, installation, file_practice)


class TestPostgres:
    @pytest.fixture
    def database_url(self, own_postgres: OwnPostgres) -> str:
        name = f"test_{secrets.token_hex(6)}"

        async def create() -> None:
            connection = await asyncpg.connect(own_postgres.url)
            await connection.execute(f'CREATE DATABASE "{name}"')
            await connection.close()

        run_apart(create())
        url = database_address(own_postgres.url, name)
        migrate(url)
        return url

    async def test_crashed_in_the_middle_of_a_run_knows_afterwards_what_was_told(
        self,
        settings: IngestSettings,
        installation: Installation,
        own_postgres: OwnPostgres,
        file_practice: Practice,
    ) -> None:
        working = WorkingPractice(file_practice, seed=8)
        working.work(200)
        crash = once(lambda: own_postgres.crash(signal.SIGKILL), after_rows=2 * FEW_ROWS)

        with pytest.raises(UnavailableError):
            await extract(settings, file_practice, report=crash)
        await asyncio.to_thread(own_postgres.start)
        working.work(20)
        await extract(settings, file_practice)

        assert [one["status"] for one in await runs(settings)] == ["failed", "completed"]
        installation.start_aggregator()
        await agree(settings, installation, file_practice)


async def test_two_schedulers_at_one_turn_start_one_run(
    settings: IngestSettings, file_practice: Practice
) -> None:
    configured = settings.model_copy(
        update={
            "extraction_mapping": file_practice.mapping,
            "extraction_url": SecretStr(file_practice.url),
        }
    )
    async with opened(configured) as first, opened(configured) as second:
        replicas = [Extractions(parts, configured) for parts in (first, second)]
        clocks = [
            asyncio.create_task(Schedule(one, Alerts(""), YEARLY, "UTC").run()) for one in replicas
        ]
        await seen(
            lambda: runs(settings),
            lambda found: found and found[0]["status"] == "completed",
            timeout_seconds=60,
        )
        for one in clocks:
            one.cancel()
        await asyncio.gather(*clocks, return_exceptions=True)

    assert [one["started_by"] for one in await runs(settings)] == ["schedule"]


async def test_a_turn_whose_run_cannot_be_started_is_tried_again(
    settings: IngestSettings, file_practice: Practice, tmp_path: Path
) -> None:
    mapping = tmp_path / "mended.toml"
    mapping.write_text("source = 1\n", encoding="utf-8")
    configured = settings.model_copy(
        update={"extraction_mapping": mapping, "extraction_url": SecretStr(file_practice.url)}
    )

    async def alerts() -> list[bool]:
        return ["cannot be started" in one["title"] for one in messages]

    with web_hook() as (hook, messages):
        async with opened(configured) as parts:
            extractions = Extractions(parts, configured)
            with pytest.raises(ConfigurationError):
                await extractions.start(Request(), Actor(name="os:test", kind="user"))
            schedule = Schedule(extractions, Alerts(hook), YEARLY, "UTC", retry_seconds=0.05)
            turning = asyncio.create_task(schedule.run())
            await seen(alerts, bool)
            async with started(parts.pool, SOURCE, "full", by="somebody") as other:
                mapping.write_bytes(file_practice.mapping.read_bytes())
                await other.end("completed")
            await seen(
                lambda: runs(settings),
                lambda found: [one["status"] for one in found] == ["completed", "completed"],
                timeout_seconds=60,
            )
            await seen(alerts, lambda told: len(told) > 1)
            turning.cancel()
            await asyncio.gather(turning, return_exceptions=True)

    assert [one["started_by"] for one in await runs(settings)] == ["somebody", "schedule"]
    assert await alerts() == [True, False]
