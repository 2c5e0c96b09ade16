"""Nothing that opens anything lies in the repository, and packages are not older than is safe."""

import re
import subprocess
from pathlib import Path

import pytest
from packaging.version import Version

from support.repository import ROOT

# What keys and tokens of others look like, and our own where they are given out.
_OPENS_SOMETHING = re.compile(
    r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\n[A-Za-z0-9+/=\n]{40}"
    r"|\bAKIA[0-9A-Z]{16}\b"
    r"|\bgh[pousr]_[A-Za-z0-9]{36}\b"
    r"|\bxox[abprs]-[A-Za-z0-9-]{10,}"
    r"|\bsk_live_[A-Za-z0-9]{20,}"
    r"|\bcls_[A-Za-z0-9_-]{43}\b"
    r"|\bwhsec_[A-Za-z0-9+/]{43}="
    r"|\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{40,}"
)
_FLOORS = {
    "weasyprint": "70.0",
    "starlette": "1.3.1",
    "python-multipart": "0.0.31",
    "joserfc": "1.6.0",
    "redis": "4.5.4",
}
"""Versions before which a weakness is known."""


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - the one on the path
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("this is no clone, so there is no list of what belongs to it")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def test_no_file_holds_what_opens_something() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in _tracked()
        if path.is_file() and _OPENS_SOMETHING.search(path.read_text(errors="replace"))
    ]

    assert found == []


def test_no_version_of_any_file_ever_held_it() -> None:
    _tracked()
    history = subprocess.run(
        ["git", "log", "-p", "--no-color", "--unified=0", "--", ".", ":!*.lock", ":!*-lock.json"],  # noqa: S607 - as above
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode(errors="replace")
    added = "\n".join(line[1:] for line in history.splitlines() if line.startswith("+"))

    assert _OPENS_SOMETHING.findall(added) == []


@pytest.mark.parametrize(
    "text",
    [
        "AKIA" + "A" * 16,
        "cls_" + "a" * 43,
        "-----BEGIN EC PRIVATE KEY-----\n" + "A" * 64,
        "ey" + "J" + "a" * 30 + "." + "eyJ" + "b" * 30 + "." + "c" * 43,
    ],
)
def test_the_search_would_find_it(text: str) -> None:
    assert _OPENS_SOMETHING.search(text)


@pytest.mark.parametrize("package", _FLOORS)
def test_a_package_is_not_older_than_is_safe(package: str) -> None:
    lock = (ROOT / "requirements.lock").read_text()
    locked = re.search(rf"^{package}(?:\[[a-z,]+\])?==([0-9.]+)", lock, re.MULTILINE)

    assert locked is not None
    assert Version(locked[1]) >= Version(_FLOORS[package])


def test_every_package_is_pinned_by_its_hash() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    packages = re.findall(r"^[a-z0-9].*?==.*?(?=^[a-z0-9]|\Z)", lock, re.MULTILINE | re.DOTALL)

    assert len(packages) > 50
    assert [one.partition(" ")[0] for one in packages if "--hash=sha256:" not in one] == []
