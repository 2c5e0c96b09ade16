from collections.abc import Iterator
from xml.etree.ElementTree import Element

class Box:
    element: Element | None

class ParentBox(Box):
    children: list[Box]
    def descendants(self) -> Iterator[Box]: ...

class MarginBox(ParentBox): ...

class _Layout:
    text: str

class TextBox(Box):
    text: str
    pango_layout: _Layout
