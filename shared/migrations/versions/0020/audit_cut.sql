-- Removes the beginning of the sealed log and nothing else: no service may delete in audit_log. What
-- no published checkpoint of four weeks ago covers stays, whoever asks.
CREATE FUNCTION remove_audit_records(through bigint, at_most integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = reporting, pg_temp AS $$
DECLARE
    last bigint;
    removed bigint;
BEGIN
    SELECT max(sequence) INTO last FROM (
        SELECT sequence FROM audit_log
        WHERE sequence <= least(through, (
            SELECT max(sequence) FROM audit_checkpoints
            WHERE published_at < now() - interval '28 days'))
        ORDER BY sequence LIMIT at_most
    ) AS oldest;
    DELETE FROM audit_log WHERE sequence <= last;
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN removed;
END $$;

REVOKE ALL ON FUNCTION remove_audit_records(bigint, integer) FROM PUBLIC;

-- Activity is removed by its day.
CREATE INDEX audit_activity_day ON audit_activity (day);
