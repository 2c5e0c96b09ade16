"""A run over a practice's database: what is new or changed there becomes events, once."""
