SELECT coalesce(sum(credit), 0)::bigint AS sum FROM credit WHERE sign(credit) = :sign::integer
