"""The registry of clinics over HTTP."""

import asyncio
from typing import Any

import pytest

from support.report_api import RunningReportApi

pytestmark = pytest.mark.integration

NORTH = {"name": "North Clinic", "time_zone": "America/New_York", "terms_days": 30}


async def versions(report_api: RunningReportApi) -> int:
    count: int = await report_api.connection.fetchval("SELECT count(*) FROM clinic_versions")
    return count


async def test_a_clinic_is_registered_and_read_back(report_api: RunningReportApi) -> None:
    admin = await report_api.user("admin")

    created = await admin.put("/api/v1/clinics/north", json=NORTH)
    read = await admin.get("/api/v1/clinics/north")

    assert (created.status_code, read.status_code) == (201, 200)
    assert read.json() == created.json()
    assert read.json()["confirmed"]


async def test_the_same_again_changes_nothing(report_api: RunningReportApi) -> None:
    admin = await report_api.user("admin")

    for status in (201, 200, 200):
        answer = await admin.put("/api/v1/clinics/north", json=NORTH)
        assert answer.status_code == status

    assert await versions(report_api) == 1


async def test_another_zone_is_another_version(report_api: RunningReportApi) -> None:
    admin = await report_api.user("admin")
    await admin.put("/api/v1/clinics/north", json=NORTH)

    await admin.put("/api/v1/clinics/north", json=NORTH | {"time_zone": "Europe/Berlin"})

    assert await versions(report_api) == 2
    assert (await admin.get("/api/v1/clinics/north")).json()["time_zone"] == "Europe/Berlin"


async def test_a_clinic_known_from_its_events_is_confirmed(report_api: RunningReportApi) -> None:
    admin = await report_api.user("admin")
    await report_api.connection.execute(
        "WITH added AS (INSERT INTO clinics (clinic_id) VALUES ('north') RETURNING clinic_no)"
        " INSERT INTO clinic_versions (clinic_no, valid_from, time_zone, terms_days, recorded_by)"
        " SELECT clinic_no, '-infinity', 'UTC', 30, 'aggregator' FROM added"
    )
    before = (await admin.get("/api/v1/clinics")).json()["clinics"]

    answer = await admin.put("/api/v1/clinics/north", json=NORTH)

    assert [(one["name"], one["confirmed"]) for one in before] == [(None, False)]
    assert (answer.status_code, answer.json()["confirmed"]) == (200, True)


async def test_two_at_once_leave_one_clinic(report_api: RunningReportApi) -> None:
    admin = await report_api.user("admin")

    answers = await asyncio.gather(
        *(admin.put("/api/v1/clinics/north", json=NORTH) for _ in range(4))
    )

    assert {answer.status_code for answer in answers} <= {200, 201}
    assert await versions(report_api) == 1


async def test_an_id_with_a_slash_is_one_id(report_api: RunningReportApi) -> None:
    admin = await report_api.user("admin")

    await admin.put("/api/v1/clinics/group%2Fnorth", json=NORTH)

    listed = (await admin.get("/api/v1/clinics")).json()["clinics"]
    assert [one["clinic_id"] for one in listed] == ["group/north"]


@pytest.mark.parametrize(
    "change",
    [
        {"time_zone": "Mars/Olympus"},
        {"terms_days": "30"},
        {"terms_days": True},
        {"terms_days": -1},
        {"name": ""},
        {"name": "a\nb"},
        {"patient_url": "javascript:alert(1)//{patient_id}"},
        {"patient_url": "https://ehr.example/"},
        {"tenant_id": "other"},
        {"confirmed": False},
    ],
)
async def test_a_setting_that_cannot_be_is_refused(
    report_api: RunningReportApi, change: dict[str, Any]
) -> None:
    admin = await report_api.user("admin")

    answer = await admin.put("/api/v1/clinics/north", json=NORTH | change)

    assert answer.status_code == 422
    assert await versions(report_api) == 0


async def test_an_unknown_clinic_is_not_there(report_api: RunningReportApi) -> None:
    admin = await report_api.user("admin")

    assert (await admin.get("/api/v1/clinics/nowhere")).status_code == 404
