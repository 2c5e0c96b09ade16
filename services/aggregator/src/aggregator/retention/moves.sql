-- Removes what later parents did to the removed entries.
WITH gone AS (
    DELETE FROM ledger_moves AS m
    USING (
        SELECT DISTINCT clinic_no, patient_id
        FROM unnest(:clinics::integer[], :patients::text[]) AS a (clinic_no, patient_id)
    ) AS a
    WHERE m.clinic_no = a.clinic_no AND m.patient_id = a.patient_id
        AND m.effective_on < :horizon::date
        AND ((m.clinic_no, m.patient_id, m.payment_id) IN (
                SELECT * FROM unnest(:payment_clinics::integer[], :payment_patients::text[],
                    :payment_ids::text[]))
            OR (m.clinic_no, m.patient_id, m.invoice_id) IN (
                SELECT * FROM unnest(:invoice_clinics::integer[], :invoice_patients::text[],
                    :invoice_ids::text[])))
    RETURNING 1
)
SELECT count(*) AS moves FROM gone
