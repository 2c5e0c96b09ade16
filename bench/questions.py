"""What the benchmark asks the report API: the same questions in the same order every time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from bench.http_load import Request, request
from bench.ledger.load import CLINICS, YEARS, Size, name_of

YEAR_DAYS: Final = 365
REVENUE: Final = "/api/v1/reports/revenue"
OUTSTANDING: Final = "/api/v1/reports/outstanding"
PATIENTS: Final = "/api/v1/reports/patients"
MIX: Final = {
    "revenue": 40,
    "summary": 15,
    "outstanding": 15,
    "patient_by_id": 10,
    "patient_by_name": 10,
    "history": 10,
}
_GRANULARITIES: Final = ("day", "day", "week", "month")


@dataclass
class Questions:
    """Asks about a loaded ledger, each time as another of some users."""

    tokens: Sequence[str]
    size: Size
    last_day: date

    def __post_init__(self) -> None:
        self._random = Random(11)  # noqa: S311 - a load, not a secret
        self._kinds = [kind for kind, share in MIX.items() for _ in range(share)]

    def year_of_one_clinic(self, number: int) -> Request:
        """Ask for a year of daily revenue of one clinic; clinics and years differ."""
        end = self.last_day - timedelta(days=number * 7 % (YEAR_DAYS * (YEARS - 1)))
        start = end - timedelta(days=YEAR_DAYS - 1)
        clinic = CLINICS[number % len(CLINICS)]
        target = f"{REVENUE}?clinic_id={clinic}&start_date={start}&end_date={end}"
        return request("revenue", self._token(number), "GET", target)

    def the_same_years(self, number: int) -> Request:
        """Ask for the last year of daily revenue of each clinic in turn."""
        return self.year_of_one_clinic(number % len(CLINICS))._replace(kind="revenue_again")

    def mixed(self, number: int) -> Request:
        """Ask as a working day does: reports, lists, searches and histories."""
        kind = self._random.choice(self._kinds)
        token = self._token(number)
        patient = self._random.randrange(self.size.patients)
        clinic = self._random.choice(CLINICS)
        match kind:
            case "revenue":
                days = self._random.choice((30, 90, YEAR_DAYS))
                end = self.last_day - timedelta(days=self._random.randrange(YEAR_DAYS))
                start = end - timedelta(days=days)
                grain = self._random.choice(_GRANULARITIES)
                target = (
                    f"{REVENUE}?clinic_id={clinic}&start_date={start}&end_date={end}"
                    f"&granularity={grain}"
                )
            case "summary":
                target = f"{OUTSTANDING}/summary"
            case "outstanding":
                target = f"{OUTSTANDING}?clinic_id={clinic}&limit=50"
            case "patient_by_id":
                target = f"{PATIENTS}?patient_id=P{patient}"
            case "history":
                target = f"{PATIENTS}/P{patient}/history"
            case _:
                body = json.dumps({"name": name_of(patient)}).encode()
                return request(kind, token, "POST", f"{PATIENTS}/search", body)
        return request(kind, token, "GET", target)

    def _token(self, number: int) -> str:
        return self.tokens[number % len(self.tokens)]
