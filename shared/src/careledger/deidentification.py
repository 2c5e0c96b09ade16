"""Blind index for patient names: normalized name parts become keyed hashes, and nothing else.

Only ingest and the search inlet of report-api ever hold a name, and only for the time of a call.
"""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES: Final = 32
_NAME_PURPOSE: Final = "patient-name"


def derive_key(secret: str, purpose: str, key_id: str = "1") -> bytes:
    """Derive the key of one purpose from the root secret (HKDF-SHA-256, RFC 5869).

    Args:
        secret: the root secret of the installation.
        purpose: what the key is for; keys of different purposes are independent.
        key_id: names a generation, so that a key can be rotated.
    """
    info = f"careledger/{purpose}/{key_id}".encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(secret.encode())


def name_parts(names: Iterable[str]) -> frozenset[str]:
    """Split names into parts and fold case, accents and punctuation away.

    "José  O'Brien-Nguyễn" gives {"jose", "obrien", "nguyen"}: apostrophes join, other marks split.
    """
    parts: set[str] = set()
    for name in names:
        decomposed = unicodedata.normalize("NFKD", name.casefold())
        kept = [_folded(character) for character in decomposed]
        parts.update("".join(kept).split())
    return frozenset(parts)


_JOINING: Final = frozenset("'\u2019\u02bc`\u00b4.")
_UNDECOMPOSED: Final = {"đ": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ħ": "h", "\u0131": "i"}


def _folded(character: str) -> str:
    if character in _JOINING or unicodedata.combining(character):
        return ""
    if character.isalnum():
        return _UNDECOMPOSED.get(character, character)
    return " "


class NameIndex:
    """Turns names into tokens under one key generation; equality is all the tokens allow."""

    def __init__(self, secret: str, key_id: str = "1") -> None:
        self.key_id: Final = key_id
        self._key = derive_key(secret, _NAME_PURPOSE, key_id)

    def tokens(self, names: Iterable[str]) -> frozenset[str]:
        """Return one token (HMAC-SHA-256, 64 hexadecimal digits) per distinct name part."""
        return frozenset(
            hmac.new(self._key, part.encode(), sha256).hexdigest() for part in name_parts(names)
        )


def name_indexes(secret: str, key_ids: str) -> tuple[NameIndex, ...]:
    """Return the index of each key generation that is looked for; the first is the one written.

    Args:
        secret: the root secret of the installation.
        key_ids: the generations with commas between, the newest first.
    """
    return tuple(NameIndex(secret, key_id) for key_id in key_ids.split(","))
