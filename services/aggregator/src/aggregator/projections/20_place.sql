-- Joins each entry with its parents: where it counts now, under which dimensions, and whether a
-- parent is missing (awaits_…) or comes later in the log or the calendar (follow_up).
INSERT INTO placed
SELECT $1::bigint, i.kafka_offset, i.occurred_at, i.amount, i.clinic_no, i.business_date, i.kind,
    CASE
        WHEN i.kind = 'charge' THEN 'invoice'
        WHEN i.kind IN ('adjustment', 'write_off') AND k.invoice_known THEN 'invoice'
        WHEN i.kind = 'payment' OR (i.of_payment IS NOT NULL AND i.kind <> 'fee' AND k.payment_known)
            THEN CASE WHEN k.invoice_known THEN 'invoice' ELSE 'credit' END
        ELSE 'none'
    END::placement,
    i.kafka_partition, i.leg, i.service_date, i.due_on, i.received_at, i.currency, i.source,
    i.event_id, i.patient_id, i.payment_id,
    coalesce(i.invoice_id, CASE WHEN k.payment_known THEN p.invoice_id END), i.fact_id,
    coalesce(i.method, CASE WHEN k.payment_known THEN p.method END),
    CASE
        WHEN i.of_payment IS NOT NULL THEN CASE WHEN k.payment_known THEN p.payer_type END
        WHEN i.kind IN ('adjustment', 'write_off')
            THEN CASE WHEN k.invoice_known THEN o.issued_payer_type END
        ELSE i.payer_type
    END,
    coalesce(i.provider, CASE WHEN k.invoice_known THEN o.provider END),
    coalesce(i.category, CASE WHEN k.invoice_known THEN o.category END),
    i.reason, i.installments, i.of_payment, coalesce(i.of_invoice, p.invoice_id),
    i.of_payment IS NOT NULL AND p.payment_id IS NULL,
    coalesce(i.of_invoice, p.invoice_id) IS NOT NULL AND o.invoice_id IS NULL,
    (p.payment_id IS NOT NULL AND NOT k.payment_known)
        OR (o.invoice_id IS NOT NULL AND NOT k.invoice_known
            AND i.kind IN ('adjustment', 'write_off', 'payment', 'correction', 'refund',
                           'chargeback', 'chargeback_reversal', 'fee', 'allocation'))
        OR (o.voided_on IS NOT NULL AND i.kind IN ('adjustment', 'write_off'))
FROM incoming AS i
LEFT JOIN payments AS p ON p.clinic_no = i.clinic_no AND p.payment_id = i.of_payment
    AND p.patient_id = i.patient_id AND p.currency = i.currency
LEFT JOIN outstanding_payments AS o ON o.clinic_no = i.clinic_no
    AND o.invoice_id = coalesce(i.of_invoice, p.invoice_id)
    AND o.patient_id = i.patient_id AND o.currency = coalesce(i.currency, o.currency)
CROSS JOIN LATERAL (
    SELECT coalesce(
        p.kafka_offset < i.kafka_offset AND p.business_date <= i.business_date, false
    ) AS payment_known
) AS known_payment
CROSS JOIN LATERAL (
    SELECT known_payment.payment_known, coalesce(
        o.kafka_offset < i.kafka_offset AND o.issued_on <= i.business_date
        AND (i.of_invoice IS NOT NULL OR known_payment.payment_known), false
    ) AS invoice_known
) AS k
