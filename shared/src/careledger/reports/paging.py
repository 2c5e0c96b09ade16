"""Page keys: the place of a row in a stable order, as text; an inlet signs what it hands out."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from careledger.reports.errors import QuestionError

T = TypeVar("T")


def write_key(values: object) -> str:
    """Write the key of a row."""
    return msgspec.json.encode(values).decode()


def read_key(text: str | None, shape: type[T]) -> T | None:
    """Read a key written by `write_key`; None is the first page.

    Raises:
        QuestionError: if it is not a key of that shape.
    """
    if text is None:
        return None
    try:
        return msgspec.json.decode(text, type=shape)
    except msgspec.MsgspecError:
        raise QuestionError("after", "this is no page key of this list") from None
