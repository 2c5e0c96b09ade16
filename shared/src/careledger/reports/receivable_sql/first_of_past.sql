    -- Those that nothing later touched stand in their index; the others are restored, and few.
    SELECT first.*
    FROM (
        (
            SELECT r.clinic_no, r.invoice_id, r.patient_id, r.currency, r.charge, r.adjustments, r.written_off,
                r.landed, r.balance, r.issued_on, r.service_date, r.due_on, r.voided_on,
                r.in_collections, r.is_open, r.payer_type, r.provider, r.category, r.installments
            FROM outstanding_payments AS r
            WHERE r.clinic_no = c.clinic_no AND /*open*/
                AND (r.clinic_no, r.invoice_id) NOT IN (
                    SELECT clinic_no, invoice_id FROM touched WHERE invoice_id IS NOT NULL)
                AND (:after_no::integer IS NULL OR r./*key*/ /*not_before*/ :after_key)
                AND (:after_no IS NULL OR (r./*key*/, r.clinic_no, r.invoice_id)
                    /*after*/ (:after_key, :after_no, :after_id::text))
                AND /*conditions*/
            ORDER BY r./*key*/ /*order*/, r.invoice_id /*order*/
            LIMIT :rows
        )
        UNION ALL
        (
            SELECT r.clinic_no, r.invoice_id, r.patient_id, r.currency, r.charge, r.adjustments, r.written_off,
                r.landed, r.balance, r.issued_on, r.service_date, r.due_on, r.voided_on,
                r.in_collections, r.is_open, r.payer_type, r.provider, r.category, r.installments
            FROM restored AS r
            WHERE r.clinic_no = c.clinic_no AND /*open*/
                AND (:after_no::integer IS NULL OR r./*key*/ /*not_before*/ :after_key)
                AND (:after_no IS NULL OR (r./*key*/, r.clinic_no, r.invoice_id)
                    /*after*/ (:after_key, :after_no, :after_id::text))
                AND /*conditions*/
            ORDER BY r./*key*/ /*order*/, r.invoice_id /*order*/
            LIMIT :rows
        )
    ) AS first
