"""Processor time and memory of whole process trees, so that a figure names who spent it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import psutil


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor seconds of a process tree so far, those of its ended children included."""

    seconds: float

    def __sub__(self, earlier: Spent) -> Spent:
        return Spent(self.seconds - earlier.seconds)


def spent_by(pid: int) -> Spent:
    """Add up a process, its living children and what it waited for.

    Raises:
        psutil.NoSuchProcess: if there is none of that number.
    """
    root = psutil.Process(pid)
    seconds = 0.0
    for process in (root, *root.children(recursive=True)):
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        seconds += times.user + times.system
        if process == root:
            seconds += times.children_user + times.children_system
    return Spent(seconds)


def listening_at(address: str) -> int | None:
    """Return the process that listens at an address on this machine; None if it cannot be told."""
    port = urlsplit(address if "//" in address else f"//{address}").port
    for one in psutil.net_connections("tcp"):
        if one.status == psutil.CONN_LISTEN and one.laddr and one.laddr.port == port:
            return one.pid
    return None


def spent_by_parts(parts: Mapping[str, int | None]) -> dict[str, Spent]:
    """Return what each part has spent so far, those known by process."""
    return {name: spent_by(pid) for name, pid in parts.items() if pid is not None}
