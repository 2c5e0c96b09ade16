"""A request larger than is read is refused, whatever it says of its own length."""

from collections.abc import AsyncGenerator

import httpx2
import pytest

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
