"""JSON read strictly: a key once in an object, no NaN, and numbers with a fraction kept apart."""

from __future__ import annotations

import json
from typing import Any, Final, NoReturn


class JsonRefusedError(ValueError):
    """JSON that says one thing twice, or a number that is none."""


class Fraction(str):
    """A JSON number with a fraction or an exponent, as written: no amount, since it may be cut."""

    __slots__ = ()


def members_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object of its pairs.

    Raises:
        JsonRefusedError: if a key comes twice.
    """
    members = dict(pairs)
    if len(members) != len(pairs):
        raise JsonRefusedError("a key comes twice in one object")
    return members


def no_constant(_name: str) -> NoReturn:
    """Refuse NaN and Infinity.

    Raises:
        JsonRefusedError: always.
    """
    raise JsonRefusedError("NaN and Infinity are not JSON")


STRICT: Final = json.JSONDecoder(
    object_pairs_hook=members_once, parse_constant=no_constant, parse_float=Fraction
)
