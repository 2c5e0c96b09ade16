-- Beside the balances: what everything that moved them until the latest of the days comes to.
UNION ALL
SELECT :last_day::date, 'moved', currency, NULL, NULL, NULL,
    sum(charges + charge_corrections - contractual_adjustments - other_adjustments - voids
        - effective_write_offs - landed - credited)::bigint, NULL, NULL, NULL
FROM (
    SELECT clinic_no, effective_on, currency, charges, charge_corrections, contractual_adjustments,
        other_adjustments, voids, effective_write_offs, landed, credited
    FROM movement_totals
    UNION ALL
    SELECT clinic_no, effective_on, currency, charges, charge_corrections, contractual_adjustments,
        other_adjustments, voids, effective_write_offs, landed, credited
    FROM movement_change
) AS moved
WHERE clinic_no = ANY(:clinic_nos) AND effective_on <= :last_day
GROUP BY currency
