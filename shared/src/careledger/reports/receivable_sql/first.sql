    SELECT r.*
    FROM receivable AS r
    WHERE r.clinic_no = c.clinic_no AND /*open*/
        AND (:after_no::integer IS NULL OR r./*key*/ /*not_before*/ :after_key)
        AND (:after_no IS NULL
            OR (r./*key*/, r.clinic_no, r.invoice_id) /*after*/ (:after_key, :after_no, :after_id::text))
        AND /*conditions*/
    ORDER BY r./*key*/ /*order*/, r.invoice_id /*order*/
    LIMIT :rows
