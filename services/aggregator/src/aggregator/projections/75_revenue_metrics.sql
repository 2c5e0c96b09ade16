-- Revenue of each business date per combination of dimensions, in the shard ($1) of this writer.
INSERT INTO revenue_metrics AS r (
    shard, clinic_no, business_date, currency, method, payer_type, provider, category,
    gross_payments, payment_count, refunds, refund_count, chargebacks, payment_corrections,
    processor_fees, charges, charge_count, charge_corrections, contractual_adjustments,
    other_adjustments, voids, write_offs
)
SELECT $1, clinic_no, business_date, currency, method, payer_type, provider, category,
    coalesce(sum(amount) FILTER (WHERE kind = 'payment'), 0),
    coalesce(sum(sign) FILTER (WHERE kind = 'payment'), 0),
    coalesce(-sum(amount) FILTER (WHERE kind = 'refund'), 0),
    coalesce(sum(sign) FILTER (WHERE kind = 'refund'), 0),
    coalesce(-sum(amount) FILTER (WHERE kind IN ('chargeback', 'chargeback_reversal')), 0),
    coalesce(sum(amount) FILTER (WHERE kind = 'correction'), 0),
    coalesce(sum(amount) FILTER (WHERE kind = 'fee'), 0),
    coalesce(sum(amount) FILTER (WHERE kind = 'charge' AND NOT mirrored), 0),
    coalesce(sum(sign) FILTER (WHERE kind = 'charge' AND NOT mirrored), 0),
    coalesce(sum(amount) FILTER (
        WHERE kind = 'adjustment' AND NOT mirrored AND reason = 'correction'), 0),
    coalesce(-sum(amount) FILTER (
        WHERE kind = 'adjustment' AND NOT mirrored AND reason = 'contractual'), 0),
    coalesce(-sum(amount) FILTER (WHERE kind = 'adjustment' AND NOT mirrored
        AND reason NOT IN ('correction', 'contractual')), 0),
    coalesce(-sum(amount) FILTER (WHERE kind IN ('charge', 'adjustment') AND mirrored), 0),
    coalesce(sum(amount) FILTER (WHERE kind = 'write_off'), 0)
FROM measured
GROUP BY clinic_no, business_date, currency, method, payer_type, provider, category
ORDER BY clinic_no, business_date, currency, method, payer_type, provider, category
ON CONFLICT (clinic_no, business_date, shard, currency, method, payer_type, provider, category)
DO UPDATE SET
    gross_payments = r.gross_payments + excluded.gross_payments,
    payment_count = r.payment_count + excluded.payment_count,
    refunds = r.refunds + excluded.refunds,
    refund_count = r.refund_count + excluded.refund_count,
    chargebacks = r.chargebacks + excluded.chargebacks,
    payment_corrections = r.payment_corrections + excluded.payment_corrections,
    processor_fees = r.processor_fees + excluded.processor_fees,
    charges = r.charges + excluded.charges,
    charge_count = r.charge_count + excluded.charge_count,
    charge_corrections = r.charge_corrections + excluded.charge_corrections,
    contractual_adjustments = r.contractual_adjustments + excluded.contractual_adjustments,
    other_adjustments = r.other_adjustments + excluded.other_adjustments,
    voids = r.voids + excluded.voids,
    write_offs = r.write_offs + excluded.write_offs
