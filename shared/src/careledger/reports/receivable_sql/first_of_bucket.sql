    -- One without a plan ages by one date; the others are few, and have an index of their own.
    SELECT first.*
    FROM (
        (
            SELECT r.*
            FROM receivable AS r
            WHERE r.clinic_no = c.clinic_no AND /*open*/ AND r.installments IS NULL
                AND r.due_on >= :bucket_from::date
                AND (:after_no::integer IS NULL OR r./*key*/ /*not_before*/ :after_key)
                AND (:after_no IS NULL OR (r./*key*/, r.clinic_no, r.invoice_id)
                    /*after*/ (:after_key, :after_no, :after_id::text))
                AND /*conditions*/
            ORDER BY r./*key*/ /*order*/, r.invoice_id /*order*/
            LIMIT :rows
        )
        UNION ALL
        (
            SELECT r.*
            FROM receivable AS r
            WHERE r.clinic_no = c.clinic_no AND /*open*/ AND r.installments IS NOT NULL
                AND (:after_no IS NULL OR r./*key*/ /*not_before*/ :after_key)
                AND (:after_no IS NULL OR (r./*key*/, r.clinic_no, r.invoice_id)
                    /*after*/ (:after_key, :after_no, :after_id))
                AND /*conditions*/
            ORDER BY r./*key*/ /*order*/, r.invoice_id /*order*/
            LIMIT :rows
        )
    ) AS first
