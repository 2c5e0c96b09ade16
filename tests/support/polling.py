"""Looks again and again, without blocking the loop, until what is looked at is as expected."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")
_POLL_SECONDS = 0.02


async def seen(
    look: Callable[[], Awaitable[T]],
    expected: Callable[[T], object],
    *,
    timeout_seconds: float = 30,
) -> T:
    """Return the first sight that is as expected.

    Raises:
        TimeoutError: none was in time.
    """
    async with asyncio.timeout(timeout_seconds):
        while not expected(sight := await look()):  # noqa: ASYNC110 - others set no event
            await asyncio.sleep(_POLL_SECONDS)
    return sight
