"""The demo's data: a small Synthea population to import, and live traffic to send."""
