-- Revenue of each business date, clinic and currency, in the shard ($1) of this writer.
MERGE INTO revenue_daily_totals AS r
USING (
    SELECT clinic_no, currency, business_date,
        coalesce(sum(amount) FILTER (WHERE kind = 'payment'), 0)::bigint AS gross_payments,
        coalesce(sum(sign) FILTER (WHERE kind = 'payment'), 0)::bigint AS payment_count,
        coalesce(-sum(amount) FILTER (WHERE kind = 'refund'), 0)::bigint AS refunds,
        coalesce(sum(sign) FILTER (WHERE kind = 'refund'), 0)::bigint AS refund_count,
        coalesce(-sum(amount) FILTER (WHERE kind IN ('chargeback', 'chargeback_reversal')), 0)::bigint AS chargebacks,
        coalesce(sum(amount) FILTER (WHERE kind = 'correction'), 0)::bigint AS payment_corrections,
        coalesce(sum(amount) FILTER (WHERE kind = 'fee'), 0)::bigint AS processor_fees,
        coalesce(sum(amount) FILTER (WHERE kind = 'charge' AND NOT mirrored), 0)::bigint AS charges,
        coalesce(sum(sign) FILTER (WHERE kind = 'charge' AND NOT mirrored), 0)::bigint AS charge_count,
        coalesce(sum(amount) FILTER (
            WHERE kind = 'adjustment' AND NOT mirrored AND reason = 'correction'), 0)::bigint AS charge_corrections,
        coalesce(-sum(amount) FILTER (
            WHERE kind = 'adjustment' AND NOT mirrored AND reason = 'contractual'), 0)::bigint AS contractual_adjustments,
        coalesce(-sum(amount) FILTER (WHERE kind = 'adjustment' AND NOT mirrored
            AND reason NOT IN ('correction', 'contractual')), 0)::bigint AS other_adjustments,
        coalesce(-sum(amount) FILTER (WHERE kind IN ('charge', 'adjustment') AND mirrored), 0)::bigint AS voids,
        coalesce(sum(amount) FILTER (WHERE kind = 'write_off'), 0)::bigint AS write_offs
    FROM measured
    GROUP BY clinic_no, currency, business_date
    ORDER BY clinic_no, currency, business_date
) AS d
ON r.shard = $1 AND r.clinic_no = d.clinic_no
    AND r.currency = d.currency
    AND r.business_date = d.business_date
WHEN MATCHED THEN UPDATE SET
    gross_payments = r.gross_payments + d.gross_payments,
    payment_count = r.payment_count + d.payment_count,
    refunds = r.refunds + d.refunds,
    refund_count = r.refund_count + d.refund_count,
    chargebacks = r.chargebacks + d.chargebacks,
    payment_corrections = r.payment_corrections + d.payment_corrections,
    processor_fees = r.processor_fees + d.processor_fees,
    charges = r.charges + d.charges,
    charge_count = r.charge_count + d.charge_count,
    charge_corrections = r.charge_corrections + d.charge_corrections,
    contractual_adjustments = r.contractual_adjustments + d.contractual_adjustments,
    other_adjustments = r.other_adjustments + d.other_adjustments,
    voids = r.voids + d.voids,
    write_offs = r.write_offs + d.write_offs
WHEN NOT MATCHED THEN INSERT (
    shard, clinic_no, currency, business_date, gross_payments, payment_count, refunds,
    refund_count, chargebacks, payment_corrections, processor_fees, charges, charge_count,
    charge_corrections, contractual_adjustments, other_adjustments, voids, write_offs
) VALUES (
    $1, d.clinic_no, d.currency, d.business_date, d.gross_payments, d.payment_count, d.refunds,
    d.refund_count, d.chargebacks, d.payment_corrections, d.processor_fees, d.charges,
    d.charge_count, d.charge_corrections, d.contractual_adjustments, d.other_adjustments, d.voids,
    d.write_offs
)
