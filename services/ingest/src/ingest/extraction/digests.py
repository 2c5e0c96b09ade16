"""Keyed digests of rows and names: they tell nothing to who cannot compute them."""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

from careledger.deidentification import derive_key, name_indexes
from ingest.sources.payloads import PatientName

_DIGEST_BYTES: Final = 16


class Digests:
    """Keyed digests: of rows, so that they tell nothing to who cannot compute them."""

    def __init__(self, secret: str, name_keys: str) -> None:
        """Derive the key; under another key of the names every name counts as changed."""
        self._key = derive_key(secret, "extraction-digest")
        self._names, *_ = name_indexes(secret, name_keys)

    def of(self, content: bytes) -> bytes:
        """Return the digest of some bytes."""
        return blake2b(content, digest_size=_DIGEST_BYTES, key=self._key).digest()

    def of_name(self, name: PatientName) -> bytes:
        """Return the digest of a name as the blind index knows it."""
        return self.of("".join(sorted(self._names.tokens((name.family, *name.given)))).encode())
