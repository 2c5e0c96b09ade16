"""Source tokens and webhook secrets from settings; comparing a token takes the same time always."""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Final

SECRET_BYTES_MIN: Final = 16
_WEBHOOK_PREFIX: Final = "whsec_"
_NAME: Final = re.compile(r"[A-Za-z0-9_.-]{1,64}", re.ASCII)
_PRINTABLE: Final = re.compile(r"[!-~]+", re.ASCII)


class SourceTokens:
    """The bearer tokens of the sources that may send events."""

    def __init__(self, tokens: Mapping[str, tuple[str, ...]]) -> None:
        self._set: Final = [
            (_digest(token), source) for source, several in tokens.items() for token in several
        ]
        self._digests = list(self._set)

    def learn(self, digests: Sequence[tuple[bytes, str]]) -> None:
        """Take over the digests (SHA-256) of tokens given out, beside those of the settings."""
        self._digests = [*self._set, *digests]

    def source_of(self, token: str) -> str | None:
        """Return the name of the source a token belongs to, or None."""
        digest = _digest(token)
        found = None
        for known, source in self._digests:
            if hmac.compare_digest(known, digest):
                found = source
        return found


def parse_tokens(text: str) -> dict[str, tuple[str, ...]]:
    """Parse "name:token,name2:token2"; a name may come twice while its token is being changed.

    Raises:
        ValueError: naming the entry that is wrong by its place, never its text.
    """
    return _parse_pairs(text, "token")


def parse_webhook_secrets(text: str) -> dict[str, tuple[str, ...]]:
    """Parse "name:whsec_…,name2:whsec_…"; a name may come twice while its secret is being changed.

    Raises:
        ValueError: naming the entry that is wrong by its place, never its text.
    """
    secrets = _parse_pairs(text, "secret")
    for source, several in secrets.items():
        for secret in several:
            if not _is_key(secret):
                raise ValueError(
                    f"a secret of {source} is not whsec_ and base64 of {SECRET_BYTES_MIN} bytes"
                )
    return secrets


def _parse_pairs(text: str, kind: str) -> dict[str, tuple[str, ...]]:
    pairs: dict[str, tuple[str, ...]] = {}
    entries = [entry.strip() for entry in text.split(",")] if text.strip() else []
    for place, entry in enumerate(entries, start=1):
        name, colon, secret = entry.partition(":")
        if not colon or not _NAME.fullmatch(name):
            raise ValueError(f"entry {place} is not name:{kind}; names hold letters, digits, _ . -")
        if len(secret) < SECRET_BYTES_MIN or not _PRINTABLE.fullmatch(secret):
            raise ValueError(
                f"the {kind} of entry {place} needs {SECRET_BYTES_MIN} or more printable characters"
            )
        pairs[name] = (*pairs.get(name, ()), secret)
    return pairs


def _is_key(secret: str) -> bool:
    text = secret.removeprefix(_WEBHOOK_PREFIX).rstrip("=")
    try:
        key = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except ValueError:
        return False
    return secret.startswith(_WEBHOOK_PREFIX) and len(key) >= SECRET_BYTES_MIN


def _digest(token: str) -> bytes:
    return sha256(token.encode(errors="replace")).digest()
