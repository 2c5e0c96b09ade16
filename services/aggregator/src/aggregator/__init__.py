"""Aggregator: facts become reports, each counted once."""
