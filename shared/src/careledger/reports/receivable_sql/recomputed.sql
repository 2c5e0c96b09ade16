-- Invoices and payments of the patients in `anew` from nothing but their entries in the set: the
-- formulas themselves, no move and no sum kept elsewhere. Windows instead of joins: the planner
-- cannot know how many rows there are, and a wrong guess would cost the square of them.
, entries AS (
    SELECT l.clinic_no, l.patient_id, l.business_date, l.occurred_at, l.source, l.event_id, l.leg,
        l.kind, l.amount, l.currency, l.payment_id, l.invoice_id, l.payer_type, l.provider,
        l.category, l.service_date, l.due_on, l.installments,
        l.kind IN ('payment', 'correction', 'refund', 'chargeback', 'chargeback_reversal',
                   'allocation') AS is_money,
        bool_or(l.kind = 'payment') OVER payment AS has_payment,
        max(l.invoice_id) FILTER (WHERE l.kind = 'payment') OVER payment AS payment_invoice
    FROM anew
    JOIN ledger AS l ON l.clinic_no = anew.clinic_no AND l.patient_id = anew.patient_id
    WHERE l.business_date <= :as_of
        AND l.kafka_offset < (:vector::bigint[])[l.kafka_partition + 1]
    WINDOW payment AS (PARTITION BY l.clinic_no, l.patient_id, l.currency, l.payment_id)
), aimed AS (
    SELECT *, CASE WHEN is_money THEN coalesce(invoice_id, payment_invoice) ELSE invoice_id END
        AS target
    FROM entries
), met AS (
    SELECT *, max(currency) FILTER (WHERE kind = 'charge')
        OVER (PARTITION BY clinic_no, patient_id, target) AS issued_in
    FROM aimed
), placed AS MATERIALIZED (
    SELECT *, target IS NOT NULL AND issued_in IS NOT NULL AND coalesce(currency, issued_in) = issued_in
        AS has_invoice
    FROM met
), gathered AS (
    SELECT clinic_no, target AS invoice_id, patient_id, issued_in AS currency,
        sum(amount) FILTER (WHERE kind = 'charge')::bigint AS charge,
        coalesce(sum(amount) FILTER (WHERE kind = 'adjustment'), 0)::bigint AS adjustments,
        coalesce(sum(amount) FILTER (WHERE kind = 'write_off'), 0)::bigint AS written_off,
        coalesce(sum(amount) FILTER (WHERE is_money), 0)::bigint AS landed,
        max(business_date) FILTER (WHERE kind = 'charge') AS issued_on,
        max(service_date) FILTER (WHERE kind = 'charge') AS service_date,
        max(provider) FILTER (WHERE kind = 'charge') AS provider,
        max(category) FILTER (WHERE kind = 'charge') AS category,
        min(business_date) FILTER (WHERE kind = 'void') AS voided_on,
        -- Of each kind of fact the latest holds, and any before what the charge itself says.
        array_agg(due_on ORDER BY kind = 'charge', business_date DESC, occurred_at DESC, source DESC,
            event_id DESC) FILTER (WHERE kind IN ('charge', 'due_date')) AS dues,
        array_agg(installments ORDER BY kind = 'charge', business_date DESC, occurred_at DESC,
            source DESC, event_id DESC) FILTER (WHERE kind IN ('charge', 'due_date')) AS plans,
        array_agg(payer_type ORDER BY kind = 'charge', business_date DESC, occurred_at DESC,
            source DESC, event_id DESC) FILTER (WHERE kind IN ('charge', 'responsibility')) AS payers,
        array_agg(kind ORDER BY business_date DESC, occurred_at DESC, source DESC, event_id DESC)
            FILTER (WHERE kind IN ('sent_to_collections', 'recalled_from_collections')) AS collections
    FROM placed
    WHERE has_invoice AND (NOT is_money OR has_payment)
    GROUP BY clinic_no, patient_id, target, issued_in
), recomputed AS MATERIALIZED (
    SELECT g.clinic_no, g.invoice_id, g.patient_id, g.currency, g.charge, g.adjustments,
        g.written_off, g.landed, b.balance, g.issued_on, g.service_date,
        receivable_due_on(b.balance, g.dues[1], g.plans[1]) AS due_on, g.voided_on,
        coalesce(g.collections[1] = 'sent_to_collections', false) AS in_collections,
        b.balance > 0 AS is_open, g.payers[1] AS payer_type, g.provider, g.category,
        g.plans[1] AS installments
    FROM gathered AS g
    CROSS JOIN LATERAL receivable_balance(
        g.charge, g.adjustments, g.written_off, g.landed, g.voided_on IS NOT NULL) AS b (balance)
)
