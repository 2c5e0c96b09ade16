"""PDF worker: a report becomes a document."""
