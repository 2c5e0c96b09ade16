"""Ingest: facts come in; personal identifiers go no further."""
