"""Shows what each part is doing: a live table on a terminal, one line per change elsewhere."""

import contextlib
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Protocol, Self

from deploy.local.errors import LocalStackError
from rich.console import Console
from rich.live import Live
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text


class Report(Protocol):
    """Told by every part what it does; called from several threads."""

    def doing(self, part: str, what: str) -> None:
        """A part goes on to something that takes a while."""
        ...

    def done(self, part: str, what: str) -> None:
        """A part has nothing more to do."""
        ...


class Silence:
    """A report nobody reads."""

    def doing(self, part: str, what: str) -> None:
        """Say nothing."""

    def done(self, part: str, what: str) -> None:
        """Say nothing."""


class Display:
    """A report for people; used in a ``with`` statement."""

    def __init__(self, console: Console) -> None:
        """Write to this console."""
        self._console = console
        self._lock = threading.Lock()
        self._rows: dict[str, tuple[str, bool]] = {}
        self._spinner = Spinner("dots")
        self._live = Live(console=console, get_renderable=self._table, refresh_per_second=8)

    def __enter__(self) -> Self:
        """Begin to show; a terminal gets a table that changes in place."""
        if self._console.is_terminal:
            with _unheard():
                self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the last state on the screen."""
        if self._console.is_terminal:
            with _unheard():
                self._live.stop()

    def doing(self, part: str, what: str) -> None:
        """Show a part as busy."""
        self._change(part, what, done=False)

    def done(self, part: str, what: str) -> None:
        """Show a part as finished."""
        self._change(part, what, done=True)

    def _change(self, part: str, what: str, *, done: bool) -> None:
        with self._lock:
            before, _ = self._rows.get(part, ("", False))
            self._rows[part] = (what, done)
        # Without a terminal a counter would fill the screen: only its first line is worth printing.
        if not self._console.is_terminal and before.split()[:2] != what.split()[:2]:
            with _unheard():
                self._console.print(f"{part}: {what}", highlight=False)

    def _table(self) -> Table:
        table = Table.grid(padding=(0, 1))
        with self._lock:
            for part, (what, done) in self._rows.items():
                mark = Text("✓", "green") if done else self._spinner
                table.add_row(mark, Text(part, "bold"), Text(what))
        return table


def _unheard() -> AbstractContextManager[None]:
    """Go on when the terminal was closed or the pipe has no reader: stopping must not depend on it.

    Rich itself ends the program when nobody reads.
    """
    return contextlib.suppress(OSError, SystemExit)


def do_at_once(work: Mapping[str, Callable[[], str]], report: Report) -> None:
    """Do several things side by side and tell the end of each.

    Raises:
        LocalStackError: with every problem.
    """

    def do(name: str, step: Callable[[], str]) -> None:
        report.doing(name, "starting")
        report.done(name, step())

    pool = ThreadPoolExecutor(max(1, len(work)))
    running = [pool.submit(do, name, step) for name, step in work.items()]
    try:
        wait(running)
    finally:
        # An interrupt must not wait for what it interrupts.
        pool.shutdown(wait=False, cancel_futures=True)
    errors = [error for one in running if (error := one.exception())]
    for error in errors:
        if not isinstance(error, LocalStackError):
            raise error
    if errors:
        raise LocalStackError("\n".join(map(str, errors)))
