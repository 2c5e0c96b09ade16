"""The rules of a clinic: the zone and terms in force at an instant, and the day there; pure."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo


@dataclass(slots=True)
class ClinicVersion:
    """What dates and due dates depend on, from one append time on."""

    clinic_no: int
    zone: ZoneInfo
    terms_days: int
    numeric_patient_ids: bool

    def local_date(self, instant: datetime) -> date:
        """Return the clinic's calendar day of an instant."""
        return instant.astimezone(self.zone).date()


@dataclass(slots=True)
class ClinicHistory:
    """The versions of one clinic in order of the append time from which each holds."""

    valid_from: list[datetime] = field(default_factory=list[datetime])
    versions: list[ClinicVersion] = field(default_factory=list[ClinicVersion])

    def at(self, appended_at: datetime) -> ClinicVersion:
        """Return the version in force; the first one also holds for anything before it."""
        if len(self.versions) == 1:
            return self.versions[0]
        return self.versions[max(0, bisect_right(self.valid_from, appended_at) - 1)]


@dataclass(frozen=True, slots=True)
class Defaults:
    """Zone and terms of a clinic that its first event registers."""

    time_zone: str
    terms_days: int
