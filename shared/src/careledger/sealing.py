"""Secrets that must be read again are stored sealed (AES-256-GCM), under a key of their purpose."""

from __future__ import annotations

import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from careledger.deidentification import derive_key

_NONCE_BYTES: Final = 12


class SealBrokenError(Exception):
    """What was sealed was changed, moved to another place, or sealed under another root secret."""


class Sealer:
    """Seals and opens the secrets of one purpose."""

    def __init__(self, root_secret: str, purpose: str) -> None:
        self._cipher = AESGCM(derive_key(root_secret, f"sealed/{purpose}"))

    def seal(self, secret: bytes, place: str) -> bytes:
        """Seal a secret for one place (the key of its row), under a nonce of its own."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, secret, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """Return what was sealed for a place.

        Raises:
            SealBrokenError: if it was not sealed here for this place.
        """
        nonce, rest = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, rest, place.encode())
        except (InvalidTag, ValueError) as error:
            raise SealBrokenError from error
