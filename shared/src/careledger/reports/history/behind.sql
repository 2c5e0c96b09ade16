    -- Those behind one of them, in the one order of the ledger.
    AND (business_date, h.occurred_at, source, event_id, leg) > (:after_date,
        :after_instant::timestamptz, :after_source::text, :after_event::text, :after_leg::integer)
ORDER BY business_date, h.occurred_at, source, event_id, leg
LIMIT :rows::bigint
