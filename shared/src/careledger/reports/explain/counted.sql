WITH counted AS MATERIALIZED (
    SELECT kind, counted_group, is_mirror, weight
    FROM unnest(:kinds::text[], :groups::text[], :mirrors::boolean[], :weights::integer[])
        AS c (kind, counted_group, is_mirror, weight)
)
