"""Waits for what another process does, and fails when it takes too long."""

import time
from collections.abc import Callable

_POLL_SECONDS = 0.05


def wait_until(holds: Callable[[], bool], *, timeout_seconds: float = 20) -> None:
    """Return as soon as the condition holds.

    Raises:
        TimeoutError: it did not hold in time.
    """
    deadline = time.monotonic() + timeout_seconds
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not so after {timeout_seconds} s")
        time.sleep(_POLL_SECONDS)
