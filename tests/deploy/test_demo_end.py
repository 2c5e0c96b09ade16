"""The demonstration ends with its traffic, its time, or its terminal."""

import os
import pty
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from deploy.local.demo import wait_for_end


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(["/bin/sleep", "60"]) as process:
        yield process
        process.kill()


@pytest.fixture
def nowhere() -> Iterator[int]:
    with Path(os.devnull).open("rb") as file:
        yield file.fileno()


def test_traffic_that_ends_by_itself_is_noticed(
    sleeper: subprocess.Popen[bytes], nowhere: int
) -> None:
    sleeper.kill()

    assert wait_for_end(sleeper.pid, terminal=nowhere, seconds=30)


def test_time_may_be_up(sleeper: subprocess.Popen[bytes], nowhere: int) -> None:
    assert not wait_for_end(sleeper.pid, terminal=nowhere, seconds=0.05)


def test_a_terminal_that_is_closed_is_noticed(sleeper: subprocess.Popen[bytes]) -> None:
    outside, inside = pty.openpty()
    with os.fdopen(inside, "rb", buffering=0):
        assert not wait_for_end(sleeper.pid, terminal=inside, seconds=0.05)
        os.close(outside)

        assert not wait_for_end(sleeper.pid, terminal=inside, seconds=None)


def test_a_pipe_that_nobody_writes_to_is_no_closed_terminal(
    sleeper: subprocess.Popen[bytes],
) -> None:
    reading, writing = os.pipe()
    os.close(writing)
    with os.fdopen(reading, "rb"):
        sleeper.kill()

        assert wait_for_end(sleeper.pid, terminal=reading, seconds=30)
