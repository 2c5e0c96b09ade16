"""The stack of a clone: harmless to start twice, back after a crash, gone when stopped."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import psutil
import pytest
from deploy.local.errors import LocalStackError
from deploy.local.installation import Installation
from deploy.local.lifecycle import clean, down, start_stack
from deploy.local.processes import is_alive, session_members
from deploy.local.progress import Silence
from deploy.local.settings import LocalSettings
from deploy.local.stack import Addresses
from redis.asyncio import Redis

from support.waiting import wait_until

pytestmark = pytest.mark.integration


@pytest.fixture
def settings(tmp_path: Path) -> LocalSettings:
    return LocalSettings(
        local_home=tmp_path / "home", database_url=None, kafka_bootstrap=None, redis_url=None
    )


@pytest.fixture
def installation(settings: LocalSettings) -> Iterator[Installation]:
    yield Installation(settings)
    clean(Installation(settings), Silence())


def start(installation: Installation) -> Addresses:
    return start_stack(installation, Silence())


async def write_somewhere(addresses: Addresses) -> None:
    database = await asyncpg.connect(addresses.postgres)
    await database.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    await database.close()
    client: Any = Redis
    async with client.from_url(addresses.redis) as valkey:
        await valkey.set("kept", "42")


async def read_back(addresses: Addresses) -> tuple[int, bytes]:
    database = await asyncpg.connect(addresses.postgres)
    answer = await database.fetchval("SELECT answer FROM kept")
    await database.close()
    client: Any = Redis
    async with client.from_url(addresses.redis) as valkey:
        return answer, await valkey.get("kept")


async def test_the_data_outlive_down_and_a_crash(
    installation: Installation, settings: LocalSettings
) -> None:
    await write_somewhere(start(installation))

    down(installation, Silence())
    assert await read_back(start(Installation(settings))) == (42, b"42")

    for identity in Installation(settings).records.processes().values():
        os.kill(identity.pid, signal.SIGKILL)
    wait_until(lambda: Installation(settings).records.running() == [])
    assert await read_back(start(Installation(settings))) == (42, b"42")


def test_starting_twice_leaves_the_running_processes_alone(
    installation: Installation, settings: LocalSettings
) -> None:
    first = start(installation)
    processes = installation.records.processes()

    again = Installation(settings)

    assert start(again) == first
    assert again.records.processes() == processes


def test_down_leaves_no_process_and_clean_no_data(installation: Installation) -> None:
    start(installation)
    identities = installation.records.processes().values()
    members = [member for identity in identities for member in session_members(identity)]
    assert len(members) >= 3

    down(installation, Silence())
    assert [member for member in members if psutil.pid_exists(member.pid)] == []

    clean(installation, Silence())
    assert list(installation.places.home.iterdir()) == []
    assert not installation.places.postgres.exists()


def test_folders_half_made_by_a_killed_start_are_made_anew(installation: Installation) -> None:
    installation.places.make()
    for draft in (
        installation.places.postgres / "data.new",
        installation.places.home / "kafka" / "data.new",
    ):
        draft.mkdir(parents=True)
        (draft / "half").write_text("made")

    start(installation)

    assert sorted(installation.records.running()) == ["kafka", "postgres", "valkey"]


def test_a_lock_of_a_killed_server_whose_number_lives_on_is_removed(
    installation: Installation, settings: LocalSettings
) -> None:
    start(installation)
    identity = installation.records.process("postgres")
    assert identity is not None
    os.kill(identity.pid, signal.SIGKILL)
    wait_until(lambda: not is_alive(identity))
    lock = installation.places.postgres / "data" / "postmaster.pid"
    lines = lock.read_text().splitlines()
    lock.write_text("\n".join([str(os.getppid()), *lines[1:]]))

    start(Installation(settings))

    assert Installation(settings).records.is_running("postgres")


def test_a_start_that_fails_leaves_nothing_running(tmp_path: Path) -> None:
    settings = LocalSettings(
        local_home=tmp_path / "home",
        cache_dir=tmp_path / "empty-cache",
        maven_mirror="http://127.0.0.1:1",
        database_url=None,
        kafka_bootstrap=None,
        redis_url=None,
    )
    installation = Installation(settings)

    with pytest.raises(LocalStackError, match="could not be downloaded"):
        start(installation)

    assert installation.records.running() == []
    clean(installation, Silence())


def test_servers_named_by_the_environment_are_used_as_they_are(tmp_path: Path) -> None:
    given = Addresses("postgresql://db.example/careledger", "kafka.example:9092", "redis://r/0")
    settings = LocalSettings(
        local_home=tmp_path / "home",
        database_url=given.postgres,
        kafka_bootstrap=given.kafka,
        redis_url=given.redis,
    )
    installation = Installation(settings)

    assert start(installation) == given
    assert installation.records.processes() == {}
