"""What the readers of row files yield: the cells of mapped columns, or why a row has none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ingest.sources.payloads import SourceProblem


class FileRow(NamedTuple):
    """A row: the line it begins on, and the cells of the columns asked for, in their order."""

    line: int
    cells: tuple[Any, ...]


ReadRows = Callable[[Path, Sequence[str]], Iterator[FileRow | SourceProblem]]
"""Reads a file's rows; raises SourceUnreadableError for what makes the whole file no such file."""
