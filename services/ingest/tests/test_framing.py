"""Where TLS is required a request in the clear is told so and read no further."""

import httpx2
import pytest
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from ingest.framing import RequestFrame


async def _application(scope: Scope, receive: Receive, send: Send) -> None:
    await Response("in")(scope, receive, send)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("http://ingest.test/v1/events", 426),
        ("https://ingest.test/v1/events", 200),
        ("http://ingest.test/livez", 200),
    ],
)
async def test_only_what_came_by_tls_is_let_in(address: str, status: int) -> None:
    frame = RequestFrame(_application, requires_tls=True)

    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=frame)) as client:
        answer = await client.post(address, content=b"{}")

    assert answer.status_code == status
    assert "x-request-id" in answer.headers


async def test_without_the_requirement_everything_is_let_in() -> None:
    transport = httpx2.ASGITransport(app=RequestFrame(_application))

    async with httpx2.AsyncClient(transport=transport) as client:
        assert (await client.post("http://ingest.test/v1/events")).status_code == 200
