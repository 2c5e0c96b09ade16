"""Sources as the architecture rules see them: a path below the repository's root, and text."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path, PurePosixPath

from support.repository import ROOT, tracked_files


@dataclass(frozen=True)
class Source:
    """One file; rules take it and return what is wrong with it, a line each."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree of a Python file."""
        return ast.parse(self.text)

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return PurePosixPath(self.path).stem

    @property
    def is_test(self) -> bool:
        """Whether the file lies in a folder of tests."""
        return "tests" in PurePosixPath(self.path).parts

    def at(self, node: ast.AST, problem: str) -> str:
        """Write a problem with its place."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}: {problem}"


def sources(*patterns: str) -> list[Source]:
    """Return the repository's files of some patterns as git knows them."""
    return [_source(file) for file in tracked_files(*patterns)]


@cache
def _source(file: Path) -> Source:
    # Many rules ask for the same files, and parsing one takes longer than walking through it.
    return Source(file.relative_to(ROOT).as_posix(), file.read_text())
