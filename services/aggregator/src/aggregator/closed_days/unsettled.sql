-- Puts the receivables that some records touched where lists find them, as they stand by now. One that
-- was touched again since is looked at by the reader, for that record lies beyond what is closed.
WITH touched AS MATERIALIZED (
    SELECT clinic_no, invoice_id
    FROM ledger
    WHERE batch_no >= :first_batch::bigint AND invoice_id IS NOT NULL
        AND kafka_offset >= coalesce((:closed::bigint[])[kafka_partition + 1], 0)
        AND kafka_offset < coalesce((:vector::bigint[])[kafka_partition + 1], 0)
    UNION
    SELECT clinic_no, invoice_id
    FROM ledger_moves
    WHERE batch_no >= :first_batch AND invoice_id IS NOT NULL
        AND kafka_offset >= coalesce((:closed)[kafka_partition + 1], 0)
        AND kafka_offset < coalesce((:vector)[kafka_partition + 1], 0)
), standing AS MATERIALIZED (
    SELECT o.clinic_no, o.issued_on, o.due_on, o.balance, o.in_collections, o.invoice_id, o.patient_id
    FROM touched AS t
    JOIN outstanding_payments AS o ON o.clinic_no = t.clinic_no AND o.invoice_id = t.invoice_id
), settled AS (
    DELETE FROM unsettled_receivables AS u
    USING standing AS s
    WHERE s.balance = 0 AND u.clinic_no = s.clinic_no AND u.invoice_id = s.invoice_id
)
INSERT INTO unsettled_receivables AS u (clinic_no, issued_on, due_on, balance, in_collections,
    invoice_id, patient_id)
SELECT clinic_no, issued_on, due_on, balance, in_collections, invoice_id, patient_id
FROM standing
WHERE balance <> 0
ON CONFLICT (clinic_no, invoice_id) DO UPDATE SET due_on = excluded.due_on,
    balance = excluded.balance, in_collections = excluded.in_collections
WHERE (u.due_on, u.balance, u.in_collections)
    <> (excluded.due_on, excluded.balance, excluded.in_collections)
