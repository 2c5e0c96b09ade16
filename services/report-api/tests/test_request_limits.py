"""A request larger than is read is refused, whatever it says of its own length."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from urllib.parse import urlsplit

import httpx2
import pytest

from report_api import middleware
from support.report_api import RunningReportApi

pytestmark = pytest.mark.integration

SEARCH = "/api/v1/reports/patients/search"
JSON = {"content-type": "application/json"}


async def in_pieces(count: int) -> AsyncGenerator[bytes]:
    for _ in range(count):
        yield b" " * 1_024


@pytest.mark.parametrize("path", [SEARCH, "/api/v1/auth/token", "/api/v1/reports/exports"])
async def test_a_body_over_the_limit_is_refused(report_api: RunningReportApi, path: str) -> None:
    client = await report_api.user("admin")
    form = {"content-type": "application/x-www-form-urlencoded"}

    answer = await client.post(
        path, content=b"a" * 70_000, headers=form if "auth" in path else JSON
    )

    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")


async def test_a_body_without_a_length_is_measured_as_it_comes(
    served_report_api: str, report_api: RunningReportApi
) -> None:
    user = await report_api.user("staff")
    headers = {**JSON, "authorization": user.headers["authorization"]}

    async with httpx2.AsyncClient(base_url=served_report_api) as client:
        within = await client.post(SEARCH, content=in_pieces(60), headers=headers)
        beyond = await client.post(SEARCH, content=in_pieces(70), headers=headers)

    assert (within.status_code, beyond.status_code) == (400, 413)


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate"])
async def test_a_compressed_body_is_not_unpacked(
    report_api: RunningReportApi, encoding: str
) -> None:
    client = await report_api.user("staff")

    answer = await client.post(
        SEARCH, content=b"\x1f\x8b\x08", headers={**JSON, "content-encoding": encoding}
    )

    assert answer.status_code in (400, 415)


async def test_a_head_without_end_is_cut_off_at_once(served_report_api: str) -> None:
    address = urlsplit(served_report_api)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(b"GET /livez HTTP/1.1\r\nHost: x\r\nX-Long: " + b"y" * 200_000)

    async with asyncio.timeout(20):
        with contextlib.suppress(ConnectionError):
            told = await reader.read(65_536)
            assert not told or told.startswith(b"HTTP/1.1 431")
            assert not await reader.read(65_536)
    writer.close()


async def test_a_body_that_never_ends_is_not_waited_for(
    report_api: RunningReportApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(middleware, "BODY_SECONDS_MAX", 0.2)
    client = await report_api.user("staff")

    async def dribble() -> AsyncGenerator[bytes]:
        yield b"{"
        await asyncio.Event().wait()

    async with asyncio.timeout(30):
        answer = await client.post(SEARCH, content=dribble(), headers=JSON)

    assert answer.status_code == 408
