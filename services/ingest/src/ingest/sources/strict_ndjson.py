"""Reads NDJSON strictly: one flat object a line; every line is whole or a problem."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ingest.sources.file_rows import FileRow
from ingest.sources.payloads import SourceProblem, SourceUnreadableError
from ingest.sources.strict_json import STRICT, Fraction, JsonRefusedError
from ingest.sources.text_lines import LINE_LENGTH_MAX, Line, read_lines


def read_ndjson(path: Path, columns: Sequence[str]) -> Iterator[FileRow | SourceProblem]:
    """Yield the objects of an NDJSON file as rows; a key that an object has not is an empty cell.

    Args:
        path: the file, in UTF-8.
        columns: the keys to read; others are ignored.

    Raises:
        SourceUnreadableError: if it is no such file, no object has one of the keys, or it ends in
            the middle of a line.
    """
    seen: set[str] = set()
    count = 0
    for line in filled_lines(path):
        count += 1
        try:
            row = _row(line, columns)
        except ValueError as error:
            if not line.is_ended:
                raise SourceUnreadableError(
                    f"{path.name} ends in the middle of a line: is it whole?"
                ) from None
            yield SourceProblem(file=path.name, line=line.number, reason=_reason(error))
            continue
        if len(seen) < len(columns):
            seen.update(name for name, cell in zip(columns, row, strict=True) if cell is not None)
        reason = _unreadable(columns, row)
        if reason is None:
            yield FileRow(line.number, row)
        else:
            yield SourceProblem(file=path.name, line=line.number, reason=reason)
    if not count:
        raise SourceUnreadableError(f"{path.name} has no rows")
    missing = [name for name in columns if name not in seen]
    if missing:
        raise SourceUnreadableError(f"{path.name} has nowhere a key {', '.join(missing)}")


def filled_lines(path: Path) -> Iterator[Line]:
    """Yield the lines of a file that are not blank.

    Raises:
        SourceUnreadableError: if it is no text in UTF-8.
    """
    return (line for line in read_lines(path) if line.text is None or line.text.strip())


def _row(line: Line, columns: Sequence[str]) -> tuple[Any, ...]:
    if line.text is None:
        raise JsonRefusedError(f"the line is longer than {LINE_LENGTH_MAX} characters")
    try:
        members: Any = STRICT.decode(line.text.strip())
    except RecursionError:
        raise JsonRefusedError("the line is nested too deeply") from None
    if not isinstance(members, dict):
        raise JsonRefusedError("the line is no JSON object")
    return tuple(members.get(name) for name in columns)  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType, reportUnknownVariableType]


def _reason(error: ValueError) -> str:
    return str(error) if isinstance(error, JsonRefusedError) else "the line is not valid JSON"


def _unreadable(columns: Sequence[str], row: tuple[Any, ...]) -> str | None:
    for name, cell in zip(columns, row, strict=True):
        if isinstance(cell, (dict, list)):
            return f"{name} is an object or a list instead of a value"
        if isinstance(cell, Fraction):
            return f"{name} is a number with a fraction: write it as a text, or in minor units"
        if isinstance(cell, str) and not _is_storable(cell):
            return f"{name} holds a NUL character or half a character"
    return None


def _is_storable(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= one <= "\udfff" for one in text)
