"""One user per role with a random password, for trying the product out."""

import hashlib
import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from deploy.local.errors import LocalStackError
from deploy.local.installation import Installation
from deploy.local.records import write_private
from deploy.local.services import program
from deploy.local.settings import CLONE, PREFIX, inherited_environment


def create_accounts(installation: Installation, settings: Mapping[str, str]) -> str:
    """Create the users that are not there yet.

    Raises:
        LocalStackError: report-api refused one.
    """
    # Which database has them: another one, named in the environment, needs its own.
    database = hashlib.sha256(settings[f"{PREFIX}DATABASE_URL"].encode()).hexdigest()
    mark = installation.places.home / "accounts"
    if mark.exists() and mark.read_text(encoding="ascii") == database:
        return "there already"
    passwords = installation.secrets().passwords
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(partial(_create, settings), passwords.items()))
    write_private(mark, database)
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
