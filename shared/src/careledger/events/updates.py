"""What changed just now, for live pages: clinics, reports, dates, watermark; no figures."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

ReportName = Literal["revenue", "patients", "outstanding"]


class ReportUpdate(Struct, kw_only=True, frozen=True):
    """One committed batch changed these reports of this clinic for these business dates."""

    clinic_id: str
    reports: tuple[ReportName, ...]
    first_date: date
    last_date: date
    watermark: str
