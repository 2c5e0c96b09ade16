"""What a run is asked to do."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

Mode = Literal["incremental", "range", "full", "reconcile"]


class Request(Struct, frozen=True, kw_only=True):
    """What a run is asked to do."""

    mode: Mode = "incremental"
    days: tuple[date, date] | None = None
    """Of a range: its first and last day."""
    refusals_accepted: bool = False
    """Go on however many rows are refused."""
    deletions_accepted: bool = False
    """Take rows back however many are gone."""
    turn: datetime | None = None
    """Of the schedule, if it asks: whose run this is."""
