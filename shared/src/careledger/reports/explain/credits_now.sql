-- Payments that hold a credit now: all of them have an index of their own.
WITH credit AS (
    SELECT clinic_no, patient_id, payment_id, credit
    FROM payments
    WHERE clinic_no = ANY(:clinic_nos::integer[]) AND credit <> 0 AND currency = :currency::text
)
