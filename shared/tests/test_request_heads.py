"""What is refused before a service sees a request is refused as services refuse."""

import asyncio
from collections.abc import AsyncGenerator
from typing import NamedTuple

import msgspec
import pytest
import uvicorn
from starlette.responses import PlainTextResponse

from careledger.request_heads import HeadLimitedProtocol
from support.polling import seen

pytestmark = pytest.mark.integration


class Answer(NamedTuple):
    """What came back over a connection."""

    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture
async def port() -> AsyncGenerator[int]:
    """Of a server that takes two connections."""
    config = uvicorn.Config(
        PlainTextResponse("hello"),
        port=0,
        http=HeadLimitedProtocol,
        lifespan="off",
        log_config=None,
        limit_concurrency=2,
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())

    async def started() -> bool:
        return server.started or serving.done()

    await seen(started, bool)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    await serving


async def exchange(port: int, sent: bytes) -> Answer:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    async with asyncio.timeout(10):
        told = await reader.read(65_536)
    writer.close()
    head, _, body = told.partition(b"\r\n\r\n")
    first, *rest = head.decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in rest)
    return Answer(int(first.split(" ")[1]), headers, body)


@pytest.mark.parametrize(
    "sent",
    [
        b"GARBAGE secret\r\n\r\n",
        b"SECRET / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Secret: a\x00secret\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
    ids=["no-request", "no-method", "nul", "two-lengths"],
)
async def test_what_is_no_request_gets_a_problem_document(port: int, sent: bytes) -> None:
    answer = await exchange(port, sent)

    problem = msgspec.json.decode(answer.body)
    assert (answer.status, problem["status"]) == (400, 400)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-request-id"] == problem["request_id"]
    assert b"secret" not in answer.body.lower()


async def test_a_head_without_end_is_too_large(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(9):
        writer.write(b"GET / HTTP/1.1\r\nX-Long: " if _ == 0 else b"y" * 10_000)
        await writer.drain()
        await asyncio.wait([asyncio.create_task(reader.read(0))])
    async with asyncio.timeout(10):
        told = await reader.read(65_536)
    writer.close()

    assert told.startswith(b"HTTP/1.1 431 ")
    assert b"application/problem+json" in told


async def test_a_connection_too_many_is_told_when_to_come_again(port: int) -> None:
    idle = [await asyncio.open_connection("127.0.0.1", port) for _ in range(2)]

    answer = await exchange(port, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")

    for _, writer in idle:
        writer.close()
    assert (answer.status, msgspec.json.decode(answer.body)["status"]) == (503, 503)
    assert answer.headers["retry-after"] == "2"
    assert answer.headers["connection"] == "close"
