"""A PostgreSQL of our own: with a random password, listening on the loopback address only."""

import asyncio
import contextlib
import os
import secrets
import shutil
import time
from pathlib import Path

import asyncpg
import psutil
from deploy.local.errors import PartDidNotStartError
from deploy.local.places import PROGRAMS, Places
from deploy.local.postgres_leftovers import end_leftovers, set_strange_data_aside
from deploy.local.postgres_program import (
    PostgresProgram,
    find_program,
    reachable,
    server_account,
)
from deploy.local.processes import Launch, identify, run_to_end
from deploy.local.records import Records, write_private
from deploy.local.settings import server_environment

NAME = "postgres"
USER = "careledger"
DATABASE = "careledger"
_READY_SECONDS = 120
_POLL_SECONDS = 0.03
_MEBIBYTE = 1024 * 1024
# Builds without the library do not list the method.
_HAS_LZ4 = "SELECT 'lz4' = ANY(enumvals) FROM pg_settings WHERE name = 'wal_compression'"


class Postgres:
    """The database server of one stack."""

    def __init__(self, places: Places, records: Records, *, durable: bool) -> None:
        """Describe the server; ``durable=False`` trades safety against power loss for speed."""
        self._home = places.home
        self._folder = places.postgres
        self._data = places.postgres / "data"
        self._log = places.log(NAME)
        self._records = records
        self._durable = durable
        self._account = server_account()

    def start(self) -> str:
        """Start the server unless it runs already; returns what was started, for people.

        Raises:
            LocalStackError: no usable program, or it did not become ready.
        """
        if self._records.is_running(NAME):
            return "already running"
        self._folder.mkdir(parents=True, exist_ok=True)
        end_leftovers(self._data)
        set_strange_data_aside(self._folder, self._home)
        program = reachable(find_program(required_major=self._data_major()), shelf=PROGRAMS)
        if not self._data.exists():
            self._create(program)
        port = self._records.claim_port(NAME)
        self._configure(port)
        identity = self._records.start(
            NAME,
            Launch(
                [program.folder / "postgres", "-D", self._data],
                log=self._log,
                environment=server_environment(),
                folder=self._data,
                account=self._account,
            ),
        )
        self._wait_until_ready(identity.pid)
        asyncio.run(self._create_database())
        return f"PostgreSQL {program.version}{' of the wheel' if program.is_wheel else ''}"

    def url(self, database: str = DATABASE) -> str:
        """Where to connect, password included."""
        password = self._password_file().read_text(encoding="ascii")
        return f"postgresql://{USER}:{password}@127.0.0.1:{self._records.port(NAME)}/{database}"

    def _password_file(self) -> Path:
        return self._folder / "password"

    def _data_major(self) -> int | None:
        version = self._data / "PG_VERSION"
        return int(version.read_text(encoding="ascii")) if version.exists() else None

    def _create(self, program: PostgresProgram) -> None:
        """Fill a draft folder and rename it, so that a killed attempt never looks finished."""
        draft = self._folder / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        # initdb reads the password as the server's user, from a file only that user can read.
        handed_over = self._folder / "password.new"
        write_private(handed_over, secrets.token_hex(16))
        if self._account is not None:
            os.chown(draft, self._account.uid, self._account.gid)
            os.chown(handed_over, self._account.uid, self._account.gid)
        command = [
            *(program.folder / "initdb", "--pgdata", draft, "--username", USER),
            *("--pwfile", handed_over, "--auth", "scram-sha-256"),
            *("--encoding", "UTF8", "--locale", "C"),
            *([] if self._durable else ["--no-sync"]),
        ]
        code = run_to_end(
            Launch(
                command,
                log=self._log,
                environment=server_environment(),
                folder=draft,
                account=self._account,
            )
        )
        if code != 0:
            raise PartDidNotStartError("PostgreSQL", "could not make its data folder", self._log)
        if self._account is not None:
            os.chown(handed_over, os.geteuid(), os.getegid())
        handed_over.rename(self._password_file())
        draft.rename(self._data)

    def _configure(self, port: int) -> None:
        options = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": "",
            "max_connections": 200,
            "password_encryption": "scram-sha-256",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_checkpoints": "off",
            "jit": "off",
            "random_page_cost": 1.1,
            "effective_io_concurrency": 200,
            "wal_compression": "on",
            **(_durable_options() if self._durable else _TEST_OPTIONS),
        }
        lines = "".join(f"{name} = '{value}'\n" for name, value in options.items())
        (self._data / "postgresql.conf").write_text(lines, encoding="ascii")

    def _wait_until_ready(self, pid: int) -> None:
        """Wait for the server's own word: the last line of its lock file."""
        lock = self._data / "postmaster.pid"
        deadline = time.monotonic() + _READY_SECONDS
        while time.monotonic() < deadline:
            if identify(pid) is None:
                raise PartDidNotStartError("PostgreSQL", "ended while starting", self._log)
            with contextlib.suppress(OSError, IndexError):
                lines = lock.read_text(encoding="ascii").splitlines()
                if int(lines[0]) == pid and lines[7].strip() == "ready":
                    return
            time.sleep(_POLL_SECONDS)
        raise PartDidNotStartError("PostgreSQL", f"was not ready in {_READY_SECONDS} s", self._log)

    async def _create_database(self) -> None:
        connection = await asyncpg.connect(self.url("postgres"))
        try:
            if await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", DATABASE):
                return
            if await connection.fetchval(_HAS_LZ4):
                await connection.execute("ALTER SYSTEM SET wal_compression = 'lz4'")
                await connection.execute("SELECT pg_reload_conf()")
            await connection.execute(f"CREATE DATABASE {DATABASE}")
        finally:
            await connection.close()


_TEST_OPTIONS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
}


def _durable_options() -> dict[str, str]:
    memory_mib = psutil.virtual_memory().total // _MEBIBYTE
    return {
        "synchronous_commit": "on",
        "shared_buffers": f"{min(4096, memory_mib // 4)}MB",
        "effective_cache_size": f"{memory_mib // 2}MB",
        "maintenance_work_mem": f"{min(256, memory_mib // 16)}MB",
        "work_mem": "16MB",
        "max_wal_size": "8GB",
        "checkpoint_timeout": "15min",
    }
