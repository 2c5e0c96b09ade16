"""A job of the clock that fails, in whatever way, is tried again and takes no other along."""

import asyncio

import pytest

from aggregator.schedule import repeat


@pytest.mark.parametrize("failure", [AttributeError(), TimeoutError(), asyncio.CancelledError()])
async def test_a_job_that_failed_is_tried_again(failure: BaseException) -> None:
    failures = [failure]
    ran = asyncio.Event()

    async def job() -> None:
        if failures:
            raise failures.pop()
        ran.set()

    async with asyncio.timeout(10), asyncio.TaskGroup() as jobs:
        task = jobs.create_task(repeat("job", 0.0, job))
        await ran.wait()
        task.cancel()

    assert task.cancelled()
