"""At its start the service names everything that is wrong, all at once, and how to mend it."""

import asyncio
import json
import signal
from pathlib import Path

import httpx2
import pytest

from ingest.settings import IngestSettings
from support.ingest_command import environment, run, start
from support.polling import seen

NOWHERE = {
    "CARELEDGER_DATABASE_URL": "postgresql://nobody:x@127.0.0.1:1/none",
    "CARELEDGER_KAFKA_BOOTSTRAP": "127.0.0.1:1",
    "CARELEDGER_SECRET": "a root secret that only tests know, 32 characters",
}


async def test_every_wrong_setting_is_named_and_no_value(tmp_path: Path) -> None:
    wrong = {
        "CARELEDGER_SECRET": "too short",
        "CARELEDGER_INGEST_PORT": "70000",
        "CARELEDGER_INGEST_TOKENS": "north:tiny",
        "CARELEDGER_WEBHOOK_SECRETS": "whsec_without_a_name",
        "CARELEDGER_INGEST_TRUSTED_PROXIES": "everybody",
        "CARELEDGER_DEFAULT_TIME_ZONE": "Atlantis",
    }

    ended = await run("serve", env=wrong, cwd=tmp_path)

    assert ended.code == 1
    assert "Traceback" not in ended.err
    for name in (*wrong, "CARELEDGER_DATABASE_URL", "CARELEDGER_KAFKA_BOOTSTRAP"):
        assert name in ended.err
    assert "tiny" not in ended.err
    assert "without_a_name" not in ended.err


async def test_every_part_that_does_not_answer_is_named(tmp_path: Path) -> None:
    ended = await run("serve", env=NOWHERE, cwd=tmp_path)

    assert ended.code == 1
    assert "PostgreSQL at CARELEDGER_DATABASE_URL" in ended.err
    assert "Kafka at CARELEDGER_KAFKA_BOOTSTRAP" in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.integration
async def test_missing_topics_are_named_with_the_command_that_makes_them(
    ingest_settings: IngestSettings, tmp_path: Path
) -> None:
    env = environment(ingest_settings, CARELEDGER_KAFKA_TOPIC_PREFIX="elsewhere.")

    ended = await run("serve", env=env, cwd=tmp_path)

    assert ended.code == 1
    assert "elsewhere.payment-events" in ended.err
    assert "create-topics" in ended.err


@pytest.mark.integration
async def test_the_process_serves_logs_json_lines_and_ends_when_asked(
    ingest_settings: IngestSettings, tmp_path: Path, unused_tcp_port: int
) -> None:
    env = environment(ingest_settings, CARELEDGER_INGEST_PORT=str(unused_tcp_port))
    process = await start("serve", env=env, cwd=tmp_path)

    async def ready() -> bool:
        assert process.returncode is None
        try:
            async with httpx2.AsyncClient() as client:
                url = f"http://127.0.0.1:{unused_tcp_port}"
                await client.get(f"{url}/nowhere")
                return (await client.get(f"{url}/readyz")).is_success
        except httpx2.TransportError:
            return False

    assert await seen(ready, bool)
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(20):
        out, err = await process.communicate()

    lines = [json.loads(line) for line in err.decode().splitlines()]
    # uvicorn ends by the signal itself once everything is closed.
    assert process.returncode in {0, -signal.SIGTERM}
    assert out == b""
    assert any(line["event"] == "request_answered" for line in lines)
    assert {line["service"] for line in lines} == {"ingest"}
