"""Bodies are counted, cut into lines and not waited for without end."""

import asyncio
from collections.abc import AsyncGenerator, Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message, Receive

from careledger.events.rules import EVENT_BYTES_MAX
from ingest.bodies import Body, ClientGoneError, lines_of
from ingest.errors import TooLargeError, TooSlowError


def arriving(*messages: Message, then_silence: bool = False) -> Receive:
    waiting = list(messages)

    async def receive() -> Message:
        if not waiting and then_silence:
            await asyncio.Event().wait()
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    return receive


def part(body: bytes, *, more: bool = True) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


async def lines(*chunks: bytes) -> list[tuple[int, bytes | None]]:
    async def stream() -> AsyncGenerator[bytes]:
        for chunk in chunks:
            yield chunk

    return [line async for several in lines_of(stream()) for line in several]


async def test_a_body_in_parts_is_put_together() -> None:
    body = Body(arriving(part(b"a"), part(b"b"), part(b"", more=False)), timeout_seconds=1)

    assert await body.whole(bytes_max=2) == b"ab"
    assert body.complete


async def test_a_body_is_too_large_as_soon_as_it_is() -> None:
    body = Body(arriving(part(b"abc"), then_silence=True), timeout_seconds=60)

    with pytest.raises(TooLargeError):
        await body.whole(bytes_max=2)


async def test_a_silent_sender_is_given_up() -> None:
    body = Body(arriving(part(b"a"), then_silence=True), timeout_seconds=0.05)

    with pytest.raises(TooSlowError):
        await body.whole(bytes_max=10)


async def test_a_sender_of_single_bytes_is_given_up_although_never_silent() -> None:
    async def receive() -> Message:
        await asyncio.sleep(0.02)
        return part(b"a")

    body = Body(receive, timeout_seconds=0.2)

    with pytest.raises(TooSlowError):
        await body.whole(bytes_max=10_000)


async def test_a_sender_that_goes_away_is_noticed() -> None:
    body = Body(arriving(part(b"a")), timeout_seconds=1)

    with pytest.raises(ClientGoneError):
        await body.whole(bytes_max=10)


async def test_draining_ends_whatever_the_sender_does() -> None:
    endless = Body(arriving(*[part(b"x" * 10_000)] * 100), timeout_seconds=1)
    gone = Body(arriving(), timeout_seconds=1)

    await endless.drain()
    await gone.drain()

    assert not endless.complete


async def test_lines_keep_their_numbers_past_blank_ones() -> None:
    assert await lines(b"a\n\n b \r\n", b"\t\nc") == [(1, b"a"), (3, b"b"), (5, b"c")]


async def test_a_line_larger_than_an_event_is_skipped_and_counted() -> None:
    large = b"x" * (EVENT_BYTES_MAX + 1)

    assert await lines(large + b"\nb", b"\n", large, large, b"\nd") == [
        (1, None),
        (2, b"b"),
        (3, None),
        (4, b"d"),
    ]


async def test_a_line_as_large_as_an_event_may_be_is_kept() -> None:
    line = b"x" * EVENT_BYTES_MAX

    assert await lines(line + b"\n", line) == [(1, line), (2, line)]


def cut(text: bytes, places: Iterable[int]) -> list[bytes]:
    edges = sorted({0, len(text), *(place % (len(text) + 1) for place in places)})
    return [text[start:end] for start, end in pairwise(edges)]


@given(
    text=st.lists(st.sampled_from([b"a", b"bc", b"\n", b"\r\n", b" "]), max_size=40).map(b"".join),
    places=st.lists(st.integers(0, 100), max_size=10),
)
async def test_where_a_body_is_cut_into_parts_does_not_matter(
    text: bytes, places: list[int]
) -> None:
    expected = [
        (number, line.strip())
        for number, line in enumerate(text.split(b"\n"), start=1)
        if line.strip()
    ]

    assert await lines(*cut(text, places)) == expected
