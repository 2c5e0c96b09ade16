"""Characters to glyphs of the fonts a style chooses: each shaped once by Pango, then remembered."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from weasyprint.pdf.stream import Stream
from weasyprint.text.ffi import FROM_UNITS
from weasyprint.text.line_break import Layout, strut

if TYPE_CHECKING:
    from weasyprint.formatting_structure.boxes import Style


class Glyph(NamedTuple):
    """How a character is shown."""

    code: str
    """The glyph's number in its font, as four hexadecimal digits."""
    font: str
    """The name of the font in the PDF."""
    advance: float
    """How far the next character is, in pixels of CSS."""


class Run(NamedTuple):
    """A text as it is shown."""

    advance: float
    """How wide it is, in pixels of CSS."""
    parts: tuple[tuple[str, str], ...]
    """Fonts, and the glyphs shown in each, as hexadecimal digits."""


class Glyphs:
    """The glyphs of one style in one document.

    Characters are shown one by one, without kerning and ligatures, as suits columns of figures.
    """

    def __init__(self, style: Style, stream: Stream) -> None:
        self._style: Final = style
        self._stream: Final = stream
        self._known: Final[dict[str, Glyph]] = {}
        self._runs: Final[dict[str, Run]] = {}
        _, self.baseline = strut(style)
        self.size = 0.0

    def __getitem__(self, character: str) -> Glyph:
        """Return the glyph of a character."""
        found = self._known.get(character)
        if found is None:
            found = self._known[character] = self._shape(character)
        return found

    def run(self, text: str) -> Run:
        """Return how a text is shown; the same ones come again and again in columns of figures."""
        found = self._runs.get(text)
        if found is None:
            found = self._runs[text] = self._run(text)
        return found

    def _run(self, text: str) -> Run:
        shown = [self[character] for character in text]
        parts = tuple(
            (font, "".join([glyph.code for glyph in same]))
            for font, same in groupby(shown, attrgetter("font"))
        )
        return Run(sum([glyph.advance for glyph in shown]), parts)

    def _shape(self, character: str) -> Glyph:
        layout = Layout(self._style)
        layout.set_text(character)
        line, _ = layout.get_first_line()
        run = line.runs[0].data
        info = run.glyphs.glyphs[0]
        font, self.size = self._stream.add_font(run.item.analysis.font)
        advance = info.geometry.width * FROM_UNITS
        # The PDF says of each glyph how wide it is and which text it stands for.
        font.widths.setdefault(info.glyph, round(advance * 1000 / self.size))
        font.to_unicode.setdefault(info.glyph, character)
        return Glyph(f"{info.glyph:04x}", font.hash, advance)
