"""HTTP bodies within limits: counted while they arrive, cut into lines, never waited for long."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Final

from starlette.types import Message, Receive

from careledger.errors import CareledgerError
from careledger.events.rules import EVENT_BYTES_MAX
from ingest.errors import TooLargeError, TooSlowError

PACE_BYTES_PER_SECOND: Final = 1024
DRAINED_BYTES_MAX: Final = 64 * 1024
_DRAIN_SECONDS: Final = 1.0


class ClientGoneError(CareledgerError):
    """The sender closed the connection before its body was complete."""


class Body:
    """The body of one request."""

    def __init__(self, receive: Receive, *, timeout_seconds: float) -> None:
        """Read from a server.

        Args:
            receive: the server's ASGI callable.
            timeout_seconds: the longest silence; a slower pace than 1 KiB/s is granted no more
                than this on top.
        """
        self._receive = receive
        self._timeout_seconds = timeout_seconds
        self._received_bytes = 0
        self._waited_seconds = 0.0
        self.complete = False

    @classmethod
    def of(cls, text: bytes) -> Body:
        """Return a body that is here already."""

        async def receive() -> Message:
            return {"type": "http.request", "body": text, "more_body": False}

        return cls(receive, timeout_seconds=1)

    async def whole(self, *, bytes_max: int) -> bytes:
        """Return all of it.

        Raises:
            TooLargeError, TooSlowError, ClientGoneError: it cannot be had.
        """
        return b"".join([chunk async for chunk in self.chunks(bytes_max=bytes_max)])

    async def chunks(self, *, bytes_max: int) -> AsyncGenerator[bytes]:
        """Yield it as it arrives.

        Raises:
            TooLargeError, TooSlowError, ClientGoneError: the rest of it cannot be had.
        """
        while not self.complete:
            chunk = await self._next()
            if self._received_bytes > bytes_max:
                raise TooLargeError(f"the body may have {bytes_max} bytes")
            if chunk:
                yield chunk

    async def drain(self) -> None:
        """Read a little of what is left, so that its sender gets to reading the answer."""
        limit = self._received_bytes + DRAINED_BYTES_MAX
        try:
            async with asyncio.timeout(_DRAIN_SECONDS):
                while not self.complete and self._received_bytes < limit:
                    await self._next()
        except (TimeoutError, TooSlowError, ClientGoneError):
            return

    async def _next(self) -> bytes:
        allowance = self._timeout_seconds + self._received_bytes / PACE_BYTES_PER_SECOND
        patience = min(self._timeout_seconds, allowance - self._waited_seconds)
        since = time.monotonic()
        try:
            async with asyncio.timeout(patience):
                message = await self._receive()
        except TimeoutError:
            raise TooSlowError("the body arrives too slowly") from None
        self._waited_seconds += time.monotonic() - since
        if message["type"] == "http.disconnect":
            raise ClientGoneError("the sender went away in the middle of the body")
        chunk: bytes = message.get("body", b"")
        self._received_bytes += len(chunk)
        self.complete = not message.get("more_body", False)
        return chunk


async def lines_of(chunks: AsyncIterator[bytes]) -> AsyncGenerator[list[tuple[int, bytes | None]]]:
    """Yield the lines that each chunk completes, numbered from one; blank ones are left out.

    None stands for a line larger than an event may be. The last line needs no line end; what is
    left of a body that breaks off is no line.
    """
    number = 1
    kept = bytearray()
    overflowed = False
    async for chunk in chunks:
        first, *others = chunk.split(b"\n")
        lines: list[tuple[int, bytes | None]] = []
        for piece in others:
            kept += first if not overflowed else b""
            _add_line(lines, number, kept, overflowed=overflowed)
            number += 1
            kept.clear()
            overflowed = False
            first = piece
        kept += first
        if len(kept) > EVENT_BYTES_MAX:
            kept.clear()
            overflowed = True
        if lines:
            yield lines
    last: list[tuple[int, bytes | None]] = []
    _add_line(last, number, kept, overflowed=overflowed)
    if last:
        yield last


def _add_line(
    lines: list[tuple[int, bytes | None]], number: int, kept: bytearray, *, overflowed: bool
) -> None:
    line = bytes(kept.strip())
    if overflowed or len(line) > EVENT_BYTES_MAX:
        lines.append((number, None))
    elif line:
        lines.append((number, line))
