"""Where the sources of this repository lie, for tests that read them."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED_SOURCES = ROOT / "shared" / "src" / "careledger"
SERVICES = ("ingest", "aggregator", "report-api", "pdf-worker")


def package_of(service: str) -> Path:
    """Return the folder of a service's package."""
    return ROOT / "services" / service / "src" / service.replace("-", "_")


def sources_of(service: str, *suffixes: str) -> list[Path]:
    """Return a service's source files with one of these suffixes, in order of path."""
    return sorted(file for file in package_of(service).rglob("*") if file.suffix in suffixes)


def tracked_files(*patterns: str) -> list[Path]:
    """Return the files git knows or would add, of some patterns, in order of path."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *patterns],  # noqa: S607 - git as the contributor has it
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    files = (ROOT / name for name in listed.split("\0") if name)
    return sorted(file for file in files if file.is_file())
