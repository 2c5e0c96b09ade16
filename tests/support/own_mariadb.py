"""A real MariaDB, Debian's own, for tests of practices that have one: fresh, on a free port."""

import os
import pwd
import signal
import socket
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pymysql

_PROGRAM: Final = Path("/usr/sbin/mariadbd")
_TABLES: Final = Path("/usr/share/mysql")
_FIRST: Final = (
    "CREATE DATABASE mysql;",
    "USE mysql;",
    "SET @auth_root_socket = NULL;",
    "SET @skip_auth_anonymous = 1;",
)
_SCRIPTS: Final = (
    "mysql_system_tables.sql",
    "mysql_performance_tables.sql",
    "mysql_system_tables_data.sql",
)
_START_SECONDS: Final = 60


@contextmanager
def running_mariadb(folder: Path) -> Generator[str]:
    """Run a server with its data in a folder; gives the address of its administrator.

    Its zone is not UTC, as a practice's own would not be.
    """
    assert _PROGRAM.exists(), "MariaDB is missing: make test-mariadb installs it"
    data = folder / "data"
    data.mkdir()
    options = [
        "--no-defaults",
        f"--datadir={data}",
        f"--user={pwd.getpwuid(os.geteuid()).pw_name}",
        "--innodb-log-file-size=8M",
        "--innodb-flush-log-at-trx-commit=0",
    ]
    scripts = "\n".join((*_FIRST, *((_TABLES / name).read_text("utf-8") for name in _SCRIPTS)))
    with (folder / "log").open("wb") as log:
        subprocess.run(
            [_PROGRAM, *options, "--bootstrap"],
            input=scripts.encode(),
            stdout=log,
            stderr=log,
            check=True,
        )
        port = _free_port()
        server = subprocess.Popen(
            [
                _PROGRAM,
                *options,
                "--bind-address=127.0.0.1",
                f"--port={port}",
                f"--socket={folder / 'socket'}",
                "--default-time-zone=-05:00",
            ],
            stdout=log,
            stderr=log,
        )
    try:
        _wait(port, folder / "log")
        yield f"mysql+pymysql://root@127.0.0.1:{port}/mysql"
    finally:
        server.send_signal(signal.SIGKILL)
        server.wait()


def _wait(port: int, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            connection: Any = pymysql.connect(host="127.0.0.1", port=port, user="root")
        except pymysql.err.OperationalError:
            assert time.monotonic() < deadline, log.read_text("utf-8")
            time.sleep(0.1)
        else:
            connection.close()
            return


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
