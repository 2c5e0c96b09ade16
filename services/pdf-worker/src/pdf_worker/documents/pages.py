"""A document as HTML, in pieces that are laid out one after the other and then joined."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from pdf_worker.documents.drawing import templates
from pdf_worker.documents.parts import Block, Document, Figure, Row, Table

ITEMS_AT_ONCE: Final = 500
"""Items laid out in one piece: memory and time grow faster than their number."""


class Line(NamedTuple):
    """A row of a table that fits on one line; to be set by its texts alone."""

    cells: tuple[str, ...]
    to_the_right: tuple[bool, ...]
    is_total: bool


class TableRow(NamedTuple):
    """A row as a piece shows it."""

    number: int
    row: Row
    is_line: bool
    classes: str


@dataclass(frozen=True, slots=True)
class Part:
    """A block as a piece shows it: all of it, or some rows of a table; numbered from `number`."""

    block: Block
    number: int
    rows: Sequence[TableRow] = ()
    columns: Sequence[float] = ()

    @property
    def kind(self) -> str:
        """The name of the macro that writes it."""
        return type(self.block).__name__.lower()

    @property
    def shares(self) -> list[str]:
        """The share of each column of a table, in percent."""
        return [f"{100 * width / sum(self.columns):.3f}" for width in self.columns]

    @property
    def address(self) -> str:
        """The drawing of a figure as a data URI, the only kind of address a document may have."""
        svg = self.block.svg if isinstance(self.block, Figure) else ""
        return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


class _Item(NamedTuple):
    """What is never told apart: a block other than a table, or one row."""

    block: int
    row: int


class Pieces:
    """Cuts a document into pieces of HTML; a piece may begin with any item."""

    def __init__(self, document: Document, *, items_at_once: int = ITEMS_AT_ONCE) -> None:
        self._document = document
        self._items_at_once = items_at_once
        self._items = [
            _Item(index, row)
            for index, block in enumerate(document.blocks)
            for row in range(len(block.rows) if isinstance(block, Table) else 1)
        ]

    @property
    def end(self) -> int:
        """The number after the last item."""
        return len(self._items)

    def html(self, first: int) -> tuple[str, int]:
        """Return the piece that begins with an item, and the number after its last."""
        stop = min(first + self._items_at_once, self.end)
        html = (
            templates()
            .get_template("document.html.j2")
            .render(document=self._document, parts=self._parts(first, stop), opens=first == 0)
        )
        return html, stop

    def line(self, number: int) -> Line:
        """Return the texts of a row that was written as a line.

        Args:
            number: of its item.
        """
        item = self._items[number]
        table = self._document.blocks[item.block]
        if not isinstance(table, Table):
            raise TypeError("only rows of tables are lines")
        row = table.rows[item.row]
        to_the_right = tuple(column.kind == "figure" for column in table.columns)
        return Line(row.cells, to_the_right, row.is_total)

    def _parts(self, first: int, stop: int) -> list[Part]:
        parts: list[Part] = []
        number = first
        while number < stop:
            index, row = self._items[number]
            block = self._document.blocks[index]
            if isinstance(block, Table):
                columns = block.columns_on(self._document.width)
                shown = range(row, min(row + stop - number, len(block.rows)))
                rows = _rows(block, columns, shown, before=number - row)
                parts.append(Part(block, number, rows, columns))
                number += len(rows)
            else:
                parts.append(Part(block, number))
                number += 1
        return parts


def _rows(table: Table, columns: Sequence[float], shown: range, *, before: int) -> list[TableRow]:
    last = len(table.rows) - 1
    rows: list[TableRow] = []
    for index in shown:
        row = table.rows[index]
        is_line = table.fits(row, columns)
        chosen = {
            "line": is_line,
            "total": row.is_total,
            "with-next": index in {0, last - 1} and last > 0,
        }
        classes = " ".join(name for name, holds in chosen.items() if holds)
        rows.append(TableRow(before + index, row, is_line, classes))
    return rows
