"""Starts, recognizes and stops processes by number and start time, never by name."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

_POLL_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Identity:
    """One process of one boot of the machine: its number alone may since belong to another."""

    pid: int
    started_ticks: int
    boot_id: str


@dataclass(frozen=True, slots=True)
class Account:
    """The user a process runs as when the caller is root."""

    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Launch:
    """How a program is started: what, where, with which settings, as whom, and where it writes."""

    command: Sequence[str | Path]
    log: Path
    environment: Mapping[str, str]
    folder: Path
    account: Account | None = None


def identify(pid: int) -> Identity | None:
    """The identity of a running process, or None when there is none of that number."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    # The command name may hold spaces and parentheses; the fields count from the last one.
    fields = status.rpartition(")")[2].split()
    # Of a program with threads the first may have ended while others are still at work.
    if fields[0] in "ZX" and int(fields[17]) <= 1:
        return None
    boot_id = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return Identity(pid=pid, started_ticks=int(fields[19]), boot_id=boot_id)


def is_alive(identity: Identity) -> bool:
    """Whether this very process, and not a later one of the same number, is running."""
    return identify(identity.pid) == identity


def spawn(launch: Launch) -> Identity:
    """Start a process in a session of its own, in which it outlives the caller.

    Raises:
        OSError: the program cannot be executed.
    """
    # One earlier log is kept, so that they do not grow from start to start.
    with contextlib.suppress(FileNotFoundError):
        launch.log.replace(launch.log.with_suffix(".log.1"))
    with launch.log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 - the callers name the programs
            [str(part) for part in launch.command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(launch.environment),
            cwd=launch.folder,
            start_new_session=True,
            user=launch.account.uid if launch.account else None,
            group=launch.account.gid if launch.account else None,
            extra_groups=[] if launch.account else None,
        )
    identity = identify(process.pid) or Identity(process.pid, 0, "")
    # From here on the identity stands for the process; Popen would warn about letting it go.
    process.returncode = 0
    return identity


def run_to_end(launch: Launch) -> int:
    """Run a program and wait for its end; returns its exit code."""
    with launch.log.open("ab") as output:
        return subprocess.run(  # noqa: S603 - the callers name the programs
            [str(part) for part in launch.command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(launch.environment),
            cwd=launch.folder,
            check=False,
            user=launch.account.uid if launch.account else None,
            group=launch.account.gid if launch.account else None,
            extra_groups=[] if launch.account else None,
        ).returncode


def answer_of(command: Sequence[str | Path]) -> str:
    """What a program prints about itself, or nothing if it cannot be run."""
    try:
        answer = subprocess.run(  # noqa: S603 - the callers name the programs
            command, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return answer.stdout + answer.stderr


def stop(
    identity: Identity, *, patience_seconds: float, sign: signal.Signals = signal.SIGTERM
) -> None:
    """Ask the process to end, then end whatever is left of its session by force."""
    members = session_members(identity)
    if is_alive(identity):
        with contextlib.suppress(ProcessLookupError):
            os.kill(identity.pid, sign)
        _wait_until_gone([identity], patience_seconds)
    members = [*members, *session_members(identity)]
    for member in members:
        if is_alive(member):
            with contextlib.suppress(ProcessLookupError):
                os.kill(member.pid, signal.SIGKILL)
    _wait_until_gone([identity, *members], patience_seconds)


def session_members(identity: Identity) -> list[Identity]:
    """The process and its descendants, also those that outlived it.

    The kernel does not give a session's number away while it has members; so they are ours if they
    began after the first one, in the same boot, and while no stranger of that number is alive.
    """
    leader = identify(identity.pid)
    if leader is not None and leader != identity:
        return []
    found: list[Identity] = []
    for pid in psutil.pids():
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if os.getsid(pid) == identity.pid:
                member = identify(pid)
                if member is not None and _belongs(member, identity):
                    found.append(member)
    return found


def _belongs(member: Identity, leader: Identity) -> bool:
    return member.boot_id == leader.boot_id and member.started_ticks >= leader.started_ticks


def _wait_until_gone(identities: Sequence[Identity], patience_seconds: float) -> None:
    deadline = time.monotonic() + patience_seconds
    while any(is_alive(identity) for identity in identities) and time.monotonic() < deadline:
        time.sleep(_POLL_SECONDS)
    for identity in identities:
        _reap(identity.pid)


def _reap(pid: int) -> None:
    """Collect the end of a process that is our own child; others are collected by the system."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
