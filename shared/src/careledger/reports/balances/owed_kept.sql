-- The same as owed_now.sql while nothing is recorded beyond the offsets kept: what is kept per day is all.
SELECT currency, whole_sum(charges + charge_corrections - contractual_adjustments - other_adjustments
    - voids - effective_write_offs - landed - credited) AS owed
FROM movement_totals
WHERE clinic_no = ANY(:clinic_nos::integer[])
GROUP BY currency
