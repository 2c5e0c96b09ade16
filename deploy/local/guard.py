"""Waits for the owner of a session to end, however it ends, and clears up after it."""

import contextlib
import os
import select
import sys
from pathlib import Path

from deploy.local.places import places_of
from deploy.local.processes import is_alive
from deploy.local.sessions import forget_session, owner_in


def wait_for_the_end(home: Path) -> None:
    """Sleep until the owner is gone, then stop its stack and delete its data."""
    owner = owner_in(home)
    with contextlib.suppress(ProcessLookupError):
        ending = os.pidfd_open(owner.pid)
        if is_alive(owner):
            select.select([ending], [], [])
        os.close(ending)
    forget_session(places_of(home))


if __name__ == "__main__":
    wait_for_the_end(Path(sys.argv[1]))
