"""Stacks that live as long as one process: own data and ports, gone with it however it ends."""

import sys
from pathlib import Path

from deploy.local.places import Places, places_of
from deploy.local.processes import Identity, Launch, identify, is_alive, stop
from deploy.local.progress import Silence
from deploy.local.records import Records
from deploy.local.settings import CLONE, inherited_environment, load_settings
from deploy.local.stack import Addresses, Stack, only_one_command
from deploy.local.stopping import stop_everything

SESSIONS = "sessions"
_GUARD = "guard"
_STATE = "state.json"


def start_session(owner_pid: int, *, durable: bool = False) -> Addresses:
    """Start, or join, the stack of the session owned by a process; it forgets its data at the end.

    Args:
        owner_pid: the process it lives as long as.
        durable: keep what power loss would take, as an installation does; tests need not.

    Raises:
        LocalStackError: a part could not be started.
        ProcessLookupError: there is no such process.
    """
    owner = identify(owner_pid)
    if owner is None:
        raise ProcessLookupError(owner_pid)
    places = places_of(_home_of(owner))
    with only_one_command(places):
        records = Records(places.home / _STATE)
        if records.process(_GUARD) is None:
            remove_leftovers()
            _start_guard(places, records)
        return Stack(places, records, load_settings(), durable=durable).start(Silence())


def end_session(owner_pid: int) -> None:
    """Stop the stack of a session and delete its data; without one, do nothing."""
    owner = identify(owner_pid)
    if owner is None or not _home_of(owner).exists():
        return
    places = places_of(_home_of(owner))
    guard = Records(places.home / _STATE).process(_GUARD)
    if guard is not None:
        stop(guard, patience_seconds=5)
    forget_session(places)


def forget_session(places: Places) -> None:
    """Stop whatever a session left and delete its data."""
    records = Records(places.home / _STATE)
    records.forget_process(_GUARD)
    stop_everything(records, Silence())
    places.forget()


def remove_leftovers() -> None:
    """Clear up after sessions whose guard was killed as well."""
    for home in _sessions().glob("*"):
        if not is_alive(owner_in(home)):
            forget_session(places_of(home))


def owner_in(home: Path) -> Identity:
    """The owner of the session in this folder; its name says so."""
    pid, ticks, boot_id = home.name.split("_")
    return Identity(int(pid), int(ticks), boot_id)


def _sessions() -> Path:
    return load_settings().local_home / SESSIONS


def _home_of(owner: Identity) -> Path:
    return _sessions() / f"{owner.pid}_{owner.started_ticks}_{owner.boot_id}"


def _start_guard(places: Places, records: Records) -> None:
    records.start(
        _GUARD,
        Launch(
            [sys.executable, "-m", "deploy.local.guard", places.home],
            log=places.log(_GUARD),
            environment={**inherited_environment(), "PYTHONPATH": str(CLONE)},
            folder=CLONE,
        ),
    )
