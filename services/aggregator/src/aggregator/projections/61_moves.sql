-- What parents that came later do to the candidates. An entry's moves follow from the entry and its
-- parents alone: each stands at the latest offset and the latest date of the facts it joins, and those
-- at an offset of this batch are new. p: its payment, i: its invoice, v: that invoice's void.
WITH known AS (
    SELECT c.*,
        payment_offset IS NOT NULL AS has_p,
        invoice_offset IS NOT NULL AS has_i,
        coalesce(payment_offset < kafka_offset AND payment_date <= business_date, false) AS knew_p,
        coalesce(names_invoice AND invoice_offset < kafka_offset AND issued_on <= business_date,
            false) AS knew_i,
        greatest(kafka_offset, payment_offset) AS p_offset,
        greatest(business_date, payment_date) AS p_date,
        greatest(kafka_offset, payment_offset, invoice_offset) AS pi_offset,
        greatest(business_date, payment_date, issued_on) AS pi_date,
        CASE WHEN names_invoice THEN greatest(kafka_offset, invoice_offset)
            ELSE greatest(kafka_offset, payment_offset, invoice_offset) END AS i_offset,
        CASE WHEN names_invoice THEN greatest(business_date, issued_on)
            ELSE greatest(business_date, payment_date, issued_on) END AS i_date,
        kind IN ('payment', 'correction', 'refund', 'chargeback', 'chargeback_reversal',
            'allocation') AS is_money,
        kind NOT IN ('charge', 'allocation') AS has_dimensions
    FROM candidates AS c
), steps AS (
    -- The payment became known: the money counts, at once on the invoice if that is known too.
    SELECT k.*, 'counted'::move_effect AS effect, p_offset AS at_offset, p_date AS at_date,
        amount AS moved, method AS m, payer_type AS t, provider AS r, category AS g
    FROM known AS k
    WHERE is_money AND placement = 'none' AND has_p
        AND NOT (has_i AND pi_offset = p_offset AND pi_date = p_date)
    UNION ALL
    SELECT k.*, 'counted_and_landed', p_offset, p_date, amount, method, payer_type, provider, category
    FROM known AS k
    WHERE is_money AND placement = 'none' AND has_p AND has_i
        AND pi_offset = p_offset AND pi_date = p_date
    UNION ALL
    -- The invoice became known: the money leaves the credit for it.
    SELECT k.*, 'landed', pi_offset, pi_date, amount, method, payer_type, provider, category
    FROM known AS k
    WHERE is_money AND has_i AND (placement = 'credit' OR (placement = 'none' AND has_p
        AND NOT (pi_offset = p_offset AND pi_date = p_date)))
    UNION ALL
    SELECT k.*, 'applied', i_offset, i_date, amount, method, payer_type, provider, category
    FROM known AS k
    WHERE kind IN ('adjustment', 'write_off') AND placement = 'none' AND has_i
    UNION ALL
    SELECT k.*, 'mirrored', greatest(i_offset, void_offset), greatest(i_date, voided_on), -amount,
        NULL, issued_payer_type, invoice_provider, invoice_category
    FROM known AS k
    WHERE kind IN ('charge', 'adjustment', 'write_off') AND has_i AND void_offset IS NOT NULL
    UNION ALL
    -- The payment's method and payer take the place of `unknown`.
    SELECT k.*, side.effect, p_offset, p_date, side.sign * amount,
        CASE side.sign WHEN 1 THEN payment_method END,
        CASE side.sign WHEN 1 THEN payment_payer_type END,
        CASE WHEN knew_i THEN invoice_provider END, CASE WHEN knew_i THEN invoice_category END
    FROM known AS k
    CROSS JOIN (VALUES ('dimension_out'::move_effect, -1), ('dimension_in', 1)) AS side (effect, sign)
    WHERE has_dimensions AND needs_payment AND has_p AND NOT knew_p
    UNION ALL
    -- The invoice's provider and category (and, charge side, who owed) take the place of `unknown`.
    SELECT k.*, side.effect, i_offset, i_date, side.sign * amount,
        CASE WHEN NOT needs_payment THEN method
            WHEN knew_p OR NOT names_invoice THEN payment_method END,
        CASE WHEN kind = 'payment' THEN payer_type
            WHEN NOT needs_payment THEN CASE side.sign WHEN 1 THEN issued_payer_type END
            WHEN knew_p OR NOT names_invoice THEN payment_payer_type END,
        CASE side.sign WHEN 1 THEN invoice_provider END,
        CASE side.sign WHEN 1 THEN invoice_category END
    FROM known AS k
    CROSS JOIN (VALUES ('dimension_out'::move_effect, -1), ('dimension_in', 1)) AS side (effect, sign)
    WHERE has_dimensions AND has_i AND NOT knew_i
    UNION ALL
    -- Both came later, each on its own: whoever knows both sees the entry under both, and neither
    -- of the two moves above may count beside it.
    SELECT k.*, side.effect, pi_offset, pi_date, side.sign * amount,
        CASE WHEN side.with_p THEN payment_method END,
        CASE WHEN side.with_p THEN payment_payer_type END,
        CASE WHEN side.with_i THEN invoice_provider END,
        CASE WHEN side.with_i THEN invoice_category END
    FROM known AS k
    CROSS JOIN (VALUES
        ('dimension_in'::move_effect, 1, false, false), ('dimension_out', -1, true, false),
        ('dimension_out', -1, false, true), ('dimension_in', 1, true, true)
    ) AS side (effect, sign, with_p, with_i)
    WHERE has_dimensions AND needs_payment AND names_invoice
        AND has_p AND NOT knew_p AND has_i AND NOT knew_i
), made AS (
    INSERT INTO ledger_moves
    SELECT $1::bigint, at_offset, moved, clinic_no, at_date,
        CASE effect WHEN 'mirrored' THEN at_date ELSE business_date END, effect, kind,
        s.kafka_partition, leg, currency, source, event_id, patient_id, payment_id, target_invoice,
        m, t, r, g, reason
    FROM steps AS s
    JOIN unnest($2::smallint[], $3::bigint[]) AS batch (kafka_partition, first_offset)
        ON batch.kafka_partition = s.kafka_partition AND s.at_offset >= batch.first_offset
    RETURNING *
)
INSERT INTO new_moves SELECT * FROM made
