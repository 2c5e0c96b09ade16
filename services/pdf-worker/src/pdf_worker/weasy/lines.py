"""Sets rows of tables that fit on one line: their texts go straight into the page, and its tags.

WeasyPrint lays such a row out as one empty cell. That leaves it all decisions about pages, and
spares it the work for each cell, which was nine tenths of the time of a long table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import pydyf
from weasyprint.document import Page
from weasyprint.formatting_structure.boxes import (
    Box,
    ParentBox,
    TableBox,
    TableCellBox,
    TableRowBox,
    TextBox,
)
from weasyprint.pdf.stream import Stream

from pdf_worker.documents.pages import Line
from pdf_worker.weasy.glyphs import Glyphs

_PADDING: Final = 4.535
"""Left and right of a cell's text, in pixels of CSS: 1.2 mm."""
_PADDING_TOP: Final = 3.024
"""Above it: 0.8 mm."""
_BETWEEN: Final = "0.835 0.859 0.882 RG 0.667 w"
_ABOVE_TOTAL: Final = "0.122 0.373 0.659 RG 1.333 w"
_ABOVE_TOTAL_WIDTH: Final = 1.333
_INK: Final = "0.106 0.145 0.188 rg"


@dataclass(slots=True)
class SetLine:
    """A row where it stands on its page."""

    line: Line
    row: TableRowBox
    cell: TableCellBox
    first_mark: int = 0
    """The number of the first cell's marked content on its page."""


class SetTable(NamedTuple):
    """The lines of a table on one page."""

    table: TableBox
    heads: list[TableCellBox]
    lines: list[SetLine]


class SetPage(Page):
    """A page with the lines of tables that stand on it."""

    def __init__(self, page: Page, texts: Callable[[int], Line]) -> None:
        self.__dict__.update(page.__dict__)
        self.tables: Final = list(_tables(page._page_box, texts))  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]

    def paint(self, stream: Stream, scale: float = 1) -> None:
        """Paint what WeasyPrint laid out, then each table's lines after its head."""
        super().paint(stream, scale)
        if not self.tables:
            return
        marks = stream._tags  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
        mark = len(marks)
        places = _places(stream.stream)
        insertions: list[tuple[int, bytes]] = []
        for table in self.tables:
            words = [box for box in table.heads[-1].descendants() if isinstance(box, TextBox)]
            painted, mark = _painted(table, stream, mark)
            insertions.append((places[marks[words[-1]]["mcid"]], painted))
        for place, painted in sorted(insertions, reverse=True):
            stream.stream.insert(place, painted)


def _tables(page: ParentBox, texts: Callable[[int], Line]) -> Iterator[SetTable]:
    for table in page.descendants():
        if not isinstance(table, TableBox) or "rows" not in _classes(table):
            continue
        head, *bodies = table.children
        lines = [
            SetLine(texts(_number(row)), row, row.children[0])
            for body in bodies
            for row in body.children
            if "line" in _classes(row)
        ]
        if lines:
            yield SetTable(table, head.children[0].children, lines)


def _classes(box: Box) -> list[str]:
    return [] if box.element is None else box.element.get("class", "").split()


def _number(row: TableRowBox) -> int:
    return int("" if row.element is None else row.element.get("data-item", ""))


def _places(stream: Sequence[object]) -> dict[int, int]:
    """Return, for each marked content, the place in a stream after its end."""
    places: dict[int, int] = {}
    mark: int | None = None
    for place, item in enumerate(stream):
        if isinstance(item, pydyf.Dictionary) and "MCID" in item:
            mark = int(str(item["MCID"]))
        elif item == b"EMC" and mark is not None:
            places[mark] = place + 1
            mark = None
    return places


def _painted(table: SetTable, stream: Stream, mark: int) -> tuple[bytes, int]:
    """Return the operators that show a table's lines, and the next free number of a mark."""
    columns = [
        (left + _PADDING, left + width - _PADDING)
        for left, width in zip(table.table.column_positions, table.table.column_widths, strict=True)
    ]
    glyphs = {line.line.is_total: Glyphs(line.cell.style, stream) for line in table.lines}
    written = ["q", _INK]
    for line in table.lines:
        line.first_mark = mark
        written += _texts(line, columns, glyphs[line.line.is_total], mark)
        mark += len(line.line.cells)
    written += ["/Artifact BMC", *_rules(table), "EMC", "Q"]
    return "\n".join(written).encode(), mark


def _texts(
    line: SetLine, columns: Sequence[tuple[float, float]], glyphs: Glyphs, mark: int
) -> Iterator[str]:
    row = line.row
    above = _ABOVE_TOTAL_WIDTH if line.line.is_total else 0
    y = row.position_y + above + _PADDING_TOP + glyphs.baseline
    font = None
    tag = "TH"
    for text, (left, right), to_the_right in zip(
        line.line.cells, columns, line.line.to_the_right, strict=True
    ):
        advance, parts = glyphs.run(text)
        x = right - advance if to_the_right else left
        yield f"/{tag} <</MCID {mark}>> BDC BT 1 0 0 -1 {x:.2f} {y:.2f} Tm"
        for of_part, codes in parts:
            if of_part != font:
                font = of_part
                yield f"/{font} {glyphs.size:.4f} Tf"
            yield f"<{codes}> Tj"
        yield "ET EMC"
        mark += 1
        tag = "TD"


def _rules(table: SetTable) -> Iterator[str]:
    left, right = table.table.content_box_x(), table.table.content_box_x() + table.table.width
    yield _BETWEEN
    for line in table.lines:
        y = line.row.position_y + line.row.height - 0.33
        yield f"{left:.2f} {y:.2f} m {right:.2f} {y:.2f} l"
    yield "S"
    for line in table.lines:
        if line.line.is_total:
            y = line.row.position_y + _ABOVE_TOTAL_WIDTH / 2
            yield f"{_ABOVE_TOTAL} {left:.2f} {y:.2f} m {right:.2f} {y:.2f} l S"
