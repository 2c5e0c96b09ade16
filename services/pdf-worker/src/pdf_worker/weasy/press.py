"""What every document of a process shares: fonts, styles, and a fetcher that opens only data."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET

from cssselect2 import ElementWrapper
from weasyprint import CSS, HTML
from weasyprint.css import StyleFor
from weasyprint.document import Document
from weasyprint.layout import page as page_layout
from weasyprint.layout.page import PageType, set_page_type_computed_styles
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

VARIANT: Final = "pdf/ua-1"
_SUBSETS: Final = ("latin", "latin-ext")
_WEIGHTS: Final = (400, 500, 700)


def _set_styles_once(page_type: PageType, html: HTML, style_for: StyleFor) -> None:
    """Give a page the styles of the first one of its name.

    Our style sheet tells pages apart by nothing else, and without this each page's twenty boxes in
    its margins cost as much time as all its rows.
    """
    first = page_type._replace(side="right", blank=False, index=0, groups=())
    styles = style_for.get_computed_styles()
    if (first, None) not in styles:
        set_page_type_computed_styles(first, html, style_for)
    names = [name for element, name in style_for.get_cascaded_styles() if element == first]
    for name in (None, *names):
        styles[page_type, name] = styles[first, name]


page_layout.set_page_type_computed_styles = _set_styles_once


class ForbiddenAddressError(FatalURLFetchingError):
    """A document asked for something outside itself; ends the rendering, as it should."""


class DataOnly(URLFetcher):
    """Opens data URIs and nothing else: no file, no host, no redirect."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return the content of a data URI.

        Raises:
            ForbiddenAddressError: for any other address, which the text does not repeat.
        """
        if not url.startswith("data:"):
            raise ForbiddenAddressError("a document may not point outside itself")
        return super().fetch(url, headers)


def prepare() -> None:
    """Load fonts and styles now, so that the first document of a process need not wait."""
    _press()


def lay_out(html: str) -> Document:
    """Lay a piece of a document out on pages."""
    press = _press()
    return _Parsed(html, press).render(
        font_config=press.fonts,
        stylesheets=[press.stylesheet],
        pdf_variant=VARIANT,
        presentational_hints=False,
    )


class _Press(NamedTuple):
    fetcher: DataOnly
    fonts: FontConfiguration
    elements: CSS
    stylesheet: CSS


@cache
def _press() -> _Press:
    """Read fonts and styles once for all documents of this process."""
    fetcher, fonts = DataOnly(), FontConfiguration()
    templates = files("pdf_worker") / "templates"
    base = (templates / "elements.css").read_text()
    elements = CSS(string=base, url_fetcher=fetcher, font_config=fonts)
    styles = (templates / "document.css").read_text()
    stylesheet = CSS(
        string="\n".join((*_font_faces(), styles)), url_fetcher=fetcher, font_config=fonts
    )
    return _Press(fetcher, fonts, elements, stylesheet)


def _font_faces() -> Iterator[str]:
    for weight in _WEIGHTS:
        for subset in _SUBSETS:
            font = files("pdf_worker") / "fonts" / f"roboto-{subset}-{weight}-normal.woff2"
            address = f"data:font/woff2;base64,{b64encode(font.read_bytes()).decode()}"
            yield (
                f"@font-face {{ font-family: Roboto; font-weight: {weight};"
                f" src: url({address}) format('woff2') }}"
            )


class _Parsed(HTML):
    """A piece read as XML, which takes a tenth of the time of a browser's forgiving parser."""

    def __init__(self, html: str, press: _Press) -> None:
        self.base_url = None
        self.url_fetcher = press.fetcher
        self.media_type = "print"
        self.wrapper_element = ElementWrapper.from_html_root(
            ET.fromstring(html),  # noqa: S314 - our own template made it
            content_language=None,
        )
        self.etree_element = self.wrapper_element.etree_element
        self._elements = press.elements

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:  # noqa: ARG002, FBT001, FBT002 - as WeasyPrint asks
        return [self._elements]
