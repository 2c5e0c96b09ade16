"""Where everything of one stack lies on the disk."""

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

# PostgreSQL refuses to run as root, and another user cannot enter a clone below /root.
_SYSTEM_DATA = Path("/var/lib/careledger")
PROGRAMS = _SYSTEM_DATA / "programs"
"""Copies of programs that lie where their user cannot enter; the same for all clones."""


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one stack; two clones, or two test sessions, never share one."""

    home: Path
    """Only the owner can enter it: logs, addresses, secrets, and the data of Kafka and Valkey."""
    postgres: Path
    """The data of PostgreSQL, its password, and if need be a copy of its programs."""

    @property
    def logs(self) -> Path:
        """The folder of one log file per process."""
        return self.home / "log"

    def log(self, name: str) -> Path:
        """The log of one process."""
        return self.logs / f"{name}.log"

    def make(self) -> None:
        """Create the folders that do not exist yet."""
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.home.chmod(0o700)
        self.logs.mkdir(exist_ok=True)

    def forget(self) -> None:
        """Delete everything; the processes must have been stopped before."""
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.rmtree(self.postgres, ignore_errors=True)


def runs_as_root() -> bool:
    """Whether the caller may, and for PostgreSQL must, run programs as another user."""
    return os.geteuid() == 0


def places_of(home: Path) -> Places:
    """The folders of the stack whose own folder is ``home``."""
    home = home.resolve()
    if not runs_as_root():
        return Places(home=home, postgres=home / "postgres")
    name = hashlib.sha256(str(home).encode()).hexdigest()[:12]
    return Places(home=home, postgres=_SYSTEM_DATA / name)
