-- Receivables and credits as they stood: the sums over all rows, less the entries and moves the
-- question must not know. What is no sum (due date, payer, collections) is asked of the entries in
-- the set, and only where a later fact has changed it; void and issue are told by date and offset.
WITH later AS MATERIALIZED (
    SELECT clinic_no, payment_id, invoice_id, kind, placement, amount
    FROM ledger
    WHERE clinic_no = ANY(:clinic_nos::integer[]) AND business_date > :as_of
    UNION ALL
    SELECT clinic_no, payment_id, invoice_id, kind, placement, amount
    FROM ledger
    WHERE clinic_no = ANY(:clinic_nos) AND business_date <= :as_of
        AND batch_no >= :first_later_batch
        AND kafka_offset >= coalesce((:vector::bigint[])[kafka_partition + 1], 0)
), moved_later AS MATERIALIZED (
    SELECT clinic_no, payment_id, invoice_id, kind, effect, amount
    FROM ledger_moves
    WHERE clinic_no = ANY(:clinic_nos) AND effective_on > :as_of
        AND effect IN ('counted', 'landed', 'counted_and_landed', 'applied')
    UNION ALL
    SELECT clinic_no, payment_id, invoice_id, kind, effect, amount
    FROM ledger_moves
    WHERE clinic_no = ANY(:clinic_nos) AND effective_on <= :as_of
        AND effect IN ('counted', 'landed', 'counted_and_landed', 'applied')
        AND batch_no >= :first_later_batch
        AND kafka_offset >= coalesce((:vector)[kafka_partition + 1], 0)
), touched AS MATERIALIZED (
    SELECT clinic_no, invoice_id,
        coalesce(sum(amount) FILTER (WHERE counts AND kind = 'adjustment'), 0)::bigint AS adjustments,
        coalesce(sum(amount) FILTER (WHERE counts AND kind = 'write_off'), 0)::bigint AS written_off,
        coalesce(sum(amount) FILTER (
            WHERE counts AND kind NOT IN ('charge', 'adjustment', 'write_off')), 0)::bigint AS landed,
        bool_or(kind = 'due_date') AS due_changed,
        bool_or(kind = 'responsibility') AS payer_changed,
        bool_or(kind IN ('sent_to_collections', 'recalled_from_collections')) AS place_changed
    FROM (
        SELECT clinic_no, invoice_id, kind, amount, placement = 'invoice' AS counts
        FROM later
        WHERE placement = 'invoice' OR kind IN ('void', 'due_date', 'responsibility',
            'sent_to_collections', 'recalled_from_collections')
        UNION ALL
        SELECT clinic_no, invoice_id, kind, amount, true
        FROM moved_later
        WHERE effect <> 'counted'
    ) AS change
    GROUP BY clinic_no, invoice_id
), standing AS MATERIALIZED (
    SELECT o.*, t.adjustments AS adjustments_later, t.written_off AS written_off_later,
        t.landed AS landed_later, t.due_changed, t.payer_changed, t.place_changed
    FROM touched AS t
    JOIN outstanding_payments AS o ON o.clinic_no = t.clinic_no AND o.invoice_id = t.invoice_id
), known AS MATERIALIZED (
    SELECT s.clinic_no, s.invoice_id, s.patient_id, s.currency, s.charge,
        s.adjustments - s.adjustments_later AS adjustments,
        s.written_off - s.written_off_later AS written_off, s.landed - s.landed_later AS landed,
        s.issued_on, s.service_date, s.provider, s.category,
        CASE WHEN s.voided_on <= :as_of AND s.void_offset < (:vector)[s.kafka_partition + 1]
            THEN s.voided_on END AS voided_on,
        s.due_on, s.installments, s.payer_type, s.in_collections, s.due_changed, s.payer_changed,
        s.place_changed
    FROM standing AS s
    WHERE s.issued_on <= :as_of AND s.kafka_offset < (:vector)[s.kafka_partition + 1]
), rewound AS (
    -- Of tens of thousands that money reached later, few were told another fact as well.
    SELECT clinic_no, invoice_id, patient_id, currency, charge, adjustments, written_off, landed,
        issued_on, service_date, provider, category, voided_on, due_on AS stated_due_on,
        installments, payer_type, in_collections
    FROM known
    WHERE NOT (due_changed OR payer_changed OR place_changed)
    UNION ALL
    SELECT s.clinic_no, s.invoice_id, s.patient_id, s.currency, s.charge, s.adjustments,
        s.written_off, s.landed, s.issued_on, s.service_date, s.provider, s.category, s.voided_on,
        CASE WHEN s.due_changed THEN due.due_on ELSE s.due_on END,
        CASE WHEN s.due_changed THEN due.installments ELSE s.installments END,
        CASE WHEN s.payer_changed THEN payer.payer_type ELSE s.payer_type END,
        CASE WHEN s.place_changed THEN coalesce(place.kind = 'sent_to_collections', false)
            ELSE s.in_collections END
    FROM known AS s
    LEFT JOIN LATERAL (
        SELECT l.due_on, l.installments
        FROM ledger AS l
        WHERE s.due_changed AND l.clinic_no = s.clinic_no AND l.patient_id = s.patient_id
            AND l.invoice_id = s.invoice_id AND l.kind IN ('charge', 'due_date')
            AND l.business_date <= :as_of
            AND l.kafka_offset < (:vector)[l.kafka_partition + 1]
        ORDER BY l.kind = 'charge', l.business_date DESC, l.occurred_at DESC, l.source DESC,
            l.event_id DESC
        LIMIT 1
    ) AS due ON true
    LEFT JOIN LATERAL (
        SELECT l.payer_type
        FROM ledger AS l
        WHERE s.payer_changed AND l.clinic_no = s.clinic_no AND l.patient_id = s.patient_id
            AND l.invoice_id = s.invoice_id AND l.kind IN ('charge', 'responsibility')
            AND l.business_date <= :as_of
            AND l.kafka_offset < (:vector)[l.kafka_partition + 1]
        ORDER BY l.kind = 'charge', l.business_date DESC, l.occurred_at DESC, l.source DESC,
            l.event_id DESC
        LIMIT 1
    ) AS payer ON true
    LEFT JOIN LATERAL (
        SELECT l.kind
        FROM ledger AS l
        WHERE s.place_changed AND l.clinic_no = s.clinic_no AND l.patient_id = s.patient_id
            AND l.invoice_id = s.invoice_id
            AND l.kind IN ('sent_to_collections', 'recalled_from_collections')
            AND l.business_date <= :as_of
            AND l.kafka_offset < (:vector)[l.kafka_partition + 1]
        ORDER BY l.business_date DESC, l.occurred_at DESC, l.source DESC, l.event_id DESC
        LIMIT 1
    ) AS place ON true
    WHERE s.due_changed OR s.payer_changed OR s.place_changed
), restored AS MATERIALIZED (
    SELECT r.clinic_no, r.invoice_id, r.patient_id, r.currency, r.charge, r.adjustments,
        r.written_off, r.landed, b.balance, r.issued_on, r.service_date,
        receivable_due_on(b.balance, r.stated_due_on, r.installments) AS due_on, r.voided_on,
        r.in_collections, b.balance > 0 AS is_open, r.payer_type, r.provider, r.category,
        r.installments
    FROM rewound AS r
    CROSS JOIN LATERAL receivable_balance(
        r.charge, r.adjustments, r.written_off, r.landed, r.voided_on IS NOT NULL) AS b (balance)
)
