"""Keeps live traffic going through ingest, as its clients would, and shows what becomes of it."""

import itertools
import signal
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event
from types import FrameType
from typing import Annotated, Final

import httpx2
import msgspec
import typer
from deploy.demo.intake import Intake, IntakeError, StoppedError, Tally, batches
from deploy.demo.traffic import Plan, traffic
from deploy.local.errors import LocalStackError
from deploy.local.settings import load_settings
from rich.console import Console
from rich.live import Live
from rich.text import Text

from careledger.clock import now

_LONGEST_BATCH: Final = timedelta(milliseconds=500)
_BATCH_COUNT_MAX: Final = 500
_TIMEOUT_SECONDS: Final = 30
_LINE_EVERY: Final = timedelta(seconds=15)
_ENDING: Final = (signal.SIGINT, signal.SIGTERM)
_BACKLOG_SENT: Final = "live-backlog-sent"


def live(
    *,
    rate: Annotated[int, typer.Option(min=1, help="Events per second.")] = 20,
    seed: Annotated[int, typer.Option(min=0, help="Other seeds tell other histories.")] = 1,
    backlog: Annotated[
        int, typer.Option(min=0, help="Events of the year before, sent at once, one time only.")
    ] = 3000,
    events: Annotated[int | None, typer.Option(min=1, help="Stop after so many.")] = None,
) -> None:
    """Send live traffic to the ingest of `make up` until interrupted."""
    console = Console(highlight=False)
    try:
        home = load_settings().local_home
        client = _client(home / "endpoints.json")
        marker = home / _BACKLOG_SENT
        plan = Plan(
            seed=seed,
            start=now().replace(microsecond=0),
            events_per_second=rate,
            backlog=0 if marker.exists() else backlog,
        )
        with client, _stopping() as stop, _progress(console) as show:
            for tally in _sending(plan, Intake(client, stop, show), stop, events):
                if tally.sent.total() >= plan.backlog and not marker.exists():
                    marker.touch()
    except (IntakeError, LocalStackError) as error:
        console.print(f"error: {error}", soft_wrap=True, markup=False)
        raise typer.Exit(1) from error


class _Endpoints(msgspec.Struct):
    ingest: str
    ingest_token: str


def _client(file: Path) -> httpx2.Client:
    try:
        endpoints = msgspec.json.decode(file.read_bytes(), type=_Endpoints)
    except (OSError, msgspec.MsgspecError) as error:
        raise LocalStackError(f"{file} cannot be read; run `make up` first") from error
    return httpx2.Client(
        base_url=endpoints.ingest,
        headers={
            "authorization": f"Bearer {endpoints.ingest_token}",
            "content-type": "application/x-ndjson",
        },
        timeout=_TIMEOUT_SECONDS,
        trust_env=False,
    )


def _sending(plan: Plan, intake: Intake, stop: Event, count: int | None) -> Iterator[Tally]:
    """Send each batch when it is due and yield what came of everything so far."""
    events = itertools.islice(traffic(plan), count)
    for batch in batches(events, longest=_LONGEST_BATCH, count_max=_BATCH_COUNT_MAX):
        stop.wait(max(0.0, (batch[-1].due_at - now()).total_seconds()))
        try:
            intake.send(batch)
        except StoppedError:
            return
        yield intake.tally


@contextmanager
def _stopping() -> Generator[Event]:
    """Turn the signals that end a program into an event, so that a batch is finished first."""
    stop = Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, on_signal) for number in _ENDING}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _progress(console: Console) -> Generator[Callable[[Tally], None]]:
    """Show a tally: lines that change on a terminal, a line now and then elsewhere."""
    if console.is_terminal:
        with Live(console=console, auto_refresh=False) as display:
            yield lambda tally: display.update(_told(tally, "\n  "), refresh=True)
        return
    due, last = now(), Text()

    def print_now_and_then(tally: Tally) -> None:
        nonlocal due, last
        last = _told(tally, " · ")
        if now() >= due:
            console.print(last, soft_wrap=True)
            due = now() + _LINE_EVERY

    yield print_now_and_then
    console.print(last, soft_wrap=True)


def _told(tally: Tally, separator: str) -> Text:
    """Say what was sent and what became of it, and after the separator, of which kinds it was."""
    line = Text(
        f"{tally.sent.total():,} events sent · "
        f"{tally.accepted:,} accepted, {tally.refused:,} refused"
    )
    if tally.waits:
        line.append(f" · waits for ingest: {tally.waits:,}", "yellow")
    if tally.unexpected:
        line.append(f" · {tally.unexpected:,} refused unexpectedly", "red")
    if tally.problem:
        line.append(f" · last trouble: {tally.problem}", "dim")
    kinds = ", ".join(f"{count:,} {label}" for label, count in tally.sent.most_common())
    line.append(f"{separator}{kinds}")
    return line


if __name__ == "__main__":
    typer.run(live)
