"""A large ledger, made by SQL in the real schema: the load of the benchmark of the API."""
