"""Keys of sources as administrators gave them out, read from PostgreSQL again and again.

A key that is new or was withdrawn counts within seconds. While PostgreSQL is away the keys read
last hold: events need Kafka alone, and who withdraws a key then cannot write it down either.
"""

from __future__ import annotations

import asyncio
from typing import Final

import asyncpg
import structlog

from careledger.errors import UnavailableError
from careledger.postgres import Pool, trouble
from careledger.sealing import SealBrokenError, Sealer
from ingest.signatures import WebhookSignatures
from ingest.tokens import SourceTokens

READ_SECONDS: Final = 5.0
SEALED_PURPOSE: Final = "webhook-secret"
_log = structlog.get_logger(__name__)
_FAILURES: Final = (
    OSError,
    TimeoutError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
_READ: Final = """
SELECT key_id, source, token_sha256, sealed_secret FROM reporting.source_keys
WHERE disabled_at IS NULL
ORDER BY key_id
"""


class SourceKeys:
    """Lets tokens and signatures know the keys in force, beside those of the settings."""

    def __init__(
        self, pool: Pool, secret: str, tokens: SourceTokens, signatures: WebhookSignatures
    ) -> None:
        """Read through a pool; `secret` is the root secret that sealed what must be read."""
        self._pool = pool
        self._sealer = Sealer(secret, SEALED_PURPOSE)
        self._tokens = tokens
        self._signatures = signatures

    async def read(self) -> None:
        """Read the keys in force.

        Raises:
            UnavailableError: if PostgreSQL does not answer or refuses; what was read before holds.
        """
        try:
            rows = await self._pool.fetch(_READ, timeout=READ_SECONDS)
        except _FAILURES as error:
            raise UnavailableError(f"PostgreSQL {trouble(error)}") from error
        self._tokens.learn([(r["token_sha256"], r["source"]) for r in rows if r["token_sha256"]])
        self._signatures.learn(
            [(secret, row["source"]) for row in rows if (secret := self._secret_of(row))]
        )

    async def run(self) -> None:
        """Read them again and again, until canceled."""
        while True:
            await asyncio.sleep(READ_SECONDS)
            try:
                await self.read()
            except UnavailableError as error:
                _log.warning("source_keys_not_read", problem=str(error))

    def _secret_of(self, row: asyncpg.Record) -> str | None:
        if row["sealed_secret"] is None:
            return None
        try:
            return self._sealer.open(row["sealed_secret"], row["key_id"]).decode()
        except SealBrokenError:
            _log.error("source_key_not_opened", key_id=row["key_id"])
            return None
