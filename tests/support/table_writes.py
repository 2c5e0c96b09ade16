"""Finds which tables a source writes: SQL in files and strings, COPY calls, imported table classes.

It reads statements, it does not run them: a table name put together at run time is reported as
unknown, so that writes stay where a reader can find them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from careledger.tables.declaration import Table

Verb = Literal["insert", "change"]

_NAME = r"(?:reporting\.)?\"?(?P<table>\w*)"
_INSERT = re.compile(rf"\b(?:INSERT|MERGE)\s+INTO\s+{_NAME}", re.IGNORECASE)
_CHANGES = (
    re.compile(
        rf"(?<!FOR )(?<!DO )\bUPDATE\s+(?:ONLY\s+)?{_NAME}\"?(?:\s+AS)?(?:\s+\w+)?\s+SET\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\bDELETE\s+FROM\s+(?:ONLY\s+)?{_NAME}", re.IGNORECASE),
    re.compile(rf"\bTRUNCATE\s+(?:TABLE\s+)?{_NAME}", re.IGNORECASE),
)
_UPSERT = re.compile(r"\bDO\s+UPDATE\b", re.IGNORECASE)
_TEMPORARY = re.compile(r"\bCREATE\s+TEMP(?:ORARY)?\s+TABLE\s+(\w+)", re.IGNORECASE)
_COPIES = frozenset({"copy_records_to_table", "copy_to_table"})


@dataclass(frozen=True, slots=True)
class Write:
    """One place that writes a table; `table` is empty where the name is not spelled out."""

    file: str
    verb: Verb
    table: str


def writes_of(file: Path) -> list[Write]:
    """Return what a Python or SQL file writes, temporary tables included."""
    source = file.read_text()
    if file.suffix == ".sql":
        return [Write(file.name, verb, table) for verb, table in _statements(source)]
    tree = ast.parse(source)
    found = [
        Write(file.name, verb, table) for text in _texts(tree) for verb, table in _statements(text)
    ]
    found.extend(Write(file.name, "insert", table) for table in _copied(tree))
    return found


def temporary_tables(files: Iterable[Path]) -> frozenset[str]:
    """Return the tables that sessions make for themselves."""
    return frozenset(name for file in files for name in _TEMPORARY.findall(file.read_text()))


def forbidden(service: str, writes: Iterable[Write], tables: Iterable[type[Table]]) -> list[Write]:
    """Return the writes that are not the service's: of another's table, or of one nobody knows."""
    known = {str(table.__tablename__): table for table in tables}
    return [write for write in writes if not _may(service, write, known.get(write.table))]


def imported_classes(file: Path) -> frozenset[str]:
    """Return the table classes a Python file imports: with them it writes by SQLModel."""
    return frozenset(
        alias.name
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("careledger.tables")
        for alias in node.names
    )


def _may(service: str, write: Write, table: type[Table] | None) -> bool:
    if table is None:
        return False
    return table.writer == service or (write.verb == "insert" and service in table.inserters)


def _statements(text: str) -> Iterator[tuple[Verb, str]]:
    inserts = list(_INSERT.finditer(text))
    ends = [found.start() for found in inserts[1:]] + [len(text)] * bool(inserts)
    for found, end in zip(inserts, ends, strict=True):
        upsert = _UPSERT.search(text, found.end(), end)
        yield "change" if upsert else "insert", found["table"]
    for change in _CHANGES:
        for found in change.finditer(text):
            yield "change", found["table"]


def _texts(tree: ast.AST) -> Iterator[str]:
    # The parts of an f-string lie in the tree as constants of their own: a name that is filled in
    # leaves nothing behind the verb.
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _copied(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr in _COPIES:
            match node.args:
                case [ast.Constant(value=str(name)), *_]:
                    yield name
                case _:
                    yield ""
