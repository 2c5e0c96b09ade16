"""What is shown never decides what is done."""

import errno
import io
import os
from pathlib import Path

import pytest
from deploy.local.processes import Launch
from deploy.local.progress import Display
from deploy.local.records import Records
from deploy.local.stopping import stop_everything
from rich.console import Console


class ClosedTerminal(io.StringIO):
    """What is left of a terminal whose window was closed."""

    def write(self, s: str, /) -> int:
        del s
        raise OSError(errno.EIO, os.strerror(errno.EIO))


class PipeWithoutReader(io.StringIO):
    """Standard output after `| head` has seen enough."""

    def write(self, s: str, /) -> int:
        del s
        raise BrokenPipeError


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize(
    "console",
    [
        Console(file=ClosedTerminal(), force_terminal=True),
        Console(file=ClosedTerminal(), force_terminal=False),
        Console(file=PipeWithoutReader(), force_terminal=False),
    ],
    ids=["closed terminal", "closed output", "pipe without reader"],
)
def test_everything_is_stopped_though_nobody_can_see_it(console: Console, tmp_path: Path) -> None:
    records = Records(tmp_path / "state.json")
    for name in ("service", "postgres", "valkey"):
        launch = Launch(["sleep", "60"], tmp_path / name, {"PATH": os.defpath}, tmp_path)
        records.start(name, launch)

    with Display(console) as display:
        stop_everything(records, display)

    assert records.running() == []


def test_each_change_is_a_line_where_there_is_no_terminal() -> None:
    console = Console(file=io.StringIO(), force_terminal=False)

    with Display(console) as display:
        display.doing("kafka", "downloading Kafka, 1 of 45 jars")
        display.doing("kafka", "downloading Kafka, 2 of 45 jars")
        display.done("kafka", "ready")

    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue().splitlines() == [
        "kafka: downloading Kafka, 1 of 45 jars",
        "kafka: ready",
    ]
