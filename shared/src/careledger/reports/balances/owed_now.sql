-- What everything recorded comes to, per currency: charges + adjustments - voids - effective write-offs -
-- net payments. What is kept per day, and the legs recorded since; E of the receivables they touched is
-- computed from what is written off and open, before them and after, never from a balance.
WITH since AS MATERIALIZED (
    SELECT clinic_no, invoice_id, currency, kind,
        CASE placement WHEN 'invoice' THEN amount ELSE 0 END AS on_invoice,
        CASE placement WHEN 'credit' THEN amount ELSE 0 END AS on_credit
    FROM ledger
    WHERE clinic_no = ANY(:clinic_nos::integer[]) AND placement <> 'none'
        AND batch_no >= :first_batch::bigint
        AND kafka_offset >= coalesce((:closed::bigint[])[kafka_partition + 1], 0)
    UNION ALL
    SELECT clinic_no, invoice_id, currency, kind, CASE effect WHEN 'counted' THEN 0 ELSE amount END,
        CASE effect WHEN 'counted' THEN amount WHEN 'landed' THEN -amount ELSE 0 END
    FROM ledger_moves
    WHERE clinic_no = ANY(:clinic_nos) AND batch_no >= :first_batch
        AND kafka_offset >= coalesce((:closed)[kafka_partition + 1], 0)
        AND effect IN ('counted', 'landed', 'counted_and_landed', 'applied', 'mirrored')
), touched AS MATERIALIZED (
    SELECT clinic_no, invoice_id,
        sum(CASE WHEN kind IN ('charge', 'adjustment') THEN on_invoice
            WHEN kind = 'write_off' THEN 0 ELSE -on_invoice END) AS opened,
        sum(CASE kind WHEN 'write_off' THEN on_invoice ELSE 0 END) AS given_up
    FROM since
    WHERE on_invoice <> 0
    GROUP BY clinic_no, invoice_id
), part AS (
    SELECT currency, charges + charge_corrections - contractual_adjustments - other_adjustments - voids
        - effective_write_offs - landed - credited AS amount
    FROM movement_totals
    WHERE clinic_no = ANY(:clinic_nos)
    UNION ALL
    SELECT currency, CASE WHEN kind IN ('charge', 'adjustment') THEN on_invoice
        WHEN kind = 'write_off' THEN 0 ELSE -on_invoice END - on_credit
    FROM since
    UNION ALL
    SELECT o.currency, least(greatest(0, s.written_off - t.given_up), greatest(0, s.open - t.opened))
        - least(greatest(0, s.written_off), greatest(0, s.open))
    FROM touched AS t
    JOIN outstanding_payments AS o ON o.clinic_no = t.clinic_no AND o.invoice_id = t.invoice_id
    CROSS JOIN LATERAL (
        SELECT CASE WHEN o.voided_on IS NULL THEN o.written_off ELSE 0 END AS written_off,
            CASE WHEN o.voided_on IS NULL THEN o.charge + o.adjustments ELSE 0 END - o.landed AS open
    ) AS s
)
SELECT currency, sum(amount)::bigint AS owed
FROM part
GROUP BY currency
