"""Told to stop, the process lets live streams go at once; requests under way are still answered.

The server ends the application only after every answer has ended, and a stream has no end of its
own: so the signal is listened to here as well, and then passed on to whoever listened before.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType
from typing import Final

_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def told_to_stop(let_go: Callable[[], None]) -> Generator[None]:
    """Call something, in the running loop, as soon as the process is told to stop.

    Args:
        let_go: what to call; more than once, if it is told more than once.
    """
    if threading.current_thread() is not threading.main_thread():
        # Only the main thread may listen to signals; elsewhere the end of the application counts.
        yield
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    def listen(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(let_go)
        passed_on = before[signal.Signals(number)]
        if callable(passed_on):
            passed_on(number, frame)

    # A handler that is not callable does what the system does, or nothing: that is not to change.
    listened = [number for number, handler in before.items() if callable(handler)]
    for number in listened:
        signal.signal(number, listen)
    try:
        yield
    finally:
        for number in listened:
            signal.signal(number, before[number])
