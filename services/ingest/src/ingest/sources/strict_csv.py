"""Reads CSV strictly: every row is whole or a problem, and a broken one takes no other with it.

A quote that is not closed would swallow the rows behind it. Where a row breaks, its first line is
the problem, and reading goes on with the line after that.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Final

from ingest.sources.file_rows import FileRow
from ingest.sources.payloads import SourceProblem, SourceUnreadableError
from ingest.sources.text_lines import LINE_LENGTH_MAX, Line, read_lines

DELIMITERS: Final = (",", ";", "\t", "|")
_NAMES: Final = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}


def read_csv(
    path: Path, columns: Sequence[str], delimiter: str = ","
) -> Iterator[FileRow | SourceProblem]:
    """Yield the rows of a CSV file whose first line names the columns.

    Args:
        path: the file, in UTF-8.
        columns: two or more columns to read; others are ignored.
        delimiter: one of `DELIMITERS`.

    Raises:
        SourceUnreadableError: if it is no such file, a column is missing or named twice, there is
            no row, or it ends in the middle of one.
    """
    records = _Records(read_lines(path), delimiter)
    heading = next(records, None)
    if heading is None:
        raise SourceUnreadableError(f"{path.name} is empty")
    header = _header(path.name, heading, columns, delimiter)
    wanted = itemgetter(*map(header.index, columns))
    count = 0
    for record in records:
        count += 1
        reason = record.broken_as(len(header))
        if reason is None:
            yield FileRow(record.line, wanted(record.cells))
            continue
        if record.is_cut_off(len(header)):
            raise SourceUnreadableError(f"{path.name} ends in the middle of a row: is it whole?")
        records.go_back_to_second_line(record)
        yield SourceProblem(file=path.name, line=record.line, reason=reason)
    if not count:
        raise SourceUnreadableError(f"{path.name} has a heading and no rows")


class _Record:
    """What the parser made of one or more lines."""

    def __init__(self, lines: list[Line], cells: list[str], problem: str | None) -> None:
        self.lines: Final = lines
        self.cells: Final = cells
        self.line: Final = lines[0].number
        self._problem: Final = problem

    def broken_as(self, width: int) -> str | None:
        """Say why it is no row of so many cells, None if it is one."""
        if self._problem is not None:
            return self._problem
        if len(self.cells) != width:
            return f"the row has {len(self.cells)} cells instead of {width}"
        if any("\0" in (line.text or "") for line in self.lines):
            return "the row holds a NUL character"
        return None

    def is_cut_off(self, width: int) -> bool:
        """Whether it is a last line that breaks off."""
        return len(self.lines) == 1 and not self.lines[0].is_ended and len(self.cells) < width


class _Records:
    """Parses records one by one, and can take back all lines of the last one but its first."""

    def __init__(self, lines: Iterator[Line], delimiter: str) -> None:
        self._lines = lines
        self._back: deque[Line] = deque()
        self._taken: list[Line] = []
        self._length = 0
        self._reader = csv.reader(self._feed(), delimiter=delimiter, strict=True)
        self._delimiter = delimiter

    def __iter__(self) -> _Records:
        return self

    def __next__(self) -> _Record:
        while True:
            self._taken, self._length = [], 0
            try:
                cells = next(self._reader)
            except csv.Error:
                # An error ends the feed as well as the record.
                self._reader = csv.reader(self._feed(), delimiter=self._delimiter, strict=True)
                return _Record(self._taken, [], self._reason())
            if cells:
                return _Record(self._taken, cells, None)

    def go_back_to_second_line(self, record: _Record) -> None:
        """Let the lines of a broken record but its first be read again, as records of their own."""
        self._back.extendleft(reversed(record.lines[1:]))

    def _feed(self) -> Iterator[str]:
        while True:
            line = self._back.popleft() if self._back else next(self._lines, None)
            if line is None:
                return
            self._taken.append(line)
            self._length += LINE_LENGTH_MAX if line.text is None else len(line.text)
            if line.text is None or self._length > LINE_LENGTH_MAX:
                raise csv.Error
            yield line.text

    def _reason(self) -> str:
        if self._length > LINE_LENGTH_MAX or self._taken[0].text is None:
            return f"the row is longer than {LINE_LENGTH_MAX} characters, or a quote is not closed"
        return "the row is not valid CSV: look at its quotes"


def _header(file: str, heading: _Record, columns: Sequence[str], delimiter: str) -> list[str]:
    # A file without a heading begins with somebody's data, so nothing of the line is repeated.
    if heading.broken_as(len(heading.cells)) is not None:
        raise SourceUnreadableError(f"{file} has no heading: its first line is not valid CSV")
    header = [cell.strip() for cell in heading.cells]
    missing = [column for column in columns if column not in header]
    if missing:
        text = heading.lines[0].text or ""
        other = next((one for one in DELIMITERS if len(header) == 1 and one in text), None)
        if other is not None and other != delimiter:
            raise SourceUnreadableError(
                f"{file} seems to have {_NAMES[other]} between its columns: name it by --delimiter"
            )
        raise SourceUnreadableError(f"{file} has no column {', '.join(missing)}")
    for place, name in enumerate(header):
        if name in header[:place]:
            raise SourceUnreadableError(
                f"{file} names columns {header.index(name) + 1} and {place + 1} the same"
            )
    return header
