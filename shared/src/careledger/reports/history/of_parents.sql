    -- Those of the parents, and a stretch of whole events; in the one order of the ledger.
    AND (
        (payment_id IN (SELECT payment_id FROM payments)) IS TRUE
        OR (invoice_id IN (SELECT invoice_id FROM invoices)) IS TRUE
        OR (business_date, h.occurred_at, source, event_id) BETWEEN
            (:first_date::date, :first_instant::timestamptz, :first_source::text,
                :first_event::text)
            AND (:last_date::date, :last_instant::timestamptz, :last_source::text,
                :last_event::text)
    )
ORDER BY business_date, h.occurred_at, source, event_id, leg
