-- Due dates, responsibility and collections: of each kind the latest fact of the invoice holds, by
-- business date, instant, source and id. Each is kept with the key it sorts by; no part of a key
-- contains a space, so the text sorts as its parts do.
WITH facts AS (
    SELECT clinic_no, invoice_id, patient_id, kind, due_on, installments, payer_type,
        business_date, occurred_at, source, event_id
    FROM placed
    WHERE NOT awaits_invoice AND kind IN (
        'responsibility', 'due_date', 'sent_to_collections', 'recalled_from_collections')
    UNION ALL
    SELECT l.clinic_no, l.invoice_id, l.patient_id, l.kind, l.due_on, l.installments, l.payer_type,
        l.business_date, l.occurred_at, l.source, l.event_id
    FROM arrivals AS a
    JOIN ledger AS l ON l.clinic_no = a.clinic_no AND l.patient_id = a.patient_id
        AND l.invoice_id = a.parent_id
    WHERE a.parent = 'invoice' AND l.kind IN (
        'responsibility', 'due_date', 'sent_to_collections', 'recalled_from_collections')
), keyed AS (
    SELECT *, to_char(business_date, 'YYYY-MM-DD') || ' '
        || to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || ' '
        || source || ' ' || event_id AS key
    FROM facts
), news AS (
    SELECT clinic_no, invoice_id, patient_id,
        max(key) FILTER (WHERE kind = 'due_date') AS due_key,
        max(key) FILTER (WHERE kind = 'responsibility') AS payer_key,
        max(key) FILTER (WHERE kind IN ('sent_to_collections', 'recalled_from_collections'))
            AS collections_key,
        (array_agg(due_on ORDER BY key DESC) FILTER (WHERE kind = 'due_date'))[1] AS due_on,
        (array_agg(installments ORDER BY key DESC) FILTER (WHERE kind = 'due_date'))[1]
            AS installments,
        (array_agg(payer_type ORDER BY key DESC) FILTER (WHERE kind = 'responsibility'))[1]
            AS payer_type,
        (array_agg(kind ORDER BY key DESC) FILTER (
            WHERE kind IN ('sent_to_collections', 'recalled_from_collections')))[1]
            = 'sent_to_collections' AS in_collections
    FROM keyed
    GROUP BY clinic_no, invoice_id, patient_id
), held AS (
    SELECT b.clinic_no, b.invoice_id, b.due_on AS due_before,
        b.in_collections AS collections_before, b.payer_type AS payer_before,
        b.installments AS installments_before,
        coalesce(n.due_key > coalesce(b.due_key, ''), false) AS new_due,
        coalesce(n.payer_key > coalesce(b.payer_key, ''), false) AS new_payer,
        coalesce(n.collections_key > coalesce(b.collections_key, ''), false) AS new_collections,
        n.due_key, n.payer_key, n.collections_key, n.due_on, n.installments,
        n.payer_type, n.in_collections
    FROM news AS n
    JOIN outstanding_payments AS b ON b.clinic_no = n.clinic_no AND b.invoice_id = n.invoice_id
        AND b.patient_id = n.patient_id
), changed AS (
    UPDATE outstanding_payments AS o
    SET due_on = CASE WHEN h.new_due
            THEN receivable_due_on(o.balance, h.due_on, h.installments) ELSE o.due_on END,
        installments = CASE WHEN h.new_due THEN h.installments ELSE o.installments END,
        due_key = CASE WHEN h.new_due THEN h.due_key ELSE o.due_key END,
        payer_type = CASE WHEN h.new_payer THEN h.payer_type ELSE o.payer_type END,
        payer_key = CASE WHEN h.new_payer THEN h.payer_key ELSE o.payer_key END,
        in_collections = CASE WHEN h.new_collections THEN h.in_collections
            ELSE o.in_collections END,
        collections_key = CASE WHEN h.new_collections THEN h.collections_key
            ELSE o.collections_key END
    FROM held AS h
    WHERE o.clinic_no = h.clinic_no AND o.invoice_id = h.invoice_id
        AND (h.new_due OR h.new_payer OR h.new_collections)
    RETURNING o.balance, o.clinic_no, o.currency,
        o.due_on, o.in_collections, o.payer_type, o.installments,
        h.due_before, h.collections_before, h.payer_before, h.installments_before
)
INSERT INTO receivable_changes
SELECT balance, clinic_no, due_on, 1, in_collections, currency, payer_type,
    installments
FROM changed
UNION ALL
SELECT balance, clinic_no, due_before, -1, collections_before, currency,
    payer_before, installments_before
FROM changed
