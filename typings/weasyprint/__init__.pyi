from xml.etree.ElementTree import Element

from cssselect2 import ElementWrapper

from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

class CSS:
    def __init__(
        self, *, string: str, url_fetcher: URLFetcher, font_config: FontConfiguration
    ) -> None: ...

class HTML:
    base_url: str | None
    url_fetcher: URLFetcher
    media_type: str
    wrapper_element: ElementWrapper
    etree_element: Element
    def __init__(self, *, string: str, url_fetcher: URLFetcher) -> None: ...
    def render(
        self,
        font_config: FontConfiguration,
        *,
        stylesheets: list[CSS],
        pdf_variant: str,
        presentational_hints: bool,
    ) -> Document: ...
