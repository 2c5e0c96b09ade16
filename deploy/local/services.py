"""The services as data, and how each is started and known to be ready."""

import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from celery import Celery
from deploy.local.errors import PartDidNotStartError
from deploy.local.installation import Installation
from deploy.local.logins import own_settings
from deploy.local.processes import Identity, Launch, is_alive, run_to_end
from deploy.local.settings import CLONE, PREFIX, inherited_environment

_READY_SECONDS = 120
_POLL_SECONDS = 0.1
_OK = 200
_BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Service:
    """One process of the product."""

    name: str
    command: tuple[str, ...]
    port_setting: str | None = None
    """Names its port; a service without one is a Celery worker."""
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    """What its process needs besides the settings of the product."""


SERVICES = (
    Service("aggregator", ("aggregator", "run"), "AGGREGATOR_HEALTH_PORT"),
    Service("ingest", ("ingest", "serve"), "INGEST_PORT"),
    Service("report-api", ("report-api", "serve"), "REPORT_API_PORT"),
    Service(
        "pdf-worker",
        (
            *("python", "-m", "celery", "--app", "pdf_worker.app", "worker"),
            *("--loglevel", "WARNING", "--without-gossip", "--without-mingle"),
        ),
        # Asked to end, it gives a rendering some seconds to finish instead of any time at all.
        environment={"REMAP_SIGTERM": "SIGQUIT"},
    ),
)
PREPARATIONS = {
    "migrations": ("python", "-m", "careledger.postgres", "migrate"),
    "topics": ("python", "-m", "careledger.kafka", "create-topics"),
}


def prepare(name: str, installation: Installation, settings: Mapping[str, str]) -> str:
    """Run one preparation to its end.

    Raises:
        PartDidNotStartError: it failed.
    """
    log = installation.places.log(name)
    code = run_to_end(
        Launch(
            program(PREPARATIONS[name]),
            log=log,
            environment={**inherited_environment(), **own_settings(name, installation, settings)},
            folder=CLONE,
        )
    )
    if code != 0:
        raise PartDidNotStartError(name, f"ended with code {code}", log)
    return "done"


def start_service(service: Service, installation: Installation, settings: Mapping[str, str]) -> str:
    """Start a service unless it runs already, and wait until it is ready.

    Raises:
        PartDidNotStartError: it ended or was not ready in time.
    """
    if installation.records.is_running(service.name):
        return "already running"
    node = f"{service.name}@{installation.name}"
    is_worker = service.port_setting is None
    identity = installation.records.start(
        service.name,
        Launch(
            [*program(service.command), *(("--hostname", node) if is_worker else ())],
            log=installation.places.log(service.name),
            environment={
                **inherited_environment(),
                **own_settings(service.name, installation, settings),
                **service.environment,
            },
            folder=CLONE,
        ),
    )
    _wait_until_ready(service, identity, installation, settings)
    return "ready" if is_worker else f"ready at {address(service, settings)}"


def address(service: Service, settings: Mapping[str, str]) -> str:
    """Where a service with a port answers."""
    return f"http://127.0.0.1:{settings[f'{PREFIX}{service.port_setting}']}"


def program(command: tuple[str, ...]) -> list[str]:
    """A command whose program lies in our virtual environment."""
    return [str(_BIN / command[0]), *command[1:]]


def _wait_until_ready(
    service: Service, identity: Identity, installation: Installation, settings: Mapping[str, str]
) -> None:
    log = installation.places.log(service.name)
    deadline = time.monotonic() + _READY_SECONDS
    answer = "no answer"
    while time.monotonic() < deadline:
        if not is_alive(identity):
            raise PartDidNotStartError(service.name, "ended while starting", log)
        if service.port_setting is None:
            node = f"{service.name}@{installation.name}"
            answer = _ask_worker(node, settings[f"{PREFIX}REDIS_URL"])
        else:
            answer = _ask_service(int(settings[f"{PREFIX}{service.port_setting}"]))
        if answer == "ready":
            return
        time.sleep(_POLL_SECONDS)
    raise PartDidNotStartError(service.name, f"was not ready in {_READY_SECONDS} s ({answer})", log)


def _ask_service(port: int) -> str:
    """``ready``, or what keeps it from being so."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        response = connection.getresponse()
        body = response.read().decode(errors="replace")
    except (OSError, HTTPException):
        return "no answer"
    finally:
        connection.close()
    return "ready" if response.status == _OK else f"{response.status} {body}"


def _ask_worker(node: str, broker: str) -> str:
    client: Any = Celery
    with client(broker=broker, set_as_current=False) as app:
        answers: list[object] = app.control.ping(destination=[node], timeout=1, limit=1)
    return "ready" if answers else "no answer"
