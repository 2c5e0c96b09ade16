"""A job of the clock that fails is tried again; one that ends takes the process with it."""

import asyncio
import os
import sys

import pytest

from aggregator.schedule import ScheduleEndedError, repeat, run_jobs
from support.aggregators import Installation


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


async def test_a_job_that_was_ended_ends_the_others_and_is_named() -> None:
    tasks: dict[str, asyncio.Task[None] | None] = {}

    async def relay() -> None:
        tasks["relay"] = asyncio.current_task()

    async def sealer() -> None:
        tasks["sealer"] = asyncio.current_task()
        if (other := tasks.get("relay")) is not None:
            other.cancel()

    async with asyncio.timeout(10):
        with pytest.raises(ScheduleEndedError, match=r"^relay$"):
            await run_jobs({"relay": (0.01, relay), "sealer": (0.01, sealer)})

    assert all(task is not None and task.done() for task in tasks.values())


_ENDS_THE_RELAY = """
import asyncio
import typer
from aggregator.cli.running import serve
from aggregator.settings import Settings

async def end_the_relay():
    while not (found := [task for task in asyncio.all_tasks() if task.get_name() == "relay"]):
        await asyncio.sleep(0.05)
    found[0].cancel()

async def main():
    fault = asyncio.create_task(end_the_relay())
    await serve(Settings())

try:
    asyncio.run(main())
except typer.Exit as error:
    raise SystemExit(error.exit_code)
"""


@pytest.mark.integration
async def test_a_process_whose_schedule_ended_ends_with_a_line_and_a_code_of_its_own(
    installation: Installation,
) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        _ENDS_THE_RELAY,
        env={**os.environ, **installation.settings(port=0)},  # noqa: TID251 - the child keeps PATH and locale
        cwd=installation.folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(300):
        told, _ = await process.communicate()

    assert process.returncode == 4, told.decode()
    assert "schedule_ended" in told.decode()
    assert "relay" in told.decode()
