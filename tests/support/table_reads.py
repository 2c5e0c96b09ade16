"""Finds which tables a source reads: the names behind FROM and JOIN in SQL of files and strings."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

_READ = re.compile(r"\b(?:FROM|JOIN)\s+(?:ONLY\s+)?(?:reporting\.)?(\w+)")


def names_read(files: Iterable[Path]) -> frozenset[str]:
    """Return every name files read from: tables and views, and whatever else stands there."""
    return frozenset(
        name for file in files for text in _texts(file) for name in _READ.findall(text)
    )


def tables_read(
    files: Iterable[Path], tables: Iterable[str], views: Mapping[str, set[str]]
) -> set[str]:
    """Return the tables files read, those behind views included.

    Args:
        files: Python and SQL files.
        tables: the tables there are; other names are expressions of the statements themselves.
        views: of each view, the tables it reads.
    """
    names = names_read(files)
    behind = {table for view in names & set(views) for table in views[view]}
    return (set(tables) & names) | behind


def _texts(file: Path) -> Iterable[str]:
    source = file.read_text()
    if file.suffix == ".sql":
        return [source]
    return [
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
