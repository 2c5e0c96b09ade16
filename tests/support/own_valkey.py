"""A Valkey of one test's own, to be killed, emptied, filled up and frozen."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from deploy.local.valkey import find_program
from redis import Redis
from redis.exceptions import RedisError

_READY_SECONDS = 20


@dataclass
class OwnValkey:
    """A server on a port that stays the same; unless told so, it keeps nothing on disk."""

    port: int
    folder: Path
    keeps: bool = False
    process: subprocess.Popen[bytes] = field(init=False)

    @property
    def url(self) -> str:
        """Where to connect."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it with what it kept, and wait until it answers."""
        self.process = subprocess.Popen(
            [
                *(find_program().path, "--bind", "127.0.0.1", "--port", str(self.port)),
                *("--save", "", "--appendonly", "yes" if self.keeps else "no"),
                *("--appendfsync", "always", "--dir", self.folder),
            ],
            stdout=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + _READY_SECONDS
        while not self._answers():
            assert time.monotonic() < deadline, "Valkey does not start"
            time.sleep(0.05)

    def kill(self) -> None:
        """End it at once, with everything in it."""
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def do(self, *command: str) -> None:
        """Run a command on it."""
        with Redis.from_url(self.url) as redis:  # pyright: ignore[reportUnknownMemberType]
            redis.execute_command(*command)  # pyright: ignore[reportUnknownMemberType]

    def freeze(self) -> None:
        """Stop it in its tracks: connections stay open, and nothing answers."""
        os.kill(self.process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        os.kill(self.process.pid, signal.SIGCONT)

    def _answers(self) -> bool:
        try:
            with Redis.from_url(self.url) as redis:  # pyright: ignore[reportUnknownMemberType]
                return bool(redis.ping())  # pyright: ignore[reportUnknownMemberType]
        except RedisError:
            return False


@pytest.fixture
def own_valkey(tmp_path: Path) -> Iterator[OwnValkey]:
    """A running server, gone after the test."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    valkey = OwnValkey(port, tmp_path)
    valkey.start()
    try:
        yield valkey
    finally:
        valkey.kill()
