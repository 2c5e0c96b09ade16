"""A load of HTTP requests over kept connections, in a closed and in an open loop.

The open loop is honest about waiting: every request has a time at which it is due, whether or not
the answers before it have come, and its latency counts from then (no coordinated omission).
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

CONNECTIONS_OPEN_LOOP: Final = 200
_LINE_END: Final = b"\r\n"


class Request(NamedTuple):
    """One request as it goes over the wire, and what it is counted as."""

    kind: str
    raw: bytes


def request(kind: str, token: str, method: str, target: str, body: bytes = b"") -> Request:
    """Write a request."""
    head = [
        f"{method} {target} HTTP/1.1",
        "Host: report-api",
        f"Authorization: Bearer {token}",
        f"Content-Length: {len(body)}",
    ]
    if body:
        head.append("Content-Type: application/json")
    return Request(kind, "\r\n".join([*head, "", ""]).encode() + body)


@dataclass(slots=True)
class Outcome:
    """What came of a load: seconds from due to answered, by kind, and answers by status."""

    seconds: float = 0.0
    latencies: dict[str, list[float]] = field(default_factory=dict[str, list[float]])
    statuses: Counter[int] = field(default_factory=Counter[int])
    lost: int = 0
    """Requests without any answer."""

    @property
    def answers(self) -> int:
        """How many requests were answered."""
        return self.statuses.total()

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return self.answers / self.seconds

    def add(self, kind: str, status: int, latency_seconds: float) -> None:
        """Count an answer."""
        self.statuses[status] += 1
        self.latencies.setdefault(kind, []).append(latency_seconds)

    def percentile_ms(self, share: float, kind: str | None = None) -> float:
        """Return the latency that a share of the requests did not exceed, ms."""
        found = (
            [one for many in self.latencies.values() for one in many]
            if kind is None
            else self.latencies.get(kind, [])
        )
        ordered = sorted(found)
        return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1_000, 1)


class _Connection:
    def __init__(self, host: str, port: int) -> None:
        self._address = host, port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, raw: bytes) -> int:
        """Send a request, read its answer to the end, and return its status."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(*self._address, limit=2**20)
        reader, writer = self._streams
        try:
            writer.write(raw)
            head = await reader.readuntil(_LINE_END * 2)
            length = _content_length(head)
            if length:
                await reader.readexactly(length)
        except (OSError, asyncio.IncompleteReadError):
            self.close()
            raise
        return int(head[9:12])

    def close(self) -> None:
        """Let the connection go."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


def _content_length(head: bytes) -> int:
    for line in head.split(_LINE_END):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


async def closed_loop(
    host: str, port: int, requests: Iterator[Request], *, connections: int, seconds: float
) -> Outcome:
    """Ask as fast as answers come, on a number of connections."""
    outcome = Outcome()
    began = time.perf_counter()

    async def ask_on_and_on() -> None:
        connection = _Connection(host, port)
        while (asked := time.perf_counter()) - began < seconds:
            one = next(requests)
            try:
                status = await connection.ask(one.raw)
            except (OSError, asyncio.IncompleteReadError):
                outcome.lost += 1
                continue
            outcome.add(one.kind, status, time.perf_counter() - asked)
        connection.close()

    await asyncio.gather(*(ask_on_and_on() for _ in range(connections)))
    outcome.seconds = time.perf_counter() - began
    return outcome


async def open_loop(
    host: str, port: int, requests: Iterator[Request], *, rate: float, seconds: float
) -> Outcome:
    """Ask at a rate, whatever the answers do; a late start counts as latency."""
    outcome = Outcome()
    free: asyncio.Queue[_Connection] = asyncio.Queue()
    for _ in range(CONNECTIONS_OPEN_LOOP):
        free.put_nowait(_Connection(host, port))

    async def ask(one: Request, due: float) -> None:
        connection = await free.get()
        try:
            status = await connection.ask(one.raw)
        except (OSError, asyncio.IncompleteReadError):
            outcome.lost += 1
        else:
            outcome.add(one.kind, status, time.perf_counter() - due)
        finally:
            free.put_nowait(connection)

    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for number in range(int(rate * seconds)):
            due = began + number / rate
            wait_seconds = due - time.perf_counter()
            if wait_seconds > 0:
                await asyncio.sleep(wait_seconds)
            group.create_task(ask(next(requests), due))
    outcome.seconds = time.perf_counter() - began
    while not free.empty():
        free.get_nowait().close()
    return outcome


def endless(make: Callable[[int], Request]) -> Iterator[Request]:
    """Yield requests made from 0, 1, 2 and so on."""
    number = 0
    while True:
        yield make(number)
        number += 1
