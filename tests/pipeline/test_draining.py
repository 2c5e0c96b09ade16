"""Told to stop, report-api lets live streams go at once and is gone soon after."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
from deploy.local.stack import Addresses

from careledger.events.topics import TOPICS
from careledger.kafka import create_topics
from support.polling import seen
from support.report_api import SECRET, RunningReportApi

pytestmark = pytest.mark.e2e

_GRACE_SECONDS = 15
"""So long the server itself waits for answers that do not end."""


@pytest.fixture
async def serving(
    stack: Addresses, database_url: str, redis_url: str, topic_prefix: str, tmp_path: Path
) -> AsyncIterator[tuple[subprocess.Popen[bytes], str]]:
    """`report-api serve` as a process manager starts it."""
    await create_topics(stack.kafka, tuple(topic.under(topic_prefix) for topic in TOPICS))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    environment = {
        **os.environ,  # noqa: TID251 - the child keeps PATH and locale
        "CARELEDGER_DATABASE_URL": database_url,
        "CARELEDGER_KAFKA_BOOTSTRAP": stack.kafka,
        "CARELEDGER_KAFKA_TOPIC_PREFIX": topic_prefix,
        "CARELEDGER_REDIS_URL": redis_url,
        "CARELEDGER_SECRET": SECRET,
        "CARELEDGER_EXPORT_DIR": str(tmp_path),
        "CARELEDGER_REPORT_API_PORT": str(port),
    }
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(  # noqa: ASYNC220 - starting takes no time
            [Path(sys.executable).with_name("report-api"), "serve"],
            env=environment,
            stdout=log,
            stderr=log,
            cwd=tmp_path,
        )
    yield process, f"http://127.0.0.1:{port}"
    process.kill()
    process.wait()


async def test_open_streams_do_not_hold_up_the_end(
    serving: tuple[subprocess.Popen[bytes], str], report_api: RunningReportApi
) -> None:
    process, address = serving
    finance = await report_api.user("finance")
    authorization = {"authorization": finance.headers["authorization"]}

    async with httpx2.AsyncClient(base_url=address, headers=authorization) as client:
        await seen(lambda: _answers(client), bool, timeout_seconds=60)
        async with client.stream("GET", "/api/v1/reports/updates") as stream:
            lines = stream.aiter_lines()
            first = await anext(lines)
            process.send_signal(signal.SIGTERM)
            began = time.monotonic()
            async with asyncio.timeout(_GRACE_SECONDS / 2):
                rest = [line async for line in lines]
        code = await asyncio.to_thread(process.wait, timeout=_GRACE_SECONDS)

    assert stream.status_code == 200
    assert first == ": connected"
    assert not [line for line in rest if line.startswith("event: error")]
    assert time.monotonic() - began < _GRACE_SECONDS / 2
    assert code in (0, -signal.SIGTERM)


async def _answers(client: httpx2.AsyncClient) -> bool:
    try:
        return (await client.get("/livez")).is_success
    except httpx2.HTTPError:
        return False
