"""The keys of an OpenID Connect issuer: found by discovery, kept, and asked for again with measure.

Whoever sends tokens decides which key they name, so a key that is not known makes one request a
minute at most, however many tokens come. An issuer that hangs makes one sign-in a minute wait for a
few seconds; the others go on with the keys that are known.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlsplit

import httpx2
import msgspec
import structlog
from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet

_log = structlog.stdlib.get_logger(__name__)

FRESH_SECONDS: Final = 600.0
"""A key that the issuer withdrew holds so long at most."""
KEPT_SECONDS: Final = 86_400.0
"""While the issuer is away its keys hold so long."""
ASK_AGAIN_SECONDS: Final = 60.0
FIRST_ASK_AGAIN_SECONDS: Final = 5.0
"""Without any key nobody can sign in, so it is asked for sooner."""
ASK_SECONDS: Final = 3.0
"""For discovery and keys together, however slowly their bytes come."""
BYTES_MAX: Final = 256 * 1024
RSA_BITS_MIN: Final = 2_048
_DISCOVERY: Final = "/.well-known/openid-configuration"
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_OK: Final = 200


class IssuerAwayError(Exception):
    """The issuer does not answer, and no key of it is known or still holds."""


class IssuerError(Exception):
    """The issuer's answer is not what it must be; the text says how."""


class IssuerKeys:
    """The public keys of one issuer."""

    def __init__(self, issuer: str, *, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._issuer: Final = issuer
        self._client: Final = httpx2.AsyncClient(timeout=ASK_SECONDS, follow_redirects=False)
        self._elapsed: Final = elapsed
        self._asking: Final = asyncio.Lock()
        self._keys: dict[str | None, Key] = {}
        self._fetched_at = float("-inf")
        self._asked_at = float("-inf")

    async def close(self) -> None:
        """Let the connections go."""
        await self._client.aclose()

    async def find(self, key_id: str | None) -> Key | None:
        """Return a key by its id; None if the issuer has no such key.

        A token without a key id is checked with the issuer's only key.

        Raises:
            IssuerAwayError: if it cannot be known now.
        """
        is_being_asked = self._asking.locked() and key_id in self._keys
        if not is_being_asked and (not self._is_fresh() or key_id not in self._keys):
            async with self._asking:
                if self._may_ask(key_id):
                    await self._ask()
        if self._elapsed() - self._fetched_at > KEPT_SECONDS:
            raise IssuerAwayError
        return self._keys.get(key_id)

    def _is_fresh(self) -> bool:
        return self._elapsed() - self._fetched_at < FRESH_SECONDS

    def _may_ask(self, key_id: str | None) -> bool:
        if self._is_fresh() and key_id in self._keys:
            return False  # another request asked meanwhile
        pause = ASK_AGAIN_SECONDS if self._keys else FIRST_ASK_AGAIN_SECONDS
        return self._elapsed() - self._asked_at >= pause

    async def _ask(self) -> None:
        self._asked_at = self._elapsed()
        try:
            async with asyncio.timeout(ASK_SECONDS):
                self._keys = await self._fetch()
        except (
            TimeoutError,
            httpx2.HTTPError,
            IssuerError,
            JoseError,
            msgspec.MsgspecError,
            ValueError,
        ) as error:
            problem = str(error) if isinstance(error, IssuerError) else type(error).__name__
            _log.warning("issuer_keys_not_read", problem=problem)
        else:
            self._fetched_at = self._elapsed()

    async def _fetch(self) -> dict[str | None, Key]:
        told = await self._get(self._issuer.rstrip("/") + _DISCOVERY)
        if told.get("issuer") != self._issuer:
            raise IssuerError("the discovery document names another issuer")
        address = told.get("jwks_uri")
        if not isinstance(address, str) or not is_safe(address):
            raise IssuerError("jwks_uri is no https address")
        usable = [key for key in (await self._get(address)).get("keys", []) if _is_usable(key)]
        if not usable:
            return {}
        keys = {key.kid: key for key in KeySet.import_key_set({"keys": usable}).keys}
        if len(keys) == 1:
            keys[None] = next(iter(keys.values()))
        return keys

    async def _get(self, address: str) -> dict[str, Any]:
        async with self._client.stream("GET", address) as answer:
            if answer.status_code != _OK:
                raise IssuerError(f"answered {answer.status_code}")
            content = b""
            async for part in answer.aiter_bytes():
                content += part
                if len(content) > BYTES_MAX:
                    raise IssuerError(f"answered more than {BYTES_MAX} bytes")
        return msgspec.json.decode(content, type=dict[str, Any])


def is_safe(address: str) -> bool:
    """Tell whether an address may be asked for keys: by TLS, or on this machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)


def _is_usable(key: Any) -> bool:  # noqa: ANN401 - whatever the issuer lists
    """Only public keys made for signatures; RSA keys of today's size."""
    if not isinstance(key, dict) or key.get("use", "sig") != "sig":  # pyright: ignore[reportUnknownMemberType]
        return False
    if key.get("kty") == "RSA":  # pyright: ignore[reportUnknownMemberType]
        return len(str(key.get("n", ""))) * 6 >= RSA_BITS_MIN  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
    return key.get("kty") in {"EC", "OKP"}  # pyright: ignore[reportUnknownMemberType]
