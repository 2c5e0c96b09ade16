, receivable AS (
    SELECT 1 AS sign, clinic_no, invoice_id, patient_id, currency, charge, adjustments, written_off, landed, balance,
        issued_on, service_date, due_on, voided_on, in_collections, is_open, payer_type, provider,
        category, installments
    FROM recomputed
), held AS (
    SELECT 1 AS sign, currency, coalesce(sum(amount) FILTER (WHERE NOT has_invoice), 0)::bigint AS credit,
        max(payer_type) FILTER (WHERE kind = 'payment') AS payer_type,
        max(business_date) FILTER (WHERE kind = 'payment') AS received_on
    FROM placed
    WHERE is_money AND has_payment
    GROUP BY clinic_no, patient_id, currency, payment_id
)
