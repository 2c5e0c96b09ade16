"""Rules of shape: how long files and functions are, how modules are named and how they open."""

from __future__ import annotations

import ast
import re
from pathlib import PurePosixPath
from typing import Final

from support.architecture.sources import Source

FILE_LINES_MAX: Final = 300
FUNCTION_LINES_MAX: Final = 70
BANNED_NAMES: Final = frozenset({"utils", "helpers", "common", "misc", "core", "base", "manager"})
_TEST_NAME: Final = re.compile(r"test(_[a-z0-9]+){3,}")
"""Three words are the least a sentence takes."""


def too_long(source: Source) -> list[str]:
    """A file that is too long for one thought."""
    lines = source.text.count("\n")
    if lines <= FILE_LINES_MAX:
        return []
    return [f"{source.path}: {lines} lines, at most {FILE_LINES_MAX}: make it a package"]


def too_long_functions(source: Source) -> list[str]:
    """Functions that are too long to be read at once."""
    return [
        source.at(node, f"{node.name} has {lines} lines, at most {FUNCTION_LINES_MAX}: cut it")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES_MAX
    ]


def says_nothing(source: Source) -> list[str]:
    """Names that say nothing of what a module or folder is."""
    parts = {part.removesuffix(".py") for part in PurePosixPath(source.path).parts}
    return [
        f"{source.path}: {name} says nothing; name what it is"
        for name in sorted(parts & BANNED_NAMES)
    ]


def opens_without_a_word(source: Source) -> list[str]:
    """A module that does not say what it is and promises."""
    docstring = ast.get_docstring(source.tree)
    if docstring and docstring.splitlines()[0].endswith((".", ":")):
        return []
    return [f"{source.path}: open with one sentence: what it is, what it promises"]


def makes_tests_a_package(source: Source) -> list[str]:
    """An `__init__.py` among tests: pytest would run one service's file in place of another's."""
    if source.is_test and source.name == "__init__":
        return [f"{source.path}: test folders are no packages; remove it"]
    return []


def names_no_behavior(source: Source) -> list[str]:
    """Tests whose name is no sentence."""
    return [
        source.at(node, f"{node.name}: name the behavior in a sentence")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and not _TEST_NAME.fullmatch(node.name)
    ]
