"""A text file in UTF-8 line by line, in bounded memory; what is no such text is refused whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from ingest.sources.payloads import SourceUnreadableError

LINE_LENGTH_MAX: Final = 256 * 1024
"""Characters of a line; a longer one is skipped to its end and is a problem, not a line."""

_FORMATS: Final = (
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
    (b"\x1f\x8b", "a compressed file: unpack it first"),
    (b"BZh", "a compressed file: unpack it first"),
    (b"\xfd7zXZ", "a compressed file: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a compressed file: unpack it first"),
    (b"PK\x03\x04", "a ZIP archive or a spreadsheet: unpack it, or save it as CSV"),
)
_HEAD_BYTES: Final = 64
_ENDS: Final = ("\n", "\r")


class Line(NamedTuple):
    """A line with its line end; the text is None if it is too long to be one."""

    number: int
    text: str | None

    @property
    def is_ended(self) -> bool:
        """Whether a line end closes it: what breaks off may be a part of a line."""
        return self.text is None or self.text.endswith(_ENDS)


def read_lines(path: Path) -> Iterator[Line]:
    """Yield the lines of a file, numbered from one; a byte order mark is no part of the first.

    Raises:
        SourceUnreadableError: if the file cannot be read, or is no text in UTF-8.
    """
    _check_format(path)
    number = 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            while text := file.readline(LINE_LENGTH_MAX):
                number += 1
                if len(text) < LINE_LENGTH_MAX or text.endswith(_ENDS):
                    yield Line(number, text)
                    continue
                while (rest := file.readline(LINE_LENGTH_MAX)) and not rest.endswith(_ENDS):
                    """The rest of a line that is too long."""
                yield Line(number, None)
    except UnicodeDecodeError:
        raise SourceUnreadableError(
            f"{path.name} is not UTF-8 throughout: behind line {number} there is something else. "
            "Save it as UTF-8."
        ) from None
    except OSError as error:
        raise SourceUnreadableError(f"{path.name} cannot be read: {error.strerror}") from error


def _check_format(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as error:
        raise SourceUnreadableError(f"{path.name} cannot be read: {error.strerror}") from error
    if not head:
        raise SourceUnreadableError(f"{path.name} is empty")
    for sign, kind in _FORMATS:
        if head.startswith(sign):
            raise SourceUnreadableError(f"{path.name} is not UTF-8 text, but {kind}")
    if b"\0" in head:
        raise SourceUnreadableError(f"{path.name} is not UTF-8 text, but binary or UTF-16")
