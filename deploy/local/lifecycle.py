"""The life of this clone's stack: up, down, clean; each is harmless when there is nothing to do."""

import shutil
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from functools import partial

from deploy.local.accounts import create_accounts
from deploy.local.endpoints import FILE as ENDPOINTS_FILE
from deploy.local.endpoints import Endpoints, write_endpoints
from deploy.local.environment import keep_settings, service_settings
from deploy.local.installation import Installation
from deploy.local.progress import Report, do_at_once
from deploy.local.services import PREPARATIONS, SERVICES, prepare, start_service
from deploy.local.sessions import SESSIONS, remove_leftovers
from deploy.local.stack import Addresses, only_one_command
from deploy.local.stopping import stop_everything


def start_stack(installation: Installation, report: Report) -> Addresses:
    """Start PostgreSQL, Kafka and Valkey, whatever of them does not run.

    Raises:
        LocalStackError: one could not be started; then those this call started are stopped again.
    """
    with only_one_command(installation.places), _all_or_nothing(installation, report):
        return installation.stack.start(report)


def up(installation: Installation, report: Report) -> Endpoints:
    """Start the stack and the services; returns when everything is ready.

    Raises:
        LocalStackError: something did not start; then what this call started is stopped again.
    """
    with only_one_command(installation.places), _all_or_nothing(installation, report):
        addresses = installation.stack.start(report)
        settings = service_settings(installation, addresses)
        if keep_settings(installation, settings):
            # They run with other addresses or secrets than those that hold from now on.
            stop_everything(installation.records, report, only=[s.name for s in SERVICES])
        do_at_once(_preparations(installation, settings), report)
        do_at_once(_services(installation, settings), report)
        return write_endpoints(installation, settings)


def down(installation: Installation, report: Report) -> None:
    """Stop everything; the data stay."""
    with only_one_command(installation.places):
        stop_everything(installation.records, report)
        (installation.places.home / ENDPOINTS_FILE).unlink(missing_ok=True)
    remove_leftovers()


def clean(installation: Installation, report: Report) -> None:
    """Stop everything and forget the data; test sessions that are running go on."""
    down(installation, report)
    shutil.rmtree(installation.places.postgres, ignore_errors=True)
    for path in installation.places.home.iterdir():
        if path.is_dir() and not (path.name == SESSIONS and any(path.iterdir())):
            shutil.rmtree(path)
        elif path.is_file():
            path.unlink()


def _preparations(
    installation: Installation, settings: Mapping[str, str]
) -> dict[str, Callable[[], str]]:
    return {name: partial(prepare, name, installation, settings) for name in PREPARATIONS}


def _services(
    installation: Installation, settings: Mapping[str, str]
) -> dict[str, Callable[[], str]]:
    services = {s.name: partial(start_service, s, installation, settings) for s in SERVICES}
    return {**services, "users": partial(create_accounts, installation, settings)}


@contextmanager
def _all_or_nothing(installation: Installation, report: Report) -> Generator[None]:
    before = set(installation.records.running())
    try:
        yield
    except BaseException:
        installation.records.close()
        started = set(installation.records.running()) - before
        stop_everything(installation.records, report, only=started)
        raise
