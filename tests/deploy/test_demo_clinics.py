"""The clinics of the demonstration are registered as its data need them."""

import csv
from pathlib import Path

from deploy.demo.clinics import CLINICS as LIVE_CLINICS
from deploy.local.demo_data import CLINICS, SYNTHEA, SYNTHEA_ZONE


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_clinic_of_the_live_traffic_is_registered_as_it_sends() -> None:
    registered = {row["clinic_id"]: row for row in rows(CLINICS)}

    for clinic in LIVE_CLINICS:
        row = registered[clinic.clinic_id]
        assert row["name"] == clinic.name
        assert row["time_zone"] == clinic.time_zone
        assert row["terms_days"] == str(clinic.terms_days)


def test_every_place_of_care_of_the_histories_is_registered_in_their_zone() -> None:
    registered = {row["clinic_id"]: row for row in rows(CLINICS)}

    for place in rows(SYNTHEA / "organizations.csv"):
        assert registered[place["Id"]]["name"] == place["NAME"]
        assert registered[place["Id"]]["time_zone"] == SYNTHEA_ZONE
