"""The services of the API's benchmark as programs: `aggregator run` and `report-api serve`."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx2
import typer
from deploy.local.stack import Addresses

from bench.stack import HOME

_HOST: Final = "127.0.0.1"
_START_SECONDS: Final = 180
_USER: Final = "bench"
_PASSWORD: Final = secrets.token_urlsafe(18)


@dataclass(frozen=True, slots=True)
class Running:
    """The API on its port."""

    host: str
    port: int
    pid: int

    async def sign_in(self) -> str:
        """Sign in, and return an access token of a session of its own."""
        form = {"grant_type": "password", "username": _USER, "password": _PASSWORD}
        async with httpx2.AsyncClient(base_url=f"http://{self.host}:{self.port}") as client:
            answer = await client.post("/api/v1/auth/token", data=form)
        return str(answer.raise_for_status().json()["access_token"])


@dataclass(frozen=True, slots=True)
class Services:
    """Starts services on given servers."""

    addresses: Addresses
    secret: str
    prefix: str
    workers: int

    @contextmanager
    def aggregator(self) -> Generator[int]:
        """Run the aggregator, which relays audit records and seals the log; yields its process."""
        port = _free_port()
        settings = {"CARELEDGER_AGGREGATOR_HEALTH_PORT": str(port)}
        with self._process("aggregator", "run", settings) as process:
            _until_ready(port)
            yield process.pid

    @contextmanager
    def report_api(self, *, keeps_answers: bool) -> Generator[Running]:
        """Serve the API; unless it keeps nothing, with as much memory for answers as by default."""
        port = _free_port()
        settings = {
            **({} if keeps_answers else {"CARELEDGER_REPORT_API_KEPT_MIB": "0"}),
            "CARELEDGER_REPORT_API_PORT": str(port),
            "CARELEDGER_REPORT_API_WORKERS": str(self.workers),
            "CARELEDGER_REPORT_API_REQUESTS_PER_MINUTE": "10000000",
            "CARELEDGER_ACCESS_TOKEN_SECONDS": "3600",
        }
        with self._process("report-api", "serve", settings) as process:
            _until_ready(port)
            yield Running(_HOST, port, process.pid)

    def make_user(self) -> None:
        """Make the user who may see the finances."""
        self.run("report-api", "users", "create", "--role", "finance", "--name", _USER)

    def run(self, *command: str) -> None:
        """Run a command that takes a password."""
        subprocess.run(
            [Path(sys.executable).with_name(command[0]), *command[1:], "--password-stdin"],
            env=self._environment({}),
            input=_PASSWORD,
            text=True,
            check=True,
            capture_output=True,
        )

    @contextmanager
    def _process(
        self, program: str, command: str, settings: dict[str, str]
    ) -> Generator[subprocess.Popen[bytes]]:
        with (HOME / "log" / f"bench-{program}.log").open("wb") as log:
            process = subprocess.Popen(
                [Path(sys.executable).with_name(program), command],
                env=self._environment(settings),
                stdout=log,
                stderr=log,
            )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=60)

    def _environment(self, settings: dict[str, str]) -> dict[str, str]:
        return {
            **os.environ,  # noqa: TID251 - the child keeps PATH and locale
            "CARELEDGER_DATABASE_URL": self.addresses.postgres,
            "CARELEDGER_KAFKA_BOOTSTRAP": self.addresses.kafka,
            "CARELEDGER_REDIS_URL": self.addresses.redis,
            "CARELEDGER_SECRET": self.secret,
            "CARELEDGER_KAFKA_TOPIC_PREFIX": self.prefix,
            "CARELEDGER_EXPORT_DIR": str(HOME / "exports"),
            "CARELEDGER_LOG_LEVEL": "WARNING",
            **settings,
        }


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind((_HOST, 0))
        return int(listener.getsockname()[1])


def _until_ready(port: int) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        try:
            if httpx2.get(f"http://{_HOST}:{port}/readyz", timeout=2).status_code == 200:
                return
        except httpx2.HTTPError:
            pass
        time.sleep(0.2)
    raise typer.BadParameter(f"a service does not become ready; see {HOME / 'log'}")
