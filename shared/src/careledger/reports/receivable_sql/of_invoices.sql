-- Some invoices; everything is computed from their patients' own entries.
WITH wanted AS MATERIALIZED (
    SELECT clinic_no, patient_id, invoice_id
    FROM unnest(:wanted_clinics::integer[], :wanted_patients::text[], :wanted_invoices::text[])
        AS w (clinic_no, patient_id, invoice_id)
), anew AS MATERIALIZED (
    SELECT DISTINCT clinic_no, patient_id COLLATE "C" AS patient_id FROM wanted
)
