"""Raw COPY: the same ledger rows into the same indexes, with nothing else done for them.

What any design that keeps these rows under these indexes has to pay; the ratio to it says what
recognizing repeats, placing and folding into the reports cost on top.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from careledger.postgres import Connection

_PARTITIONS: Final = """
SELECT c.relname, pg_get_expr(c.relpartbound, c.oid) AS bound
FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid
WHERE i.inhparent = 'ledger'::regclass
"""


@dataclass(frozen=True, slots=True)
class RawCopy:
    """How long COPY took for the rows of the ledger and for the identities."""

    ledger_rows: int
    ledger_seconds: float
    identity_rows: int
    identity_seconds: float


async def measure(connection: Connection) -> RawCopy:
    """Copy the ledger and its identities into empty twins with the same indexes."""
    await connection.execute(
        "CREATE TABLE raw_ledger (LIKE ledger INCLUDING ALL) PARTITION BY RANGE (business_date)"
    )
    for row in await connection.fetch(_PARTITIONS):
        await connection.execute(
            f"CREATE TABLE raw_{row['relname']} PARTITION OF raw_ledger {row['bound']}"
        )
    await connection.execute("CREATE TABLE raw_identities (LIKE identities INCLUDING ALL)")
    with TemporaryDirectory() as folder:
        entries = Path(folder) / "ledger"
        identities = Path(folder) / "identities"
        # In the order of recording, as they came.
        await connection.copy_from_query(
            "SELECT * FROM ledger ORDER BY batch_no, kafka_partition, kafka_offset, leg",
            output=entries,
            format="binary",
        )
        await connection.copy_from_query(
            "SELECT * FROM identities", output=identities, format="binary"
        )
        ledger_rows, ledger_seconds = await _timed_copy(connection, "raw_ledger", entries)
        identity_rows, identity_seconds = await _timed_copy(
            connection, "raw_identities", identities
        )
    return RawCopy(ledger_rows, ledger_seconds, identity_rows, identity_seconds)


async def _timed_copy(connection: Connection, table: str, source: Path) -> tuple[int, float]:
    await connection.execute("CHECKPOINT")
    start = time.perf_counter()
    answer = await connection.copy_to_table(table, source=source, format="binary")
    return int(answer.split()[1]), time.perf_counter() - start
