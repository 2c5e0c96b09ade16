"""A Valkey of one test's own that keeps nothing on disk, to be killed and started empty."""

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
    """A server without persistence, on a port that stays the same."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes] = field(init=False)

    @property
    def url(self) -> str:
        """Where to connect."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it, empty, and wait until it answers."""
        self.process = subprocess.Popen(
            [
                *(find_program().path, "--bind", "127.0.0.1", "--port", str(self.port)),
                *("--save", "", "--appendonly", "no", "--dir", self.folder),
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
