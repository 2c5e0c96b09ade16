"""What a document is made of: headings, facts, figures and tables, all text and no layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, NamedTuple

Paper = Literal["letter", "a4"]

_PORTRAIT_WIDTH_MAX: Final = 122
"""The widest table that fits on a page held upright, in characters of its print."""
_PADDING: Final = 2
_PROSE_WIDTH_MAX: Final = 60
_KEPT_TOGETHER: Final = 24
"""A table of so few rows is not broken over two pages."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Opens a part of the document; levels go down one at a time."""

    text: str
    level: Literal[2, 3]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words of explanation."""

    text: str


class Fact(NamedTuple):
    """A term and what is true of it, one line or several."""

    term: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Terms with what is true of them."""

    facts: Sequence[Fact]


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart; `alt` says in words what it shows, and where the same figures stand."""

    svg: str
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; figures are set to the right, prose may break into lines."""

    title: str
    kind: Literal["text", "figure", "prose"] = "figure"


class Row(NamedTuple):
    """One row; its first cell names it."""

    cells: tuple[str, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; as many pages as it takes, with its head on each."""

    columns: Sequence[Column]
    rows: Sequence[Row]

    @property
    def is_short(self) -> bool:
        """Tell whether it should stand on one page."""
        return len(self.rows) <= _KEPT_TOGETHER

    @property
    def width(self) -> int:
        """The characters it needs on a line."""
        return sum(self.widths)

    @property
    def widths(self) -> list[int]:
        """The characters each column needs so that no figure and no name in it has to break."""
        return [self._width(index) + _PADDING for index in range(len(self.columns))]

    def _width(self, index: int) -> int:
        column = self.columns[index]
        head = max((len(word) for word in column.title.split()), default=0)
        longest = max((len(row.cells[index]) for row in self.rows), default=0)
        return max(head, min(longest, _PROSE_WIDTH_MAX) if column.kind == "prose" else longest)


Block = Heading | Paragraph | Facts | Figure | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document before it is laid out."""

    title: str
    subtitle: str
    language: str
    paper: Paper
    footer: str
    keywords: str
    asked_at: datetime
    blocks: Sequence[Block]

    @property
    def is_wide(self) -> bool:
        """Tell whether a table needs the page held sideways."""
        return any(
            block.width > _PORTRAIT_WIDTH_MAX for block in self.blocks if isinstance(block, Table)
        )
