-- Entries that a parent of this batch, or their own late place in log or calendar, may move.
WITH touched AS (
    SELECT batch_no, kafka_partition, kafka_offset, leg, amount, clinic_no, business_date, kind,
        placement, currency, source, event_id, patient_id, payment_id, invoice_id, method,
        payer_type, provider, category, reason
    FROM placed
    WHERE follow_up
    UNION
    SELECT l.batch_no, l.kafka_partition, l.kafka_offset, l.leg, l.amount, l.clinic_no,
        l.business_date, l.kind, l.placement, l.currency, l.source, l.event_id, l.patient_id,
        l.payment_id, l.invoice_id, l.method, l.payer_type, l.provider, l.category, l.reason
    FROM (
        SELECT clinic_no, patient_id, parent, parent_id FROM arrivals
        UNION
        SELECT clinic_no, patient_id, 'invoice', invoice_id FROM placed
        WHERE kind = 'void' AND NOT awaits_invoice
    ) AS a
    JOIN ledger AS l ON l.clinic_no = a.clinic_no AND l.patient_id = a.patient_id
    LEFT JOIN payments AS p ON p.clinic_no = l.clinic_no AND p.payment_id = l.payment_id
        AND p.patient_id = l.patient_id AND p.currency = l.currency AND l.invoice_id IS NULL
    WHERE CASE a.parent
        WHEN 'payment' THEN l.payment_id = a.parent_id
        ELSE coalesce(l.invoice_id, p.invoice_id) = a.parent_id
    END
)
INSERT INTO candidates
SELECT t.kafka_offset, t.amount, t.payment_offset, o.kafka_offset, o.void_offset, t.clinic_no,
    t.business_date, t.payment_date, o.issued_on, o.voided_on, t.kind, t.placement,
    t.kafka_partition, t.leg, t.kind NOT IN ('charge', 'adjustment', 'write_off', 'payment'),
    t.invoice_id IS NOT NULL, t.currency, t.source, t.event_id, t.patient_id, t.payment_id,
    t.target_invoice, t.method, t.payer_type, t.provider, t.category, t.reason,
    t.payment_method, t.payment_payer_type, o.issued_payer_type, o.provider, o.category
FROM (
    -- One relation holds both parts of the invoice's key, as where entries are placed.
    SELECT t.*, p.kafka_offset AS payment_offset, p.business_date AS payment_date,
        p.method AS payment_method, p.payer_type AS payment_payer_type,
        coalesce(t.invoice_id, p.invoice_id) AS target_invoice
    FROM touched AS t
    LEFT JOIN payments AS p ON p.clinic_no = t.clinic_no AND p.payment_id = t.payment_id
        AND p.patient_id = t.patient_id AND p.currency = t.currency AND t.kind <> 'payment'
    OFFSET 0
) AS t
LEFT JOIN outstanding_payments AS o ON o.clinic_no = t.clinic_no
    AND o.invoice_id = t.target_invoice
    AND o.patient_id = t.patient_id AND o.currency = t.currency
WHERE t.kind IN ('charge', 'adjustment', 'write_off', 'payment', 'correction', 'refund',
                 'chargeback', 'chargeback_reversal', 'fee', 'allocation')
