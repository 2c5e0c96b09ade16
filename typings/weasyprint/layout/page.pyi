from typing import NamedTuple

from weasyprint import HTML
from weasyprint.css import StyleFor

class PageType(NamedTuple):
    side: str
    blank: bool
    name: str
    index: int
    groups: tuple[tuple[str, int], ...]

def set_page_type_computed_styles(page_type: PageType, html: HTML, style_for: StyleFor) -> None: ...
