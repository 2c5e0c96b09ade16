-- What moved balances, summed per span: /*cohort*/ is the date that must lie in the span, and no
-- movement after the span's own last effective day counts. /*table*/ keeps them by that date, and of
-- each span its own days are read.
SELECT span.number, of_span.*
FROM unnest(:firsts::date[], :lasts::date[], :untils::date[])
    WITH ORDINALITY AS span (first, last, until, number)
CROSS JOIN LATERAL (
    SELECT currency, whole_sum(charges) AS charges, whole_sum(charge_corrections) AS charge_corrections,
        whole_sum(contractual_adjustments) AS contractual_adjustments,
        whole_sum(other_adjustments) AS other_adjustments, whole_sum(voids) AS voids,
        whole_sum(written_off) AS written_off, whole_sum(effective_write_offs) AS effective_write_offs,
        whole_sum(landed) AS landed, whole_sum(credited) AS credited
    FROM (
        SELECT currency, charges, charge_corrections, contractual_adjustments, other_adjustments, voids,
            written_off, effective_write_offs, landed, credited
        FROM /*table*/
        WHERE clinic_no = ANY(:clinic_nos::integer[]) AND /*cohort*/ BETWEEN span.first AND span.last
            AND effective_on <= span.until
        UNION ALL
        SELECT currency, charges, charge_corrections, contractual_adjustments, other_adjustments, voids,
            written_off, effective_write_offs, landed, credited
        FROM movement_change
        WHERE clinic_no = ANY(:clinic_nos) AND /*cohort*/ BETWEEN span.first AND span.last
            AND effective_on <= span.until
    ) AS part
    GROUP BY currency
) AS of_span
