"""Sums of legs per day and unsettled receivables in order: what explain and the lists read."""

from pathlib import Path

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

# The legs up to the offsets closed, in the same words as the closing job has them.
_LEGS = """
INSERT INTO leg_sums (clinic_no, day, is_mirror, part, value, currency, kind, counted_group, amount,
    count)
WITH closed AS MATERIALIZED (
    SELECT kafka_partition, next_offset FROM closed_positions
), told AS (
    SELECT clinic_no, business_date AS own_on, business_date AS flow_on, currency, kind, reason,
        false AS is_mirror, kind <> 'allocation' AS is_own, placement = 'invoice' AS is_flow,
        amount, 1 AS legs, method, payer_type, provider, category
    FROM ledger
    JOIN closed USING (kafka_partition)
    WHERE kafka_offset < next_offset
        AND kind IN ('charge', 'adjustment', 'write_off', 'payment', 'correction', 'refund',
            'chargeback', 'chargeback_reversal', 'fee', 'allocation')
    UNION ALL
    SELECT clinic_no, business_date, effective_on, currency, kind, reason, effect = 'mirrored',
        kind <> 'allocation' AND effect IN ('mirrored', 'dimension_out', 'dimension_in'),
        effect IN ('landed', 'counted_and_landed', 'applied', 'mirrored'), amount,
        CASE effect WHEN 'dimension_out' THEN -1 ELSE 1 END, method, payer_type, provider, category
    FROM ledger_moves
    JOIN closed USING (kafka_partition)
    WHERE kafka_offset < next_offset AND effect <> 'counted'
), summed AS (
    SELECT clinic_no, own_on, flow_on, currency, kind::text AS kind,
        CASE WHEN kind <> 'adjustment' THEN ''
            WHEN reason IN ('correction', 'contractual') THEN reason
            ELSE 'other' END AS counted_group,
        is_mirror, is_own, is_flow, coalesce(method, 'unknown') AS method,
        coalesce(payer_type, 'unknown') AS payer_type, coalesce(provider, 'unknown') AS provider,
        coalesce(category, 'unknown') AS category, sum(amount) AS amount, sum(legs) AS count
    FROM told
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
)
SELECT s.clinic_no, p.day, s.is_mirror, p.part, p.value, s.currency, s.kind, s.counted_group,
    sum(s.amount), sum(s.count)
FROM summed AS s
CROSS JOIN LATERAL (VALUES
    ('all', '', s.own_on, s.is_own), ('flow', '', s.flow_on, s.is_flow),
    ('method', s.method, s.own_on, s.is_own), ('payer_type', s.payer_type, s.own_on, s.is_own),
    ('provider', s.provider, s.own_on, s.is_own), ('category', s.category, s.own_on, s.is_own)
) AS p (part, value, day, counts)
WHERE p.counts
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
HAVING (sum(s.amount), sum(s.count)) <> (0, 0)
"""


def upgrade() -> None:
    """Create the tables, filled from what is there already."""
    statements = (Path(__file__).parent / "0022" / "kept.sql").read_text()
    for statement in (*statements.split(";\n\n"), _LEGS):
        op.get_bind().exec_driver_sql(statement)
