"""What a document is made of: headings, facts, figures and tables, all text and no layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from math import inf
from typing import Final, Literal, NamedTuple

from pdf_worker.typeface import Weight
from pdf_worker.typeface import width as measured

Paper = Literal["letter", "a4"]

_PAGE_WIDTHS: Final[dict[tuple[Paper, bool], float]] = {
    ("letter", False): 527,
    ("letter", True): 707,
    ("a4", False): 510,
    ("a4", True): 757,
}
"""What lies between the margins, in points; held upright or sideways."""
_PADDING: Final = 6.9
"""Left and right of a cell's text, in points."""
_WIDTHS_MAX: Final = {"prose": 230.0, "text": 130.0, "figure": inf}
"""What one column may take before its texts break into lines, in points."""
_NARROW: Final = 62
"""A column that needs no more is narrow, in points."""
_LEFT_MIN: Final = 0.3
_UNKNOWN_WIDTH: Final = 4.2
"""Of a character the font of tables lacks, in points: another font will be taken for it."""
_SLIM: Final = 0.6
SLIM_SHARE: Final = 0.65
_KEPT_TOGETHER: Final = 24
"""A table of so few lines is not broken over two pages."""


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
    """One column of a table; figures are set to the right, and break last."""

    title: str
    kind: Literal["text", "figure", "prose"] = "figure"


class Row(NamedTuple):
    """One row; its first cell names it."""

    cells: tuple[str, ...]
    is_total: bool = False

    @property
    def weight(self) -> Weight:
        """How heavy its print is."""
        return 700 if self.is_total else 400


@dataclass(frozen=True)
class Table:
    """Rows under columns; as many pages as it takes, with its head on each."""

    columns: Sequence[Column]
    rows: Sequence[Row]

    @cached_property
    def widths(self) -> list[float]:
        """What each column needs so that no figure and no name in it has to break, in points."""
        return [self._width(index) + _PADDING for index in range(len(self.columns))]

    def is_short(self, page_width: float) -> bool:
        """Tell whether it should stand on one page, as it can: so few rows, and a line each."""
        if len(self.rows) > _KEPT_TOGETHER:
            return False
        columns = self.columns_on(page_width)
        return all(self.fits(row, columns) for row in self.rows)

    def is_slim(self, page_width: float) -> bool:
        """Tell whether it looks better when it does not fill the page."""
        return sum(self.widths) < _SLIM * page_width

    def is_tight(self, page_width: float) -> bool:
        """Tell whether even its figures have to break."""
        return sum(self.widths) > page_width

    def columns_on(self, page_width: float) -> list[float]:
        """Return how wide each column is on a page, in points.

        Where not all have what they need, the narrow ones do.
        """
        width = page_width * SLIM_SHARE if self.is_slim(page_width) else page_width
        kept = [
            column if self.is_tight(page_width) and column <= _NARROW else 0.0
            for column in self.widths
        ]
        wanted = sum(self.widths) - sum(kept)
        left = width - sum(kept)
        if wanted == 0 or left < _LEFT_MIN * width:
            return [width / len(self.columns)] * len(self.columns)
        return [
            keeps or column * left / wanted for keeps, column in zip(kept, self.widths, strict=True)
        ]

    def fits(self, row: Row, columns: Sequence[float]) -> bool:
        """Tell whether each cell of a row fits on one line of its column."""
        return all(
            (needed := measured(cell, row.weight)) is not None and needed <= column - _PADDING
            for cell, column in zip(row.cells, columns, strict=True)
        )

    def _width(self, index: int) -> float:
        column = self.columns[index]
        head = max((_needed(word, 700) for word in column.title.split()), default=0)
        longest = max((_needed(row.cells[index], row.weight) for row in self.rows), default=0)
        return max(head, min(longest, _WIDTHS_MAX[column.kind]))


def _needed(text: str, weight: Weight) -> float:
    width = measured(text, weight)
    return len(text) * _UNKNOWN_WIDTH if width is None else width


Block = Heading | Paragraph | Facts | Figure | Table


@dataclass(frozen=True, kw_only=True)
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

    @cached_property
    def is_wide(self) -> bool:
        """Tell whether a table needs the page held sideways."""
        upright = _PAGE_WIDTHS[self.paper, False]
        return any(sum(block.widths) > upright for block in self.blocks if isinstance(block, Table))

    @property
    def width(self) -> float:
        """What lies between the margins of its pages, in points."""
        return _PAGE_WIDTHS[self.paper, self.is_wide]
