"""Connections that never become a request, or never end, are closed."""

import asyncio
import contextlib
import json
import time

import pytest

from support.ingest import TOKEN, RunningIngest
from support.payment_bodies import event

pytestmark = pytest.mark.integration

HEAD = (
    "POST /v1/events HTTP/1.1\r\n"
    "host: test\r\n"
    f"authorization: Bearer {TOKEN}\r\n"
    "content-type: application/x-ndjson\r\n"
).encode()


async def exchange(ingest: RunningIngest, sent: bytes, *, then: bytes = b"") -> bytes:
    """Send bytes, then one byte of the rest every tenth of a second; return what came back.

    A byte that crosses the answer on its way resets the connection: what came before counts.
    """
    port = int(ingest.url.rsplit(":", 1)[1])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    answering = asyncio.create_task(everything(reader))
    try:
        for byte in then:
            await asyncio.wait([answering], timeout=0.1)
            if answering.done():
                break
            writer.write(bytes([byte]))
        async with asyncio.timeout(20):
            return await answering
    finally:
        writer.close()


async def everything(reader: asyncio.StreamReader) -> bytes:
    """Read until the end of the connection, however it ends."""
    answer = b""
    with contextlib.suppress(ConnectionError):
        while some := await reader.read(65_536):
            answer += some
    return answer


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


async def test_a_connection_that_asks_nothing_is_closed(ingest: RunningIngest) -> None:
    assert await exchange(ingest, b"") == b""


async def test_a_head_that_comes_byte_by_byte_is_not_waited_for(ingest: RunningIngest) -> None:
    since = time.monotonic()

    answer = await exchange(ingest, HEAD, then=b"x-slow: " + b"y" * 300)

    assert answer == b""
    assert time.monotonic() - since < 10


async def test_a_head_without_end_is_cut_off_at_once(ingest: RunningIngest) -> None:
    since = time.monotonic()

    answer = await exchange(ingest, HEAD + b"x-long: " + b"y" * 200_000)

    assert not answer or status(answer) == 431
    assert time.monotonic() - since < 2


async def test_a_body_that_comes_byte_by_byte_is_not_waited_for(ingest: RunningIngest) -> None:
    head = HEAD + b"content-length: 5000\r\n\r\n"

    answers = [await exchange(ingest, head, then=b" " * 300) for _ in range(2)]

    # The system may throw the answer away when a byte meets the closed connection, but not always.
    assert {status(answer) for answer in answers if answer} == {408}


async def test_a_body_shorter_than_announced_publishes_no_unfinished_line(
    ingest: RunningIngest,
) -> None:
    port = int(ingest.url.rsplit(":", 1)[1])
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    whole, cut = json.dumps(event(id="whole")).encode(), json.dumps(event(id="cut")).encode()

    writer.write(HEAD + b"content-length: 100000\r\n\r\n" + whole + b"\n" + cut)
    await writer.drain()
    await ingest.records_once("payment-events", 1)
    writer.close()

    await ingest.records_once("audit-events", 1)
    (record,) = await ingest.audit_records()
    assert (record["outcome"], record["details"]["accepted"]) == ("failure", 1)
    assert len(await ingest.records()) == 1


async def test_two_ways_of_saying_how_long_a_body_is_are_refused(ingest: RunningIngest) -> None:
    body = json.dumps(event()).encode()
    head = HEAD + b"transfer-encoding: chunked\r\ncontent-length: %d\r\n\r\n" % len(body)

    assert (
        status(await exchange(ingest, head + b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body))) == 400
    )
    assert await ingest.records() == []


async def test_five_hundred_requests_broken_off_leave_the_service_working(
    ingest: RunningIngest,
) -> None:
    port = int(ingest.url.rsplit(":", 1)[1])
    for _ in range(500):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(HEAD + b"content-length: 100\r\n\r\n{")
        writer.transport.abort()

    answer = await ingest.client.post(
        "/v1/events", json=event(), headers={"content-type": "application/cloudevents+json"}
    )

    assert answer.status_code == 202
