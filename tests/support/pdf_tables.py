"""Tables of a PDF as a screen reader meets them: by the structure tree, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final, NamedTuple

from pypdf import PdfReader
from pypdf.generic import ContentStream

Texts = dict[int, str]

_PAIR: Final = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_SHOWS: Final = frozenset({b"Tj", b"TJ"})


class PdfTable(NamedTuple):
    """One table: the texts of its head, and of each row."""

    head: tuple[str, ...]
    rows: list[tuple[str, ...]]


def tables_of(content: bytes) -> list[PdfTable]:
    """Read all tables of a tagged PDF; one that goes on over several pages is one."""
    reader = PdfReader(BytesIO(content))
    texts: dict[int, Texts] = {}
    for page in reader.pages:
        assert page.indirect_reference is not None
        texts[page.indirect_reference.idnum] = _marked(page, reader)
    found: list[PdfTable] = []
    root = reader.root_object["/StructTreeRoot"]
    for table in _elements(root, "/Table"):
        head = [_cells(row, texts) for row in _rows(table, "/THead")]
        body = [_cells(row, texts) for row in _rows(table, "/TBody")]
        found.append(PdfTable(head[0] if head else (), body))
    return found


def _rows(table: Any, part: str) -> Iterator[Any]:  # noqa: ANN401 - pypdf's objects are whatever the file has
    for group in _elements(table, part):
        yield from _elements(group, "/TR")


def _cells(row: Any, texts: dict[int, Texts]) -> tuple[str, ...]:  # noqa: ANN401 - see above
    return tuple(_text(cell, texts) for cell in _elements(row, "/TH", "/TD"))


def _kids(element: Any) -> list[Any]:  # noqa: ANN401 - see above
    kids = element.get("/K", [])
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    return [kid.get_object() for kid in _listed(kids)]


def _listed(one_or_several: Any) -> list[Any]:  # noqa: ANN401 - see above
    return list(one_or_several) if hasattr(one_or_several, "append") else [one_or_several]


def _elements(element: Any, *kinds: str) -> Iterator[Any]:  # noqa: ANN401 - see above
    """Yield the elements of these kinds below an element, in order, none below another."""
    for kid in _kids(element):
        if isinstance(kid, int):
            continue
        if kid.get("/S") in kinds:
            yield kid
        else:
            yield from _elements(kid, *kinds)


def _text(element: Any, texts: dict[int, Texts]) -> str:  # noqa: ANN401 - see above
    told: list[str] = []
    for kid in _kids(element):
        if isinstance(kid, int):
            told.append(texts[element.raw_get("/Pg").idnum][kid])
        elif "/MCID" in kid:
            page = kid.raw_get("/Pg") if "/Pg" in kid else element.raw_get("/Pg")
            told.append(texts[page.idnum][kid["/MCID"]])
        else:
            told.append(_text(kid, texts))
    return "".join(told)


def _marked(page: Any, reader: PdfReader) -> Texts:  # noqa: ANN401 - see above
    """Return the text of each marked content of a page."""
    fonts: dict[str, dict[bytes, str]] = {}
    found: Texts = {}
    font: dict[bytes, str] = {}
    mark: int | None = None
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator == b"BDC":
            properties: Any = operands[1]
            mark = properties.get("/MCID") if hasattr(properties, "get") else None
            if mark is not None:
                found.setdefault(mark, "")
        elif operator == b"EMC":
            mark = None
        elif operator == b"Tf":
            name = str(operands[0])
            if name not in fonts:
                fonts[name] = _unicode(page["/Resources"]["/Font"][name])
            font = fonts[name]
        elif operator in _SHOWS and mark is not None:
            found[mark] += "".join(_shown(operands[0], font))
    return found


def _shown(operand: Any, font: dict[bytes, str]) -> Iterator[str]:  # noqa: ANN401 - see above
    for piece in _listed(operand):
        raw: bytes = getattr(piece, "original_bytes", piece if isinstance(piece, bytes) else b"")
        for start in range(0, len(raw), 2):
            yield font[raw[start : start + 2]]


def _unicode(font: Any) -> dict[bytes, str]:  # noqa: ANN401 - see above
    mapping: bytes = font["/ToUnicode"].get_data()
    return {
        bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be")
        for code, text in _PAIR.findall(mapping)
        if len(code) == 4
    }
