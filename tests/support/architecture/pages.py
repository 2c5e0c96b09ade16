"""Rules of documents: links lead somewhere, paths named exist, decisions have one shape."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Final

from support.architecture.sources import Source

_LINK: Final = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)[^)]*\)")
_NAMED: Final = re.compile(r"`((?:services|shared|tests|deploy|bench|docs)/[\w./-]+)`")
_FENCE: Final = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)

SECTIONS: Final = (
    "## Context",
    "## Decision",
    "## Consequences",
    "## Alternatives",
    "## A change violates this when…",
    "## Enforced by",
)
_HEAD: Final = re.compile(
    r"# (\d{4}) .+\n\nStatus: (accepted|replaced by \d{4})\\\nDate: \d{4}-\d\d-\d\d\n"
)
_QUOTABLE: Final = re.compile(r"^## Decision\n\*\*[^*]+\.\*\*$", re.MULTILINE)

Exists = Callable[[str], bool]
"""Tells whether a path below the repository's root is there."""


def dead_links(page: Source, exists: Exists) -> list[str]:
    """Links to files that are not there."""
    folder = PurePosixPath(page.path).parent
    return [
        f"{page.path}: {link}: leads nowhere"
        for link in _LINK.findall(_FENCE.sub("", page.text))
        if not exists(normpath((folder / link).as_posix()))
    ]


def missing_paths(page: Source, exists: Exists) -> list[str]:
    """Paths of this repository that a page names in backquotes and that are not there."""
    return [
        f"{page.path}: {path}: is not there"
        for path in _NAMED.findall(_FENCE.sub("", page.text))
        if not exists(path.rstrip("/"))
    ]


def misshapen(decision: Source) -> list[str]:
    """A decision without its head, its sections in order, or one sentence to quote."""
    head = _HEAD.match(decision.text)
    if head is None or not decision.name.startswith(f"{head[1]}-"):
        return [f"{decision.path}: begin with number and title, Status and Date"]
    sections = [line for line in decision.text.splitlines() if line.startswith("## ")]
    if sections != list(SECTIONS):
        return [f"{decision.path}: the sections are {', '.join(SECTIONS)}"]
    if not _QUOTABLE.search(decision.text):
        return [f"{decision.path}: the decision is one sentence in bold"]
    return []
