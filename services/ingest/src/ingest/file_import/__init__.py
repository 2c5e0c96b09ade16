"""Files of rows or of events, brought in as a whole: read and judged to the end, then sent."""
