"""The turns of a cron expression, in the zone of the instant asked about."""

from __future__ import annotations

from datetime import datetime

from cronsim import CronSim


def last_turn(expression: str, before: datetime) -> datetime:
    """Return the last turn before an instant."""
    return next(CronSim(expression, before, reverse=True))


def next_turn(expression: str, after: datetime) -> datetime:
    """Return the first turn after an instant."""
    return next(CronSim(expression, after))
