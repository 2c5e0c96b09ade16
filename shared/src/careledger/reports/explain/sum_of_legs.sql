SELECT coalesce(sum(contribution), 0)::bigint AS sum FROM chosen
