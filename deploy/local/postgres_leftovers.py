"""What an earlier server left on its data: processes, a lock, or data of a clone that is gone."""

import contextlib
import os
import secrets
import shutil
import signal
from pathlib import Path

import psutil
from deploy.local.processes import Identity, identify, stop
from deploy.local.records import write_private

_STOP_SECONDS = 30


def end_leftovers(data: Path) -> None:
    """End servers on these data that nobody remembers, and remove the lock of a killed one.

    Every process of PostgreSQL works in its data folder; by that they are recognized. Those of a
    killed server may outlive it and keep the next one from starting, and the number in its lock may
    by now be a stranger's.
    """
    lock = data / "postmaster.pid"
    if not lock.exists():
        return
    with contextlib.suppress(ValueError, IndexError):
        server = int(lock.read_text(encoding="ascii").splitlines()[0])
        for identity in _working_in(data):
            if identity.pid == server:
                stop(identity, patience_seconds=_STOP_SECONDS, sign=signal.SIGINT)
    for identity in _working_in(data):
        stop(identity, patience_seconds=_STOP_SECONDS, sign=signal.SIGKILL)
    lock.unlink(missing_ok=True)


def set_strange_data_aside(folder: Path, home: Path) -> None:
    """Keep data apart whose clone was deleted and made anew at the same place.

    Under root they lie outside of the clone; its secrets, without which they are of little use,
    were deleted with it.
    """
    ours, theirs = home / "id", folder / "id"
    if not ours.exists():
        write_private(ours, secrets.token_hex(16))
    identity = ours.read_text(encoding="ascii")
    if theirs.exists() and theirs.read_text(encoding="ascii") != identity:
        aside = folder / "set-aside"
        shutil.rmtree(aside, ignore_errors=True)
        with contextlib.suppress(FileNotFoundError):
            (folder / "data").rename(aside)
    write_private(theirs, identity)


def _working_in(data: Path) -> list[Identity]:
    found: list[Identity] = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if process.pid != os.getpid() and Path(process.cwd()) == data:
                identity = identify(process.pid)
                if identity is not None:
                    found.append(identity)
    return found
