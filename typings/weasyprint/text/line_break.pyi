from collections.abc import Sequence

from weasyprint.formatting_structure.boxes import Style

class _Geometry:
    width: int

class _Glyph:
    glyph: int
    geometry: _Geometry

class _GlyphString:
    glyphs: Sequence[_Glyph]

class _Analysis:
    font: object

class _Item:
    analysis: _Analysis

class _GlyphItem:
    glyphs: _GlyphString
    item: _Item

class _Run:
    data: _GlyphItem

class _Line:
    runs: Sequence[_Run]

class Layout:
    def __init__(self, style: Style) -> None: ...
    def set_text(self, text: str) -> None: ...
    def get_first_line(self) -> tuple[_Line, int | None]: ...

def strut(style: Style) -> tuple[float, float]: ...
