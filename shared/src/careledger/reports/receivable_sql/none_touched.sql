-- What is kept is what stands.
WITH touched AS (SELECT clinic_no, invoice_id FROM unsettled_receivables WHERE false)
