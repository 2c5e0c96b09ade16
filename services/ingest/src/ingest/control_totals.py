"""What the rows told of a source add up to at the end of a run, for the comparison with reports."""

from __future__ import annotations

from typing import Final

from careledger.postgres import Connection

_KEEP: Final = """
INSERT INTO extraction_totals (run_id, book, currency, day, row_count, amount, digest)
SELECT $1, book, currency, day, count(*), sum(amount),
    sum(hashtextextended(row_key || ' ' || amount, 0)::numeric)
FROM (
    SELECT CASE entity WHEN 2 THEN 'invoice' WHEN 3 THEN 'adjustment' WHEN 4 THEN 'payment'
            ELSE 'refund' END AS book,
        currency, day, row_key, amount
    FROM extraction_rows
    WHERE source_no = $2 AND amount <> 0
    UNION ALL
    SELECT CASE entity WHEN 2 THEN 'invoice_write_off' ELSE 'payment_refund' END,
        currency, '0001-01-01', row_key, other
    FROM extraction_rows
    WHERE source_no = $2 AND other <> 0
) AS booked
GROUP BY book, currency, day
"""
_FORGET: Final = """
DELETE FROM extraction_totals WHERE run_id IN (
    SELECT run_id FROM etl_process_status
    WHERE source = (SELECT source FROM etl_process_status WHERE run_id = $1) AND run_id <> $1
    ORDER BY queued_at DESC OFFSET $2
)
"""
KEPT_RUNS: Final = 20


async def keep_totals(connection: Connection, run_id: str, source_no: int) -> None:
    """Add up what was told of a source, per book, day and currency; forget what old runs had."""
    await connection.execute(_KEEP, run_id, source_no)
    await connection.execute(_FORGET, run_id, KEPT_RUNS)
