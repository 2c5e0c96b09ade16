"""One user per role with a random password, for trying the product out."""

import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from deploy.local.errors import LocalStackError
from deploy.local.installation import Installation
from deploy.local.logins import own_settings
from deploy.local.services import program
from deploy.local.settings import CLONE, inherited_environment


def create_accounts(installation: Installation, settings: Mapping[str, str]) -> str:
    """Create the users that are not there yet.

    Raises:
        LocalStackError: report-api refused one.
    """
    return installation.once("accounts", settings, lambda: _create_all(installation, settings))


def _create_all(installation: Installation, settings: Mapping[str, str]) -> str:
    passwords = installation.secrets().passwords
    with ThreadPoolExecutor(2) as pool:
        own = own_settings("report-api", installation, settings)
        list(pool.map(partial(_create, own), passwords.items()))
    return f"{len(passwords)} created, one per role"


def _create(settings: Mapping[str, str], user: tuple[str, str]) -> None:
    role, password = user
    command = ("report-api", "users", "create", "--role", role, "--name", role, "--password-stdin")
    result = subprocess.run(  # noqa: S603 - the command stands above
        program(command),
        input=password,
        capture_output=True,
        text=True,
        env={**inherited_environment(), **settings},
        cwd=CLONE,
        check=False,
    )
    if result.returncode != 0:
        problem = (result.stderr or result.stdout).strip()
        raise LocalStackError(f"The user {role} could not be created: {problem}")
