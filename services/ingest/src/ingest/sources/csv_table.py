"""Reads a CSV file row by row: the columns asked for, and a row that is broken as a problem."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from operator import itemgetter
from pathlib import Path

from msgspec import Struct

from ingest.sources.payloads import SourceProblem, SourceUnreadableError

_UNDECODABLE = "\N{REPLACEMENT CHARACTER}"


class Row(Struct, frozen=True):
    """The cells of the columns asked for, in that order, and the line the row ends on."""

    line: int
    cells: tuple[str, ...]


def read_rows(path: Path, columns: Sequence[str]) -> Iterator[Row | SourceProblem]:
    """Yield the rows of a CSV file in UTF-8 whose first line names the columns.

    Args:
        path: the file.
        columns: two or more columns to read; others are ignored.

    Raises:
        SourceUnreadableError: if the file or a column is missing.
    """
    try:
        file = path.open(encoding="utf-8-sig", errors="replace", newline="")
    except OSError as error:
        raise SourceUnreadableError(f"{path} cannot be read: {error.strerror}") from error
    with file:
        reader = csv.reader(file, strict=True)
        header = _header(reader, path)
        missing = [column for column in columns if column not in header]
        if missing:
            raise SourceUnreadableError(f"{path} has no column {', '.join(missing)}")
        wanted = itemgetter(*map(header.index, columns))
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield SourceProblem(
                    file=path.name, line=reader.line_num, reason="the row is not valid CSV"
                )
                continue
            reason = _broken(cells, len(header))
            if reason:
                yield SourceProblem(file=path.name, line=reader.line_num, reason=reason)
            elif cells:
                yield Row(reader.line_num, wanted(cells))


def _header(reader: Iterator[list[str]], path: Path) -> list[str]:
    try:
        return next(reader)
    except (StopIteration, csv.Error):
        raise SourceUnreadableError(f"{path} has no header line") from None


def _broken(cells: list[str], width: int) -> str | None:
    if cells and len(cells) != width:
        return f"the row has {len(cells)} cells instead of {width}"
    if any(_UNDECODABLE in cell for cell in cells):
        return "the row is not UTF-8"
    return None
