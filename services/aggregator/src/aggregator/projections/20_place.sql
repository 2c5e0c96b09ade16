-- Joins each entry with its parents: where it counts now, under which dimensions, and whether a
-- parent is missing (awaits_…) or comes later in the log or the calendar (follow_up).
-- One relation (`OFFSET 0` keeps it one) holds both parts of the key by which an invoice is looked up;
-- else the planner may look up all invoices of the clinic for each entry.
INSERT INTO placed
SELECT i.of_payment IS NOT NULL AND NOT i.payment_found,
    i.target_invoice IS NOT NULL AND o.invoice_id IS NULL,
    (i.payment_found AND NOT i.payment_known)
        OR (o.invoice_id IS NOT NULL AND NOT k.invoice_known
            AND i.kind IN ('adjustment', 'write_off', 'payment', 'correction', 'refund',
                           'chargeback', 'chargeback_reversal', 'fee', 'allocation'))
        OR (o.voided_on IS NOT NULL AND i.kind IN ('adjustment', 'write_off')),
    CASE
        WHEN i.kind = 'charge' THEN 'invoice'
        WHEN i.kind IN ('adjustment', 'write_off') AND k.invoice_known THEN 'invoice'
        WHEN i.kind = 'payment' OR (i.payment_known AND i.kind <> 'fee')
            THEN CASE WHEN k.invoice_known THEN 'invoice' ELSE 'credit' END
        ELSE 'none'
    END::placement,
    i.kind, i.clinic_no, i.amount, i.business_date, i.kafka_partition, i.leg, i.kafka_offset,
    $1::bigint, timestamptz 'epoch' + i.occurred_at * interval '1 microsecond', i.service_date,
    i.due_on, timestamptz 'epoch' + i.received_at * interval '1 microsecond',
    i.currency, i.payment_id,
    coalesce(i.invoice_id, CASE WHEN i.payment_known THEN i.payment_invoice END),
    coalesce(i.method, CASE WHEN i.payment_known THEN i.payment_method END),
    CASE
        WHEN i.of_payment IS NOT NULL THEN CASE WHEN i.payment_known THEN i.payment_payer_type END
        WHEN i.kind IN ('adjustment', 'write_off')
            THEN CASE WHEN k.invoice_known THEN o.issued_payer_type END
        ELSE i.payer_type
    END,
    coalesce(i.provider, CASE WHEN k.invoice_known THEN o.provider END),
    coalesce(i.category, CASE WHEN k.invoice_known THEN o.category END),
    i.reason, i.patient_id, i.of_payment, i.target_invoice, i.source, i.event_id, i.fact_id,
    i.installments
FROM (
    SELECT n.*, p.payment_id IS NOT NULL AS payment_found,
        coalesce(
            p.kafka_offset < n.kafka_offset AND p.business_date <= n.business_date, false
        ) AS payment_known,
        p.invoice_id AS payment_invoice, p.method AS payment_method,
        p.payer_type AS payment_payer_type, coalesce(n.of_invoice, p.invoice_id) AS target_invoice
    FROM (
        SELECT *,
            CASE WHEN kind IN ('correction', 'refund', 'chargeback', 'chargeback_reversal', 'fee',
                               'allocation') THEN payment_id END AS of_payment,
            CASE WHEN kind NOT IN ('charge', 'pending', 'failed') THEN invoice_id END AS of_invoice
        FROM incoming
    ) AS n
    LEFT JOIN payments AS p ON p.clinic_no = n.clinic_no AND p.payment_id = n.of_payment
        AND p.patient_id = n.patient_id AND p.currency = n.currency
    OFFSET 0
) AS i
LEFT JOIN outstanding_payments AS o ON o.clinic_no = i.clinic_no
    AND o.invoice_id = i.target_invoice
    AND o.patient_id = i.patient_id AND o.currency = coalesce(i.currency, o.currency)
CROSS JOIN LATERAL (
    SELECT coalesce(
        o.kafka_offset < i.kafka_offset AND o.issued_on <= i.business_date
        AND (i.of_invoice IS NOT NULL OR i.payment_known), false
    ) AS invoice_known
) AS k
