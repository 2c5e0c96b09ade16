from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from pydyf import Dictionary

Style = Mapping[str, object]

class Box:
    element: Element | None
    style: Style
    position_x: float
    position_y: float
    width: float
    height: float
    def content_box_x(self) -> float: ...

class ParentBox(Box):
    children: list[Box]
    def descendants(self) -> Iterator[Box]: ...

class MarginBox(ParentBox): ...

class TableCellBox(ParentBox):
    mark: Dictionary

class TableRowBox(ParentBox):
    children: list[TableCellBox]  # pyright: ignore[reportIncompatibleVariableOverride]

class TableRowGroupBox(ParentBox):
    children: list[TableRowBox]  # pyright: ignore[reportIncompatibleVariableOverride]

class TableBox(ParentBox):
    children: list[TableRowGroupBox]  # pyright: ignore[reportIncompatibleVariableOverride]
    column_positions: list[float]
    column_widths: list[float]

class _Layout:
    text: str

class TextBox(Box):
    text: str
    pango_layout: _Layout
