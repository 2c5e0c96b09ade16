-- Due dates, responsibility and collections: of each kind the latest fact of the invoice holds.
WITH touched AS (
    SELECT clinic_no, invoice_id, patient_id
    FROM placed
    WHERE NOT awaits_invoice AND kind IN (
        'responsibility', 'due_date', 'sent_to_collections', 'recalled_from_collections')
    UNION
    SELECT clinic_no, parent_id, patient_id FROM arrivals WHERE parent = 'invoice'
), latest AS (
    SELECT DISTINCT ON (l.clinic_no, l.invoice_id, topic.name) l.clinic_no, l.invoice_id,
        l.patient_id, topic.name AS topic, l.kind, l.due_on, l.installments, l.payer_type
    FROM touched AS t
    JOIN ledger AS l ON l.clinic_no = t.clinic_no AND l.patient_id = t.patient_id
        AND l.invoice_id = t.invoice_id
    JOIN (VALUES
        ('responsibility'::entry_kind, 'payer'), ('due_date', 'due'),
        ('sent_to_collections', 'collections'), ('recalled_from_collections', 'collections')
    ) AS topic (kind, name) ON topic.kind = l.kind
    ORDER BY l.clinic_no, l.invoice_id, topic.name, l.business_date DESC, l.occurred_at DESC,
        l.source DESC, l.event_id DESC
), news AS (
    SELECT clinic_no, invoice_id, patient_id,
        bool_or(topic = 'due') AS new_due,
        min(due_on) FILTER (WHERE topic = 'due') AS due_on,
        (array_agg(installments) FILTER (WHERE topic = 'due'))[1] AS installments,
        min(payer_type) FILTER (WHERE topic = 'payer') AS payer_type,
        bool_or(kind = 'sent_to_collections') FILTER (WHERE topic = 'collections') AS in_collections
    FROM latest
    GROUP BY clinic_no, invoice_id, patient_id
), changed AS (
    UPDATE outstanding_payments AS o
    SET due_on = CASE WHEN n.new_due
            THEN receivable_due_on(o.balance, n.due_on, n.installments) ELSE o.due_on END,
        installments = CASE WHEN n.new_due THEN n.installments ELSE o.installments END,
        payer_type = coalesce(n.payer_type, o.payer_type),
        in_collections = coalesce(n.in_collections, o.in_collections)
    FROM news AS n
    JOIN outstanding_payments AS b ON b.clinic_no = n.clinic_no AND b.invoice_id = n.invoice_id
    WHERE o.clinic_no = n.clinic_no AND o.invoice_id = n.invoice_id AND o.patient_id = n.patient_id
    RETURNING o.balance, o.clinic_no, o.kafka_partition, o.currency,
        o.due_on, o.in_collections, o.payer_type, o.installments,
        b.due_on AS due_before, b.in_collections AS collections_before,
        b.payer_type AS payer_before, b.installments AS installments_before
)
INSERT INTO receivable_changes
SELECT balance, clinic_no, due_on, 1, kafka_partition, in_collections, currency, payer_type,
    installments
FROM changed
UNION ALL
SELECT balance, clinic_no, due_before, -1, kafka_partition, collections_before, currency,
    payer_before, installments_before
FROM changed
