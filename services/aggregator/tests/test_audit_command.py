"""`aggregator audit verify`: what an operator types, what it prints, how it ends."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from support.audit_logs import SECRET, SealedLog

pytestmark = pytest.mark.integration


async def run(log: SealedLog, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],  # noqa: TID251 - the child needs it
        "CARELEDGER_DATABASE_URL": log.settings.database_url.get_secret_value(),
        "CARELEDGER_SECRET": SECRET,
        "CARELEDGER_AUDIT_CHECKPOINT_FILE": str(log.file),
        **settings,
    }
    return await asyncio.to_thread(
        subprocess.run,
        [Path(sys.executable).with_name("aggregator"), "audit", "verify", *arguments],
        env=environment,
        cwd=log.file.parent,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
async def log(sealed_log: SealedLog) -> SealedLog:
    await sealed_log.seal(30)
    await sealed_log.sign()
    return sealed_log


async def test_an_intact_log_is_said_to_be_so_and_the_run_is_recorded(log: SealedLog) -> None:
    ended = await run(log)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("intact: records 1 to 30 verified")
    record = msgspec.json.decode(await log.connection.fetchval("SELECT record FROM audit_outbox"))
    assert (record["action"], record["outcome"]) == ("audit.verified", "success")
    assert record["actor"].startswith("os:")


async def test_a_broken_log_ends_with_one_and_names_the_record(log: SealedLog) -> None:
    await log.connection.execute("UPDATE audit_log SET outcome = 'denied' WHERE sequence = 21")

    ended = await run(log, "--json", "--copy")

    told = msgspec.json.decode(ended.stdout)
    assert (ended.returncode, told["verdict"]) == (1, "broken")
    assert told["finding"]["first_sequence"] == 21
    assert await log.connection.fetchval("SELECT count(*) FROM audit_outbox") == 0


async def test_what_cannot_be_verified_ends_with_two_and_one_line(log: SealedLog) -> None:
    ended = await run(log, CARELEDGER_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")

    assert ended.returncode == 2
    assert "CARELEDGER_DATABASE_URL" in ended.stderr
    assert "Traceback" not in ended.stderr


async def test_nothing_outside_to_compare_with_ends_with_three(log: SealedLog) -> None:
    log.file.unlink()

    assert (await run(log)).returncode == 3
