"""A practice's own database as a source: a mapping says what its columns are."""
