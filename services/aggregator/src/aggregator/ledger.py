"""The one writer of ledger and report tables: copies a batch in, then runs each projection once."""

from __future__ import annotations

from importlib.resources import files
from typing import Any, Final

from aggregator.entry import COLUMNS, Entry
from careledger.postgres import Connection

SESSION_SETTINGS: Final = {
    # Statements are planned by the size of the tables at that moment, not of an empty database.
    "plan_cache_mode": "force_custom_plan",
    # A batch meets tables a thousand times its size: every row looks its parents up by index.
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    # Nor may a table that was small when it was last analyzed be read whole for each of them.
    "enable_material": "off",
    # The other cores have batches of their own.
    "max_parallel_workers_per_gather": "0",
    # The tables of a batch of 10 000 events take 10 MB; they never leave memory.
    "temp_buffers": "64MB",
    # A frozen aggregator must not hold the offset rows for ever: another one waits for them.
    "idle_in_transaction_session_timeout": "15s",
}
"""Run-time settings of the sessions that apply batches."""

_FOLDER: Final = files("aggregator") / "projections"


def _sql(name: str) -> str:
    return (_FOLDER / f"{name}.sql").read_text()


_BATCH_TABLES: Final = _sql("00_batch_tables").split(";\n\n")
_NEW_PAYMENTS: Final = _sql("10_new_payments")
_NEW_RECEIVABLES: Final = _sql("11_new_receivables")
_PLACE: Final = _sql("20_place")
_LEDGER: Final = _sql("30_ledger")
_ARRIVALS: Final = _sql("40_arrivals")
_AWAITED: Final = _sql("41_awaited")
_VOIDS: Final = _sql("50_voids")
_CANDIDATES: Final = _sql("60_candidates")
_MOVES: Final = _sql("61_moves")
_AWAITED_INVOICES: Final = _sql("62_awaited_invoices")
_PAYMENTS: Final = _sql("70_payments")
_RECEIVABLES: Final = _sql("71_receivables")
_RECEIVABLE_FACTS: Final = _sql("72_receivable_facts")
_BY_DUE_DATE: Final = _sql("73_receivables_by_due_date")
_DAILY_TOTALS: Final = _sql("74_revenue_daily_totals")
_METRICS: Final = _sql("75_revenue_metrics")
_NAME_TOKENS: Final = _sql("76_name_tokens")

_KIND: Final = COLUMNS.index("kind")
_FACTS: Final = frozenset(
    {"responsibility", "due_date", "sent_to_collections", "recalled_from_collections"}
)

_KNOWN_IDENTITIES: Final = """
SELECT key, content FROM unnest($1::bytea[]) AS asked (key) JOIN identities USING (key)
"""

_SHARD: Final = """
SELECT shard FROM generate_series(0, 255) AS shard
WHERE pg_try_advisory_xact_lock(hashtext('shard'), shard)
LIMIT 1
"""

_WHAT_FOLLOWS: Final = """
SELECT count(*) FILTER (WHERE follow_up) AS follow_ups,
    count(*) FILTER (WHERE awaits_payment OR awaits_invoice) AS awaiting
FROM placed
"""


async def prepare_connection(connection: Connection) -> None:
    """Make the tables of a batch; call once for each new connection."""
    for statement in _BATCH_TABLES:
        await connection.execute(statement)


async def known_identities(connection: Connection, keys: list[bytes]) -> dict[bytes, bytes]:
    """Return the content of each identity that was accepted before."""
    keys.sort()  # neighbors in the index are then asked for one after the other
    rows = await connection.fetch(_KNOWN_IDENTITIES, keys)
    return {row["key"]: row["content"] for row in rows}


async def add_identities(connection: Connection, identities: list[tuple[bytes, bytes]]) -> None:
    """Store the identities of a batch, in key order.

    Raises:
        asyncpg.UniqueViolationError: if another writer accepted one meanwhile: try the batch again.
    """
    identities.sort()
    await connection.copy_records_to_table(
        "identities", records=identities, columns=["key", "content"]
    )


async def apply_entries(
    connection: Connection, batch_no: int, entries: list[Entry], first_offsets: dict[int, int]
) -> None:
    """Write entries to the ledger and fold them into every report table, in the transaction given.

    Args:
        connection: prepared by `prepare_connection`, in a transaction.
        batch_no: the number of this batch.
        entries: of events never applied before.
        first_offsets: of each partition in the batch, its first offset.
    """
    kinds = {entry[_KIND] for entry in entries}
    await connection.copy_records_to_table("incoming", records=entries, columns=COLUMNS)
    if "payment" in kinds:
        await connection.execute(_NEW_PAYMENTS)
    if "charge" in kinds:
        await connection.execute(_NEW_RECEIVABLES)
    await connection.execute(_PLACE, batch_no)
    await connection.execute(_LEDGER)
    arrived = await connection.execute(_ARRIVALS) != "INSERT 0 0"
    follows: Any = await connection.fetchrow(_WHAT_FOLLOWS)
    if follows["awaiting"]:
        await connection.execute(_AWAITED)
    if arrived or "void" in kinds:
        await connection.execute(_VOIDS)
    if arrived or "void" in kinds or follows["follow_ups"]:
        await connection.execute(_CANDIDATES)
        await connection.execute(
            _MOVES, batch_no, list(first_offsets), list(first_offsets.values())
        )
        await connection.execute(_AWAITED_INVOICES)
    await connection.execute(_PAYMENTS)
    await connection.execute(_RECEIVABLES)
    if arrived or kinds & _FACTS:
        await connection.execute(_RECEIVABLE_FACTS)
    shard = await _free_shard(connection)
    await connection.execute(_BY_DUE_DATE, shard)
    await connection.execute(_DAILY_TOTALS, shard)
    await connection.execute(_METRICS, shard)


async def _free_shard(connection: Connection) -> int:
    """Take a shard for this transaction: the lowest that no transaction at work has.

    Two writers then never wait for each other in a row of the sums, and one writer alone keeps
    each sum in one row.
    """
    shard: int = await connection.fetchval(_SHARD)
    return shard


async def add_name_tokens(
    connection: Connection, tokens: list[tuple[int, bytes, str, str]]
) -> None:
    """Add name tokens (clinic number, token, patient id, key id) to the blind index."""
    columns = list(zip(*tokens, strict=True))
    await connection.execute(_NAME_TOKENS, *[list(column) for column in columns])
