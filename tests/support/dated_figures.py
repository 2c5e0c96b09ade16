"""Figures of any as-of date and watermark, summed from ledger entries and moves alone.

This is what docs/explanation/ledger.md promises of the rows, written as plain SQL.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from support.applied_log import AppliedLog
from support.figures import MEASURES, Table, table

_KNOWN = """
known_entries AS (
    SELECT l.* FROM ledger AS l
    JOIN unnest($3::bigint[]) WITH ORDINALITY AS w (next_offset, part)
        ON w.part - 1 = l.kafka_partition AND l.kafka_offset < w.next_offset
    WHERE l.clinic_no = ANY($1) AND l.business_date <= $2
), known_moves AS (
    SELECT m.* FROM ledger_moves AS m
    JOIN unnest($3::bigint[]) WITH ORDINALITY AS w (next_offset, part)
        ON w.part - 1 = m.kafka_partition AND m.kafka_offset < w.next_offset
    WHERE m.clinic_no = ANY($1) AND m.effective_on <= $2
)
"""

_REVENUE = f"""
WITH {_KNOWN}, measured AS (
    SELECT clinic_no, currency, business_date, coalesce(method, 'unknown') AS method,
        coalesce(payer_type, 'unknown') AS payer_type, coalesce(provider, 'unknown') AS provider,
        coalesce(category, 'unknown') AS category, kind, reason, amount, 1 AS sign,
        false AS mirrored
    FROM known_entries
    WHERE amount IS NOT NULL AND kind NOT IN ('allocation', 'pending', 'failed')
    UNION ALL
    SELECT clinic_no, currency, business_date, coalesce(method, 'unknown'),
        coalesce(payer_type, 'unknown'), coalesce(provider, 'unknown'),
        coalesce(category, 'unknown'), kind, reason, amount,
        CASE effect WHEN 'dimension_out' THEN -1 ELSE 1 END, effect = 'mirrored'
    FROM known_moves
    WHERE effect IN ('dimension_in', 'dimension_out', 'mirrored')
)
SELECT clinic_id, currency, business_date, method, payer_type, provider, category,
    sum(amount) FILTER (WHERE kind = 'payment') AS gross_payments,
    sum(sign) FILTER (WHERE kind = 'payment') AS payment_count,
    -sum(amount) FILTER (WHERE kind = 'refund') AS refunds,
    sum(sign) FILTER (WHERE kind = 'refund') AS refund_count,
    -sum(amount) FILTER (WHERE kind IN ('chargeback', 'chargeback_reversal')) AS chargebacks,
    sum(amount) FILTER (WHERE kind = 'correction') AS payment_corrections,
    sum(amount) FILTER (WHERE kind = 'fee') AS processor_fees,
    sum(amount) FILTER (WHERE kind = 'charge' AND NOT mirrored) AS charges,
    sum(sign) FILTER (WHERE kind = 'charge' AND NOT mirrored) AS charge_count,
    sum(amount) FILTER (WHERE reason = 'correction' AND NOT mirrored) AS charge_corrections,
    -sum(amount) FILTER (WHERE reason = 'contractual' AND NOT mirrored)
        AS contractual_adjustments,
    -sum(amount) FILTER (WHERE kind = 'adjustment' AND NOT mirrored
        AND reason NOT IN ('correction', 'contractual')) AS other_adjustments,
    -sum(amount) FILTER (WHERE kind <> 'write_off' AND mirrored) AS voids,
    sum(amount) FILTER (WHERE kind = 'write_off') AS write_offs
FROM measured JOIN clinics USING (clinic_no)
GROUP BY 1, 2, 3, 4, 5, 6, 7
"""

_RECEIVABLES = f"""
WITH {_KNOWN}, folded AS (
    SELECT clinic_no, invoice_id, patient_id, currency, kind, amount
    FROM known_entries WHERE placement = 'invoice'
    UNION ALL
    SELECT clinic_no, invoice_id, patient_id, currency, kind, amount
    FROM known_moves WHERE effect IN ('landed', 'counted_and_landed', 'applied')
)
SELECT clinic_id, patient_id, invoice_id, currency,
    sum(amount) FILTER (WHERE kind = 'charge') AS charge,
    coalesce(sum(amount) FILTER (WHERE kind = 'adjustment'), 0) AS adjustments,
    coalesce(sum(amount) FILTER (WHERE kind = 'write_off'), 0) AS written_off,
    coalesce(sum(amount) FILTER (WHERE kind NOT IN ('charge', 'adjustment', 'write_off')), 0)
        AS landed
FROM folded JOIN clinics USING (clinic_no)
GROUP BY 1, 2, 3, 4
HAVING bool_or(kind = 'charge')
"""

_CREDITS = f"""
WITH {_KNOWN}, folded AS (
    SELECT clinic_no, payment_id, patient_id, currency, amount
    FROM known_entries WHERE placement = 'credit'
    UNION ALL
    SELECT clinic_no, payment_id, patient_id, currency,
        CASE effect WHEN 'landed' THEN -amount ELSE amount END
    FROM known_moves WHERE effect IN ('landed', 'counted')
)
SELECT clinic_id, patient_id, payment_id, currency, sum(amount) AS credit
FROM folded JOIN clinics USING (clinic_no)
GROUP BY 1, 2, 3, 4
"""


async def revenue(log: AppliedLog, as_of: date, watermark: Mapping[int, int] | None) -> Table:
    """Return the revenue cells of S(as_of, W)."""
    found = await table(log, _REVENUE, 7, as_of, log.offsets(watermark))
    return {key: {name: int(row[name] or 0) for name in MEASURES} for key, row in found.items()}


async def receivables(
    log: AppliedLog, as_of: date, watermark: Mapping[int, int] | None
) -> dict[tuple[Any, ...], dict[str, int]]:
    """Return charge, adjustments, written off and landed of each invoice of S(as_of, W)."""
    rows = await log.rows(_RECEIVABLES, as_of, log.offsets(watermark))
    return {
        (log.plain(row["clinic_id"]), row["patient_id"], row["invoice_id"], row["currency"]): {
            name: int(row[name]) for name in ("charge", "adjustments", "written_off", "landed")
        }
        for row in rows
    }


async def payment_credits(
    log: AppliedLog, as_of: date, watermark: Mapping[int, int] | None
) -> Table:
    """Return the credit of each payment of S(as_of, W) that has one."""
    found = await table(log, _CREDITS, 4, as_of, log.offsets(watermark))
    return {key: {"credit": int(row["credit"])} for key, row in found.items()}
