"""How wide a text is in the print of tables: read from the font itself; pure."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Final, Literal

from fontTools.ttLib import TTFont

Weight = Literal[400, 700]

PRINT_SIZE: Final = 7.5
"""The size of print in tables, in points; the style sheet says the same."""
_SUBSETS: Final = ("latin", "latin-ext")


def width(text: str, weight: Weight = 400) -> float | None:
    """Return the width of a line of print, in points.

    Every character has its own width there: no kerning, no ligatures.

    Returns:
        The width, or None if the font lacks a character, or one of them joins with others.
    """
    advances = _advances(weight)
    try:
        return sum([advances[character] for character in text]) * PRINT_SIZE
    except KeyError:
        return None


@cache
def _advances(weight: Weight) -> dict[str, float]:
    """The width of each character as a share of the size of print."""
    found: dict[str, float] = {}
    for subset in reversed(_SUBSETS):
        content = (
            files("pdf_worker") / "fonts" / f"roboto-{subset}-{weight}-normal.woff2"
        ).read_bytes()
        font = TTFont(BytesIO(content), lazy=True)
        widths: dict[str, tuple[int, int]] = font["hmtx"].metrics  # pyright: ignore[reportUnknownMemberType]
        units: int = font["head"].unitsPerEm  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
        found |= {
            chr(code): widths[glyph][0] / units
            for code, glyph in (font.getBestCmap() or {}).items()
            if _stands_alone(chr(code))
        }
    return found


def _stands_alone(character: str) -> bool:
    return not unicodedata.combining(character) and (
        unicodedata.category(character)[0] in "LNPS" or character in " \N{NO-BREAK SPACE}"
    )
