"""Codes in words: what the reports call by a code, a document calls by its name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

NOTHING: Final = "\N{EN DASH}"
_OWN: Final = {
    "write_off": "Write-off",
    "over_90": "Over 90 days",
    "1-30": "1\N{EN DASH}30 days",
    "31-60": "31\N{EN DASH}60 days",
    "61-90": "61\N{EN DASH}90 days",
}


def worded(code: str) -> str:
    """Return a code as words: sent_to_collections is Sent to collections."""
    return _OWN.get(code) or code.replace("_", " ").capitalize()


def chosen(name: str, values: Sequence[str]) -> Iterator[str]:
    """Yield a filter with what was chosen by it, or nothing."""
    if values:
        yield f"{name}: {', '.join(values)}"
