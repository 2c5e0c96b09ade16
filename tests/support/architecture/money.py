"""Rules of money: it is an integer of minor units, and never a float, not even on the way."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from typing import Final

from support.architecture.sources import Source

MONEY_PATHS: Final = (
    "shared/src/careledger/money.py",
    "shared/src/careledger/events/*.py",
    "shared/src/careledger/reports/*.py",
    "services/aggregator/src/aggregator/acceptance.py",
    "services/aggregator/src/aggregator/entry.py",
    "services/aggregator/src/aggregator/ledger.py",
    "services/aggregator/src/aggregator/legs.py",
    "services/ingest/src/ingest/sources/*.py",
)
"""Where everything that is counted is money: no float at all."""

_MONEY: Final = re.compile(
    r"amount|balance|charge(?!back_)|credit|deficit|outstanding|owed|paid|payments|refund|revenue"
    r"|written_off|minor_units|cents"
)
_SQL_FLOAT: Final = re.compile(r"\b(float[48]?|real|double\s+precision|money)\b", re.IGNORECASE)
_SQL_COMMENT: Final = re.compile(r"--.*")


def floats(source: Source) -> list[str]:
    """Any float or true division in a file where everything is money."""
    return [
        source.at(node, f"{said}: money is an integer of minor units")
        for node, said in _floats(source)
    ]


def _floats(source: Source) -> Iterator[tuple[ast.AST, str]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name) and node.id == "float":
            yield node, "float"
        elif isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield node, repr(node.value)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and not _is_path(node):
            yield node, "true division"


def _is_path(division: ast.BinOp) -> bool:
    """A slash beside a text or a directory joins a path."""
    parts = list(ast.walk(division))
    texts = any(isinstance(part, ast.JoinedStr) for part in parts) or any(
        isinstance(part, ast.Constant) and isinstance(part.value, str) for part in parts
    )
    folders = {part.id.lower().strip("_") for part in parts if isinstance(part, ast.Name)}
    return texts or not folders.isdisjoint({"directory", "folder", "root"})


def floats_near_money(source: Source) -> list[str]:
    """A float that by its name is money, in any file."""
    return [
        source.at(node, f"{named}: money is an integer of minor units")
        for node, named in _named_floats(source.tree)
        if _MONEY.search(named)
    ]


def _named_floats(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.AnnAssign(target=target, annotation=annotation) if _is_float(annotation):
                yield node, ast.unparse(target)
            case ast.arg(arg=name, annotation=annotation) if _is_float(annotation):
                yield node, name
            case ast.FunctionDef(name=name, returns=annotation) if _is_float(annotation):
                yield node, name
            case ast.Call(func=ast.Name(id="float"), args=[argument]):
                yield node, ast.unparse(argument)
            case ast.BinOp(op=ast.Div()) if not _is_path(node):
                yield node, ast.unparse(node)
            case _:
                pass


def _is_float(annotation: ast.expr | None) -> bool:
    return annotation is not None and "float" in ast.unparse(annotation).split(" | ")


def sql_floats(source: Source) -> list[str]:
    """A type of SQL that cannot hold every amount exactly."""
    return [
        f"{source.path}:{number}: {found[0]}: money is bigint"
        for number, line in enumerate(source.text.splitlines(), 1)
        if (found := _SQL_FLOAT.search(_SQL_COMMENT.sub("", line)))
    ]


def is_money(source: Source) -> bool:
    """Tell whether everything in a file is money."""
    return any(fnmatch(source.path, pattern) for pattern in MONEY_PATHS)
