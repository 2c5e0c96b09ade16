-- By how much each day changed balances of the patients in `anew`, as known at the vectors in `side`:
-- every receivable and every credit is followed from day to day, leg by leg, and each state it was in
-- is one row that begins on a day and one of the other sign on the day the next state begins.
, told AS MATERIALIZED (
    SELECT side.sign, l.clinic_no, l.patient_id, l.currency, l.business_date, l.occurred_at,
        l.source, l.event_id, l.kind, l.placement, l.amount, l.payment_id, l.invoice_id,
        l.payer_type, l.reason, l.service_date, l.due_on, l.installments,
        max(l.business_date) FILTER (WHERE l.kind = 'charge') OVER invoice AS issued_on,
        max(coalesce(l.service_date, l.business_date)) FILTER (WHERE l.kind = 'charge')
            OVER invoice AS service_on,
        max(l.currency) FILTER (WHERE l.kind = 'charge') OVER invoice AS issued_in
    FROM anew
    JOIN ledger AS l ON l.clinic_no = anew.clinic_no AND l.patient_id = anew.patient_id
    JOIN side ON l.kafka_offset < side.vector[l.kafka_partition + 1]
    WINDOW invoice AS (PARTITION BY side.sign, l.clinic_no, l.patient_id, l.invoice_id)
), recorded_leg AS (
    SELECT sign, clinic_no, currency, business_date AS day, kind, reason, invoice_id, payment_id,
        true AS is_entry, false AS is_mirror, placement = 'invoice' AS is_on_invoice,
        placement = 'credit' AS is_on_credit, amount AS on_invoice, amount AS on_credit, payer_type,
        service_date
    FROM told
    WHERE placement <> 'none'
    UNION ALL
    SELECT side.sign, m.clinic_no, m.currency, m.effective_on, m.kind, m.reason, m.invoice_id,
        m.payment_id, false, m.effect = 'mirrored', m.effect <> 'counted',
        m.effect IN ('counted', 'landed'), m.amount,
        CASE m.effect WHEN 'landed' THEN -m.amount ELSE m.amount END, NULL, NULL
    FROM anew
    JOIN ledger_moves AS m ON m.clinic_no = anew.clinic_no AND m.patient_id = anew.patient_id
    JOIN side ON m.kafka_offset < side.vector[m.kafka_partition + 1]
    WHERE m.effect IN ('counted', 'landed', 'counted_and_landed', 'applied', 'mirrored')
), leg AS MATERIALIZED (
    -- Windows instead of joins: nobody can plan how many rows there are, and a wrong guess would cost
    -- the square of them.
    SELECT *,
        max(day) FILTER (WHERE is_entry AND kind = 'charge') OVER invoice AS issued_on,
        max(coalesce(service_date, day)) FILTER (WHERE is_entry AND kind = 'charge') OVER invoice
            AS service_on,
        max(day) FILTER (WHERE is_entry AND kind = 'payment') OVER payment AS received_on,
        max(payer_type) FILTER (WHERE is_entry AND kind = 'payment') OVER payment AS paid_by
    FROM recorded_leg
    WINDOW invoice AS (PARTITION BY sign, clinic_no, invoice_id),
        payment AS (PARTITION BY sign, clinic_no, payment_id)
), fact AS (
    -- The latest fact holds, in the order of facts; the invoice's own value before all of them.
    -- Keys hold no space and no control character, so that they sort as texts.
    SELECT sign, clinic_no, invoice_id, greatest(business_date, issued_on) AS day,
        CASE kind WHEN 'charge' THEN ' ' ELSE to_char(business_date, 'YYYY-MM-DD') || ' '
            || to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || ' '
            || source || ' ' || event_id END || E'\x1f' AS place,
        kind, due_on, installments, payer_type, issued_on, service_on, issued_in
    FROM told
    WHERE issued_on IS NOT NULL AND kind IN ('charge', 'due_date', 'responsibility',
        'sent_to_collections', 'recalled_from_collections')
), touch AS (
    SELECT sign, clinic_no, invoice_id, day,
        CASE kind WHEN 'charge' THEN on_invoice WHEN 'adjustment' THEN on_invoice ELSE 0 END AS asked,
        CASE kind WHEN 'write_off' THEN on_invoice ELSE 0 END AS written_off,
        CASE WHEN kind IN ('charge', 'adjustment', 'write_off') THEN 0 ELSE on_invoice END AS landed,
        NULL AS due, NULL AS payer, NULL AS held, NULL::date AS issued_on, NULL::date AS service_on,
        NULL AS issued_in
    FROM leg
    WHERE is_on_invoice
    UNION ALL
    SELECT sign, clinic_no, invoice_id, day, 0, 0, 0,
        CASE WHEN kind IN ('charge', 'due_date') THEN place || coalesce(due_on::text, '')
            || E'\x1f' || coalesce(installments::text, '') END,
        CASE WHEN kind IN ('charge', 'responsibility') THEN place || payer_type END,
        CASE WHEN kind IN ('sent_to_collections', 'recalled_from_collections')
            THEN place || kind END,
        issued_on, service_on, issued_in
    FROM fact
), touched_day AS (
    SELECT sign, clinic_no, invoice_id, day, sum(asked) AS asked, sum(written_off) AS written_off,
        sum(landed) AS landed, max(due COLLATE "C") AS due, max(payer COLLATE "C") AS payer,
        max(held COLLATE "C") AS held, max(issued_on) AS issued_on, max(service_on) AS service_on,
        max(issued_in COLLATE "C") AS issued_in
    FROM touch
    GROUP BY sign, clinic_no, invoice_id, day
), followed AS (
    SELECT sign, clinic_no, invoice_id, day, lead(day) OVER days AS until,
        sum(asked) OVER days - sum(landed) OVER days AS open_before_write_off,
        sum(written_off) OVER days AS written_off, max(due) OVER days AS due,
        max(payer) OVER days AS payer, max(held) OVER days AS held,
        max(issued_on) OVER days AS issued_on, max(service_on) OVER days AS service_on,
        max(issued_in) OVER days AS issued_in
    FROM touched_day
    WINDOW days AS (PARTITION BY sign, clinic_no, invoice_id ORDER BY day)
), receivable_state AS MATERIALIZED (
    SELECT f.sign, f.clinic_no, f.issued_in AS currency, f.day, f.until, f.issued_on, f.service_on,
        b.effective, (f.open_before_write_off - b.effective)::bigint AS balance,
        nullif(split_part(f.due, E'\x1f', 2), '')::date AS due_on,
        nullif(split_part(f.due, E'\x1f', 3), '')::jsonb AS installments,
        split_part(f.payer, E'\x1f', 2) AS payer_type,
        coalesce(split_part(f.held, E'\x1f', 2) = 'sent_to_collections', false) AS in_collections
    FROM followed AS f
    CROSS JOIN LATERAL (
        SELECT least(greatest(0, f.written_off), greatest(0, f.open_before_write_off))::bigint
    ) AS b (effective)
), aged AS (
    SELECT sign, clinic_no, currency, day, until, payer_type, in_collections, balance, 1 AS count,
        basis.basis, basis.aged_on
    FROM receivable_state AS s
    CROSS JOIN LATERAL (VALUES
        ('due_date', CASE WHEN s.installments IS NULL THEN s.due_on
            ELSE receivable_due_on(s.balance, s.due_on, s.installments) END),
        ('service_date', s.service_on), ('issued_on', s.issued_on)
    ) AS basis (basis, aged_on)
    WHERE balance <> 0 AND (basis.basis <> 'due_date' OR balance < 0 OR installments IS NULL)
    UNION ALL
    SELECT s.sign, s.clinic_no, s.currency, s.day, s.until, s.payer_type, s.in_collections, p.amount,
        CASE p.place WHEN 1 THEN 1 ELSE 0 END, 'due_date', p.due_on
    FROM receivable_state AS s
    CROSS JOIN LATERAL installment_slices(s.balance, s.installments)
        WITH ORDINALITY AS p (due_on, amount, place)
    WHERE s.balance > 0 AND s.installments IS NOT NULL
), credit_day AS (
    SELECT sign, clinic_no, currency, payment_id, received_on, paid_by, day,
        sum(on_credit) AS credit
    FROM leg
    WHERE is_on_credit
    GROUP BY sign, clinic_no, currency, payment_id, received_on, paid_by, day
), credit_state AS (
    SELECT sign, clinic_no, currency, received_on, paid_by, day, lead(day) OVER days AS until,
        sum(credit) OVER days AS credit
    FROM credit_day
    WINDOW days AS (PARTITION BY sign, clinic_no, currency, payment_id ORDER BY day)
), held AS (
    SELECT sign, clinic_no, currency, day, until, payer_type, in_collections, balance, count, basis,
        aged_on
    FROM aged
    UNION ALL
    SELECT c.sign, c.clinic_no, c.currency, c.day, c.until, coalesce(c.paid_by, 'unknown'), false,
        c.credit::bigint, 1, 'received_on', c.received_on
    FROM credit_state AS c
    WHERE c.credit <> 0
), balance_change AS MATERIALIZED (
    SELECT h.clinic_no, turn.day AS effective_on, h.aged_on, h.basis, h.currency, h.payer_type,
        h.in_collections,
        sum(turn.sign * greatest(0, h.balance))::bigint AS amount,
        sum(CASE WHEN h.balance > 0 THEN turn.sign * h.count ELSE 0 END)::bigint AS count,
        sum(turn.sign * greatest(0, -h.balance))::bigint AS negative_amount,
        sum(CASE WHEN h.balance < 0 THEN turn.sign * h.count ELSE 0 END)::bigint AS negative_count
    FROM held AS h
    CROSS JOIN LATERAL (VALUES (h.sign, h.day), (-h.sign, h.until)) AS turn (sign, day)
    WHERE turn.day IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5, 6, 7
), moved AS (
    SELECT l.sign, l.clinic_no, l.day,
        coalesce(CASE WHEN l.is_on_invoice THEN l.issued_on END, l.day) AS issued_on,
        coalesce(CASE WHEN l.is_on_invoice THEN l.service_on END, l.day) AS service_on,
        l.currency, l.kind, l.reason, l.is_mirror,
        CASE WHEN l.is_on_invoice THEN l.on_invoice ELSE 0 END AS on_invoice,
        CASE WHEN l.is_on_credit THEN l.on_credit ELSE 0 END AS on_credit, 0::bigint AS effective
    FROM leg AS l
    UNION ALL
    SELECT turn.sign, s.clinic_no, turn.day, s.issued_on, s.service_on, s.currency, NULL, NULL, false,
        0, 0, s.effective
    FROM receivable_state AS s
    CROSS JOIN LATERAL (VALUES (s.sign, s.day), (-s.sign, s.until)) AS turn (sign, day)
    WHERE s.effective <> 0 AND turn.day IS NOT NULL
), movement_change AS MATERIALIZED (
    SELECT clinic_no, day AS effective_on, issued_on, service_on, currency,
        coalesce(sum(sign * on_invoice) FILTER (WHERE kind = 'charge' AND NOT is_mirror), 0)::bigint
            AS charges,
        coalesce(sum(sign * on_invoice) FILTER (WHERE kind = 'adjustment' AND NOT is_mirror
            AND reason = 'correction'), 0)::bigint AS charge_corrections,
        coalesce(sum(-sign * on_invoice) FILTER (WHERE kind = 'adjustment' AND NOT is_mirror
            AND reason = 'contractual'), 0)::bigint AS contractual_adjustments,
        coalesce(sum(-sign * on_invoice) FILTER (WHERE kind = 'adjustment' AND NOT is_mirror
            AND reason NOT IN ('correction', 'contractual')), 0)::bigint AS other_adjustments,
        coalesce(sum(-sign * on_invoice) FILTER (
            WHERE kind IN ('charge', 'adjustment') AND is_mirror), 0)::bigint AS voids,
        coalesce(sum(sign * on_invoice) FILTER (WHERE kind = 'write_off'), 0)::bigint AS written_off,
        sum(sign * effective)::bigint AS effective_write_offs,
        coalesce(sum(sign * on_invoice) FILTER (
            WHERE kind NOT IN ('charge', 'adjustment', 'write_off')), 0)::bigint AS landed,
        sum(sign * on_credit)::bigint AS credited
    FROM moved
    GROUP BY 1, 2, 3, 4, 5
)
