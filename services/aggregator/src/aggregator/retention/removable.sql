-- Invoices and payments of stories that may go: settled, fitting together, and all of it recorded
-- and dated behind the horizon. A story is what hangs together by payments and the invoices they
-- landed on; one part that stays keeps all of it.
, node AS MATERIALIZED (
    SELECT clinic_no, patient_id, 'payment'::parent_kind AS kind, payment_id AS id
    FROM placed
    WHERE payment_id IS NOT NULL
    UNION
    SELECT clinic_no, patient_id, 'invoice', target
    FROM placed
    WHERE target IS NOT NULL
), edge AS MATERIALIZED (
    SELECT DISTINCT clinic_no, patient_id, payment_id, target AS invoice_id
    FROM placed
    WHERE payment_id IS NOT NULL AND target IS NOT NULL
), way AS MATERIALIZED (
    SELECT clinic_no, patient_id, 'payment'::parent_kind AS kind, payment_id AS id,
        'invoice'::parent_kind AS other_kind, invoice_id AS other_id
    FROM edge
    UNION ALL
    SELECT clinic_no, patient_id, 'invoice', invoice_id, 'payment', payment_id
    FROM edge
), young AS (
    SELECT l.clinic_no, l.patient_id, l.payment_id, l.invoice_id
    FROM anew
    JOIN ledger AS l ON l.clinic_no = anew.clinic_no AND l.patient_id = anew.patient_id
    WHERE l.business_date >= :horizon::date OR l.service_date >= :horizon
        OR l.kafka_offset >= coalesce((:known::bigint[])[l.kafka_partition + 1], 0)
), unfit_payment AS (
    SELECT clinic_no, patient_id, payment_id
    FROM placed
    WHERE is_money AND has_payment
    GROUP BY clinic_no, patient_id, currency, payment_id
    HAVING coalesce(sum(amount) FILTER (WHERE NOT has_invoice), 0) <> 0
        OR sum(amount) FILTER (WHERE kind <> 'allocation') < 0
        OR coalesce(sum(amount) FILTER (WHERE kind = 'allocation' AND leg = 2), 0)
            > sum(amount) FILTER (WHERE kind IN ('payment', 'correction'))
), attempt AS (
    SELECT clinic_no, patient_id, payment_id, kind, bool_or(kind = 'payment') OVER (
        PARTITION BY clinic_no, patient_id, currency, payment_id
        ORDER BY business_date, occurred_at, source, event_id
    ) AS is_after_success
    FROM placed
    WHERE kind IN ('payment', 'failed')
), unmet AS (
    SELECT clinic_no, patient_id, payment_id, target
    FROM placed
    WHERE kind NOT IN ('charge', 'pending', 'failed', 'patient')
        AND ((payment_id IS NOT NULL AND NOT has_payment)
            OR (target IS NOT NULL AND NOT has_invoice))
), kept AS (
    SELECT clinic_no, patient_id, kind, id
    FROM (
        SELECT clinic_no, patient_id, 'payment'::parent_kind AS kind, payment_id AS id FROM young
        UNION ALL
        SELECT clinic_no, patient_id, 'invoice', invoice_id FROM young
        UNION ALL
        SELECT clinic_no, patient_id, 'payment', payment_id FROM unmet
        UNION ALL
        SELECT clinic_no, patient_id, 'invoice', target FROM unmet
        UNION ALL
        SELECT clinic_no, patient_id, 'payment', payment_id FROM unfit_payment
        UNION ALL
        SELECT clinic_no, patient_id, 'payment', payment_id FROM attempt
        WHERE kind = 'failed' AND is_after_success
        UNION ALL
        SELECT clinic_no, patient_id, 'invoice', invoice_id FROM recomputed WHERE balance <> 0
        UNION ALL
        -- Whom another patient's entry waits for tells whether that one fits.
        SELECT n.clinic_no, n.patient_id, n.kind, n.id
        FROM node AS n
        JOIN awaited_parents AS w
            ON w.clinic_no = n.clinic_no AND w.parent = n.kind AND w.parent_id = n.id
    ) AS seed
    WHERE id IS NOT NULL
    UNION
    SELECT way.clinic_no, way.patient_id, way.other_kind, way.other_id
    FROM kept
    JOIN way USING (clinic_no, patient_id, kind, id)
)
SELECT clinic_no, patient_id, kind::text AS kind, id FROM node
EXCEPT
SELECT clinic_no, patient_id, kind::text, id FROM kept
