"""What a stack remembers between commands: the processes it started and the ports it chose."""

import json
import os
import threading
from pathlib import Path
from typing import Any

from deploy.local.errors import LocalStackError
from deploy.local.ports import choose_port
from deploy.local.processes import Identity, Launch, is_alive, spawn


class Records:
    """One JSON file, replaced whole on every change: a ``kill -9`` leaves the old or the new."""

    def __init__(self, path: Path) -> None:
        """Read what an earlier command left at ``path``, if anything."""
        self._path = path
        self._lock = threading.Lock()
        self._processes: dict[str, Identity] = {}
        self._ports: dict[str, int] = {}
        self._is_closed = False
        if path.exists():
            stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            self._processes = {n: Identity(**p) for n, p in stored["processes"].items()}
            self._ports = stored["ports"]

    def processes(self) -> dict[str, Identity]:
        """Every process that was started and not yet forgotten, in the order of their start."""
        return dict(self._processes)

    def process(self, name: str) -> Identity | None:
        """The process remembered under a name."""
        return self._processes.get(name)

    def is_running(self, name: str) -> bool:
        """Whether the process remembered under a name is still there."""
        identity = self._processes.get(name)
        return identity is not None and is_alive(identity)

    def running(self) -> list[str]:
        """The names of the remembered processes that are still there."""
        return [name for name in self.processes() if self.is_running(name)]

    def start(self, name: str, launch: Launch) -> Identity:
        """Start a process and remember it in the same step.

        Raises:
            LocalStackError: the command this belongs to was broken off.
            OSError: the program cannot be executed.
        """
        with self._lock:
            if self._is_closed:
                raise LocalStackError(f"{name} was not started: broken off")
            identity = spawn(launch)
            self._processes.pop(name, None)
            self._processes[name] = identity
            self._save()
            return identity

    def close(self) -> None:
        """Let nothing be started any more: threads of a broken-off command may still be at it."""
        with self._lock:
            self._is_closed = True

    def forget_process(self, name: str) -> None:
        """Drop a process that has ended."""
        with self._lock:
            self._processes.pop(name, None)
            self._save()

    def port(self, name: str) -> int:
        """The port a running part listens on."""
        return self._ports[name]

    def claim_port(self, name: str) -> int:
        """The port a part is about to listen on: the one it had, or another if that is taken."""
        with self._lock:
            taken = {port for owner, port in self._ports.items() if owner != name}
            self._ports[name] = choose_port(remembered=self._ports.get(name), taken=taken)
            self._save()
            return self._ports[name]

    def _save(self) -> None:
        processes = {
            name: {"pid": i.pid, "started_ticks": i.started_ticks, "boot_id": i.boot_id}
            for name, i in self._processes.items()
        }
        write_private(
            self._path, json.dumps({"processes": processes, "ports": self._ports}, indent=2)
        )


def write_private(path: Path, text: str) -> None:
    """Replace a file at once; only its owner can ever read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)
