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
EXPLAIN: Final = "/api/v1/reports/explain"
INDICATORS: Final = "/api/v1/reports/indicators"
MIX: Final = {
    "revenue": 35,
    "summary": 10,
    "outstanding": 15,
    "patient_by_id": 10,
    "patient_by_name": 10,
    "history": 10,
    "explain": 5,
    "indicators": 5,
}
_GRANULARITIES: Final = ("day", "day", "week", "month")
_SPANS: Final = {"day": 1, "week": 7, "month": 30}
_PERIOD_METRICS: Final = ("net_payments", "gross_payments", "refunds", "charges")
_BUCKETS: Final = ("current", "1-30", "31-60", "61-90", "over_90")
_DOLLAR_CLINICS: Final = 3


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
            case "explain":
                target = self._explained()
            case "indicators":
                start = self.last_day - timedelta(days=self._random.choice((30, 90, YEAR_DAYS)))
                target = (
                    f"{INDICATORS}?clinic_id={clinic}&start_date={start}&end_date={self.last_day}"
                )
            case "history":
                target = f"{PATIENTS}/P{patient}/history"
            case _:
                body = json.dumps({"name": name_of(patient)}).encode()
                return request(kind, token, "POST", f"{PATIENTS}/search", body)
        return request(kind, token, "GET", target)

    def _explained(self) -> str:
        """Ask what one figure is made of: a cell of revenue, a bucket, one account, credits."""
        choice = self._random.choice
        place = self._random.randrange(len(CLINICS))
        asked = f"{EXPLAIN}?currency={_currency(place)}"
        match choice(("cell", "bucket", "receivable", "patient", "credits")):
            case "cell":
                end = self.last_day - timedelta(days=self._random.randrange(1, YEAR_DAYS))
                start = end - timedelta(days=_SPANS[choice(_GRANULARITIES)] - 1)
                metric = choice(_PERIOD_METRICS)
                asked += f"&metric={metric}&start_date={start}&end_date={end}"
                return f"{asked}&clinic_id={CLINICS[place]}"
            case "bucket":
                bucket = choice(_BUCKETS)
                return f"{asked}&metric=outstanding&bucket={bucket}&clinic_id={CLINICS[place]}"
            case "credits":
                return f"{asked}&metric=unapplied_credits&clinic_id={CLINICS[place]}"
            case "receivable":
                invoice = self._random.randrange(self.size.invoices)
                place = invoice % self.size.patients % len(CLINICS)
                asked = f"{EXPLAIN}?currency={_currency(place)}&clinic_id={CLINICS[place]}"
                return f"{asked}&metric=receivable_balance&invoice_id=inv-{invoice}"
            case _:
                patient = self._random.randrange(self.size.patients)
                asked = f"{EXPLAIN}?currency={_currency(patient % len(CLINICS))}"
                return f"{asked}&metric=patient_balance&patient_id=P{patient}"

    def _token(self, number: int) -> str:
        return self.tokens[number % len(self.tokens)]


def _currency(place: int) -> str:
    """Return the currency of a clinic by its place in the list."""
    return "USD" if place < _DOLLAR_CLINICS else "EUR"
