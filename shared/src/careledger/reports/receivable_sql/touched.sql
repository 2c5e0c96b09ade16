-- Receivables that a record beyond the offsets kept touched: the kept order may not be theirs.
WITH touched AS MATERIALIZED (
    SELECT clinic_no, invoice_id
    FROM ledger
    WHERE clinic_no = ANY(:clinic_nos::integer[]) AND batch_no >= :first_batch::bigint
        AND invoice_id IS NOT NULL
        AND kafka_offset >= coalesce((:closed::bigint[])[kafka_partition + 1], 0)
    UNION
    SELECT clinic_no, invoice_id
    FROM ledger_moves
    WHERE clinic_no = ANY(:clinic_nos) AND batch_no >= :first_batch AND invoice_id IS NOT NULL
        AND kafka_offset >= coalesce((:closed)[kafka_partition + 1], 0)
)
