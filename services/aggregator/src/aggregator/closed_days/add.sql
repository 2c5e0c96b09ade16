-- Adds what changed to days, month ends and movements. What is in the last bucket at a month end stays
-- there on every later day: month ends need no age above 91 days.
, added_days AS (
    INSERT INTO balance_days AS b (clinic_no, effective_on, aged_on, basis, currency, payer_type,
        in_collections, amount, count, negative_amount, negative_count)
    SELECT clinic_no, effective_on, aged_on, basis, currency, payer_type, in_collections, amount,
        count, negative_amount, negative_count
    FROM balance_change
    WHERE (amount, count, negative_amount, negative_count) <> (0, 0, 0, 0)
    ON CONFLICT (clinic_no, basis, effective_on, currency, aged_on, payer_type, in_collections)
    DO UPDATE SET amount = b.amount + excluded.amount, count = b.count + excluded.count,
        negative_amount = b.negative_amount + excluded.negative_amount,
        negative_count = b.negative_count + excluded.negative_count
), added_month_ends AS (
    INSERT INTO balance_month_ends AS b (clinic_no, month_end, aged_on, basis, currency, payer_type,
        in_collections, amount, count, negative_amount, negative_count)
    SELECT c.clinic_no, m.month_end, greatest(c.aged_on, m.month_end - 91), c.basis, c.currency,
        c.payer_type, c.in_collections, sum(c.amount), sum(c.count), sum(c.negative_amount), sum(c.negative_count)
    FROM balance_change AS c
    JOIN closed_month_ends AS m ON m.month_end >= c.effective_on
    GROUP BY 1, 2, 3, 4, 5, 6, 7
    HAVING (sum(c.amount), sum(c.count), sum(c.negative_amount), sum(c.negative_count))
        <> (0, 0, 0, 0)
    ON CONFLICT (clinic_no, basis, month_end, currency, aged_on, payer_type, in_collections)
    DO UPDATE SET amount = b.amount + excluded.amount, count = b.count + excluded.count,
        negative_amount = b.negative_amount + excluded.negative_amount,
        negative_count = b.negative_count + excluded.negative_count
), added_movements AS (
    INSERT INTO movement_days AS b (clinic_no, effective_on, issued_on, service_on, currency, charges,
        charge_corrections, contractual_adjustments, other_adjustments, voids, written_off,
        effective_write_offs, landed, credited)
    SELECT clinic_no, effective_on, issued_on, service_on, currency, charges, charge_corrections,
        contractual_adjustments, other_adjustments, voids, written_off, effective_write_offs, landed,
        credited
    FROM movement_change
    WHERE (charges, charge_corrections, contractual_adjustments, other_adjustments, voids, written_off,
        effective_write_offs, landed, credited) <> (0, 0, 0, 0, 0, 0, 0, 0, 0)
    ON CONFLICT (clinic_no, effective_on, currency, service_on, issued_on)
    DO UPDATE SET charges = b.charges + excluded.charges,
        charge_corrections = b.charge_corrections + excluded.charge_corrections,
        contractual_adjustments = b.contractual_adjustments + excluded.contractual_adjustments,
        other_adjustments = b.other_adjustments + excluded.other_adjustments,
        voids = b.voids + excluded.voids, written_off = b.written_off + excluded.written_off,
        effective_write_offs = b.effective_write_offs + excluded.effective_write_offs,
        landed = b.landed + excluded.landed, credited = b.credited + excluded.credited
), changed_total AS (
    SELECT clinic_no, effective_on, currency, sum(charges)::bigint AS charges,
        sum(charge_corrections)::bigint AS charge_corrections,
        sum(contractual_adjustments)::bigint AS contractual_adjustments,
        sum(other_adjustments)::bigint AS other_adjustments, sum(voids)::bigint AS voids,
        sum(written_off)::bigint AS written_off,
        sum(effective_write_offs)::bigint AS effective_write_offs, sum(landed)::bigint AS landed,
        sum(credited)::bigint AS credited
    FROM movement_change
    GROUP BY clinic_no, effective_on, currency
), added_totals AS (
    INSERT INTO movement_totals AS b (clinic_no, effective_on, currency, charges,
        charge_corrections, contractual_adjustments, other_adjustments, voids, written_off,
        effective_write_offs, landed, credited)
    SELECT clinic_no, effective_on, currency, charges, charge_corrections, contractual_adjustments,
        other_adjustments, voids, written_off, effective_write_offs, landed, credited
    FROM changed_total
    WHERE (charges, charge_corrections, contractual_adjustments, other_adjustments, voids,
        written_off, effective_write_offs, landed, credited) <> (0, 0, 0, 0, 0, 0, 0, 0, 0)
    ON CONFLICT (clinic_no, effective_on, currency)
    DO UPDATE SET charges = b.charges + excluded.charges,
        charge_corrections = b.charge_corrections + excluded.charge_corrections,
        contractual_adjustments = b.contractual_adjustments + excluded.contractual_adjustments,
        other_adjustments = b.other_adjustments + excluded.other_adjustments,
        voids = b.voids + excluded.voids, written_off = b.written_off + excluded.written_off,
        effective_write_offs = b.effective_write_offs + excluded.effective_write_offs,
        landed = b.landed + excluded.landed, credited = b.credited + excluded.credited
)
-- The accounting identity: what changed the net balance of a day is what moved it. Rows that do not
-- agree; there are none.
SELECT clinic_no, effective_on, currency, sum(amount)::bigint AS difference
FROM (
    SELECT clinic_no, effective_on, currency, charges + charge_corrections - contractual_adjustments
        - other_adjustments - voids - effective_write_offs - landed - credited AS amount
    FROM changed_total
    UNION ALL
    SELECT clinic_no, effective_on, currency,
        CASE basis WHEN 'due_date' THEN negative_amount - amount ELSE amount - negative_amount END
    FROM balance_change
    WHERE basis IN ('due_date', 'received_on')
) AS part
GROUP BY clinic_no, effective_on, currency
HAVING sum(amount) <> 0
