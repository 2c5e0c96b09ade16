"""Report API: reports go out to those allowed, and every look is recorded."""
