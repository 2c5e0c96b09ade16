"""HTTP inlets: events for anybody with a token of a source, control for report-api alone."""
