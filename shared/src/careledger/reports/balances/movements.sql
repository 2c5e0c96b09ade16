-- What moved balances, summed per span: /*cohort*/ is the date that must lie in the span, and no
-- movement after the span's own last effective day counts. /*table*/ keeps them by that date.
, part AS (
    SELECT effective_on, /*cohort*/ AS cohort_on, currency, charges, charge_corrections,
        contractual_adjustments, other_adjustments, voids, written_off, effective_write_offs, landed,
        credited
    FROM /*table*/
    WHERE clinic_no = ANY(:clinic_nos::integer[])
        AND /*cohort*/ BETWEEN (SELECT min(f) FROM unnest(:firsts::date[]) AS f)
            AND (SELECT max(t) FROM unnest(:lasts::date[]) AS t)
    UNION ALL
    SELECT effective_on, /*cohort*/, currency, charges, charge_corrections,
        contractual_adjustments, other_adjustments, voids, written_off, effective_write_offs, landed,
        credited
    FROM movement_change
    WHERE clinic_no = ANY(:clinic_nos)
)
SELECT span.number, part.currency, sum(charges)::bigint AS charges,
    sum(charge_corrections)::bigint AS charge_corrections,
    sum(contractual_adjustments)::bigint AS contractual_adjustments,
    sum(other_adjustments)::bigint AS other_adjustments, sum(voids)::bigint AS voids,
    sum(written_off)::bigint AS written_off,
    sum(effective_write_offs)::bigint AS effective_write_offs, sum(landed)::bigint AS landed,
    sum(credited)::bigint AS credited
FROM unnest(:firsts, :lasts, :untils::date[]) WITH ORDINALITY AS span (first, last, until, number)
JOIN part ON part.cohort_on BETWEEN span.first AND span.last AND part.effective_on <= span.until
GROUP BY 1, 2
