import pydyf
from weasyprint.formatting_structure.boxes import Box

class Font:
    hash: str
    widths: dict[int, int]
    to_unicode: dict[int, str]

class Stream(pydyf.Stream):
    _tags: dict[Box, dict[str, int]]
    def add_font(self, pango_font: object) -> tuple[Font, float]: ...
