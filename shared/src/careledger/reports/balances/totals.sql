-- What moved balances until the end of a day, all of it, per currency.
, part AS (
    SELECT currency, charges, charge_corrections, contractual_adjustments, other_adjustments, voids,
        written_off, effective_write_offs, landed, credited
    FROM movement_totals
    WHERE clinic_no = ANY(:clinic_nos::integer[]) AND effective_on <= :last_day::date
    UNION ALL
    SELECT currency, charges, charge_corrections, contractual_adjustments, other_adjustments, voids,
        written_off, effective_write_offs, landed, credited
    FROM movement_change
    WHERE clinic_no = ANY(:clinic_nos) AND effective_on <= :last_day
)
SELECT 0 AS number, currency, sum(charges)::bigint AS charges,
    sum(charge_corrections)::bigint AS charge_corrections,
    sum(contractual_adjustments)::bigint AS contractual_adjustments,
    sum(other_adjustments)::bigint AS other_adjustments, sum(voids)::bigint AS voids,
    sum(written_off)::bigint AS written_off,
    sum(effective_write_offs)::bigint AS effective_write_offs, sum(landed)::bigint AS landed,
    sum(credited)::bigint AS credited
FROM part
GROUP BY currency
