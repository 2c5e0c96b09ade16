"""Remembers for a while which tokens were verified, since a signature costs more than an answer.

Nothing but the signature is remembered: whether the account still stands is asked every time.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, NamedTuple, Protocol

from careledger import clock
from report_api.identity.tokens import Bearer, TokenError

REMEMBERED: Final = timedelta(seconds=60)
"""A token is verified anew after so long: a key that was withdrawn holds no longer than that."""
_TOKENS_MAX: Final = 10_000


class Verifier(Protocol):
    """Verifies access tokens."""

    def verify(self, token: str) -> Bearer:
        """Return what a token says, or raise TokenError."""
        ...


class _Verified(NamedTuple):
    bearer: Bearer
    until: datetime


class VerifiedTokens:
    """The tokens verified last, by their digest."""

    def __init__(self, verifier: Verifier) -> None:
        self._verifier: Final = verifier
        self._known: Final[OrderedDict[bytes, _Verified]] = OrderedDict()

    def verify(self, token: str) -> Bearer:
        """Return what an access token says.

        Raises:
            TokenError: if it does not hold now.
        """
        key, now = sha256(token.encode()).digest(), clock.now()
        known = self._known.get(key)
        if known is not None and now < known.until:
            if now >= known.bearer.expires_at:
                raise TokenError
            return known.bearer
        bearer = self._verifier.verify(token)
        self._known[key] = _Verified(bearer, now + REMEMBERED)
        self._known.move_to_end(key)
        while len(self._known) > _TOKENS_MAX:
            self._known.popitem(last=False)
        return bearer
