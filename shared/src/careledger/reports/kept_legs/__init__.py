"""Sums of legs per day, kept behind the log from the legs themselves, at any watermark."""
