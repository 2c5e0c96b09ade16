"""The keys of the rows of one file, so that a key that comes twice is noticed, however large it is.

They live in a temporary table for as long as the transaction of the file goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from careledger.postgres import Connection

_MAKE: Final = """
CREATE TEMPORARY TABLE file_keys (row_key text COLLATE "C" PRIMARY KEY) ON COMMIT DROP
"""
_ADD: Final = """
INSERT INTO file_keys (row_key) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING RETURNING row_key
"""


class FileKeys:
    """The keys seen so far."""

    def __init__(self, connection: Connection) -> None:
        """Use a connection in a transaction."""
        self._connection = connection

    async def prepare(self) -> None:
        """Begin with none."""
        await self._connection.execute(_MAKE)

    async def new_among(self, keys: Sequence[str]) -> set[str]:
        """Add keys and return those that were not there."""
        rows = await self._connection.fetch(_ADD, keys)
        return {row["row_key"] for row in rows}
