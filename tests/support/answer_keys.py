"""The keys of an answer as paths, so that what a role is shown can be held against a list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast


def keys_of(value: object, path: str = "") -> Iterator[str]:
    """Yield every key that tells something: `a.b` in an object, `a[].b` in objects of a list."""
    if isinstance(value, dict):
        told = {name: one for name, one in cast("dict[str, Any]", value).items() if one is not None}
        for name, below in told.items():
            here = f"{path}.{name}" if path else name
            yield here
            yield from keys_of(below, here)
    elif isinstance(value, list):
        for below in cast("list[Any]", value):
            yield from keys_of(below, f"{path}[]")
