"""Retention: whole stories that lie behind the horizon are removed, and nothing else is."""
