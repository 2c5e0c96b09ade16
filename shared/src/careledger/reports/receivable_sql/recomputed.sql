-- Invoices and payments of the patients in `anew` from nothing but their entries in the set: the
-- formulas themselves, no move and no sum kept elsewhere.
, entries AS MATERIALIZED (
    SELECT l.clinic_no, l.patient_id, l.business_date, l.occurred_at, l.source, l.event_id, l.leg,
        l.kind, l.amount, l.currency, l.payment_id, l.invoice_id, l.fact_id, l.payer_type,
        l.provider, l.category, l.service_date, l.due_on, l.installments
    FROM anew
    JOIN ledger AS l ON l.clinic_no = anew.clinic_no AND l.patient_id = anew.patient_id
    WHERE l.business_date <= :as_of
        AND l.kafka_offset < (:vector::bigint[])[l.kafka_partition + 1]
), issued AS (
    SELECT clinic_no, patient_id, currency, invoice_id, amount, business_date, service_date, due_on,
        installments, payer_type, provider, category
    FROM entries
    WHERE kind = 'charge'
), paid AS (
    SELECT clinic_no, patient_id, currency, payment_id, invoice_id, business_date, occurred_at, source,
        event_id
    FROM entries
    WHERE kind = 'payment'
), money AS MATERIALIZED (
    SELECT e.clinic_no, e.patient_id, e.currency, e.payment_id, e.kind, e.leg, e.amount,
        i.invoice_id AS landed_on
    FROM entries AS e
    JOIN paid AS p ON p.clinic_no = e.clinic_no AND p.payment_id = e.payment_id
        AND p.patient_id = e.patient_id AND p.currency = e.currency
    LEFT JOIN issued AS i ON i.clinic_no = e.clinic_no
        AND i.invoice_id = coalesce(e.invoice_id, p.invoice_id)
        AND i.patient_id = e.patient_id AND i.currency = e.currency
    WHERE e.kind IN ('payment', 'correction', 'refund', 'chargeback', 'chargeback_reversal',
                     'allocation')
), changes AS (
    SELECT clinic_no, patient_id, currency, invoice_id,
        coalesce(sum(amount) FILTER (WHERE kind = 'adjustment'), 0)::bigint AS adjustments,
        coalesce(sum(amount) FILTER (WHERE kind = 'write_off'), 0)::bigint AS written_off
    FROM entries
    WHERE kind IN ('adjustment', 'write_off')
    GROUP BY clinic_no, patient_id, currency, invoice_id
), landings AS (
    SELECT clinic_no, patient_id, currency, landed_on, sum(amount)::bigint AS landed
    FROM money
    WHERE landed_on IS NOT NULL
    GROUP BY clinic_no, patient_id, currency, landed_on
), facts AS (
    SELECT clinic_no, patient_id, invoice_id,
        min(business_date) FILTER (WHERE kind = 'void') AS voided_on,
        bool_or(kind = 'due_date') AS due_changed,
        (array_agg(due_on ORDER BY business_date DESC, occurred_at DESC, source DESC, event_id DESC)
            FILTER (WHERE kind = 'due_date'))[1] AS due_on,
        (array_agg(installments
            ORDER BY business_date DESC, occurred_at DESC, source DESC, event_id DESC)
            FILTER (WHERE kind = 'due_date'))[1] AS installments,
        (array_agg(payer_type
            ORDER BY business_date DESC, occurred_at DESC, source DESC, event_id DESC)
            FILTER (WHERE kind = 'responsibility'))[1] AS payer_type,
        (array_agg(kind = 'sent_to_collections'
            ORDER BY business_date DESC, occurred_at DESC, source DESC, event_id DESC)
            FILTER (WHERE kind IN ('sent_to_collections', 'recalled_from_collections')))[1]
            AS in_collections
    FROM entries
    WHERE kind IN ('void', 'due_date', 'responsibility', 'sent_to_collections',
                   'recalled_from_collections')
    GROUP BY clinic_no, patient_id, invoice_id
), recomputed AS MATERIALIZED (
    SELECT i.clinic_no, i.invoice_id, i.patient_id, i.currency, i.amount AS charge,
        coalesce(c.adjustments, 0) AS adjustments, coalesce(c.written_off, 0) AS written_off,
        coalesce(l.landed, 0) AS landed, b.balance, i.business_date AS issued_on, i.service_date,
        CASE WHEN f.due_changed THEN receivable_due_on(b.balance, f.due_on, f.installments)
            ELSE receivable_due_on(b.balance, i.due_on, i.installments) END AS due_on,
        f.voided_on, coalesce(f.in_collections, false) AS in_collections, b.balance > 0 AS is_open,
        coalesce(f.payer_type, i.payer_type) AS payer_type, i.provider, i.category,
        CASE WHEN f.due_changed THEN f.installments ELSE i.installments END AS installments
    FROM issued AS i
    LEFT JOIN changes AS c ON c.clinic_no = i.clinic_no AND c.invoice_id = i.invoice_id
        AND c.patient_id = i.patient_id AND c.currency = i.currency
    LEFT JOIN landings AS l ON l.clinic_no = i.clinic_no AND l.landed_on = i.invoice_id
        AND l.patient_id = i.patient_id AND l.currency = i.currency
    LEFT JOIN facts AS f ON f.clinic_no = i.clinic_no AND f.invoice_id = i.invoice_id
        AND f.patient_id = i.patient_id
    CROSS JOIN LATERAL receivable_balance(i.amount, coalesce(c.adjustments, 0),
        coalesce(c.written_off, 0), coalesce(l.landed, 0), f.voided_on IS NOT NULL) AS b (balance)
)
