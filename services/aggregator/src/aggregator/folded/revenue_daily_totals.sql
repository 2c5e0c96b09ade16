-- Revenue of each business date, clinic and currency; at most $3 rows of
-- the shards $2 are folded into those of the shard $1.
WITH moved AS (
    DELETE FROM revenue_daily_totals WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM revenue_daily_totals
        WHERE shard > 0 AND shard > $1 AND shard = ANY ($2) LIMIT $3))
    RETURNING *
), folded AS (
    INSERT INTO revenue_daily_totals AS whole (
        shard, clinic_no, currency, business_date,
        gross_payments, payment_count, refunds, refund_count, chargebacks, payment_corrections,
        processor_fees, charges, charge_count, charge_corrections, contractual_adjustments,
        other_adjustments, voids, write_offs
    )
    SELECT $1, clinic_no, currency, business_date,
        whole_sum(gross_payments), whole_sum(payment_count), whole_sum(refunds),
        whole_sum(refund_count), whole_sum(chargebacks), whole_sum(payment_corrections),
        whole_sum(processor_fees), whole_sum(charges), whole_sum(charge_count),
        whole_sum(charge_corrections), whole_sum(contractual_adjustments),
        whole_sum(other_adjustments), whole_sum(voids), whole_sum(write_offs)
    FROM moved
    GROUP BY clinic_no, currency, business_date
    ORDER BY clinic_no, currency, business_date
    ON CONFLICT (
        shard, clinic_no, currency, business_date
    ) DO UPDATE SET
        gross_payments = whole.gross_payments + excluded.gross_payments,
        payment_count = whole.payment_count + excluded.payment_count,
        refunds = whole.refunds + excluded.refunds,
        refund_count = whole.refund_count + excluded.refund_count,
        chargebacks = whole.chargebacks + excluded.chargebacks,
        payment_corrections = whole.payment_corrections + excluded.payment_corrections,
        processor_fees = whole.processor_fees + excluded.processor_fees,
        charges = whole.charges + excluded.charges,
        charge_count = whole.charge_count + excluded.charge_count,
        charge_corrections = whole.charge_corrections + excluded.charge_corrections,
        contractual_adjustments = whole.contractual_adjustments + excluded.contractual_adjustments,
        other_adjustments = whole.other_adjustments + excluded.other_adjustments,
        voids = whole.voids + excluded.voids,
        write_offs = whole.write_offs + excluded.write_offs
)
SELECT count(*) FROM moved
