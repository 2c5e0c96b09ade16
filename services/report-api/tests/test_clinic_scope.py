"""What lies in another clinic looks exactly like what does not exist."""

from typing import Any

import pytest
from fastapi import FastAPI

from support.applied_log import AppliedLog
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.integration

REPORTS = "/api/v1/reports"


@pytest.fixture
async def log(report_api: RunningReportApi) -> AppliedLog:
    def of(clinic: str, number: int) -> dict[str, object]:
        return {
            "clinic_id": clinic,
            "patient_id": f"p-{clinic}",
            "invoice_id": f"i-{clinic}",
            "payment_id": f"pay-{clinic}",
            "amount": number,
        }

    return await report_api.told(
        [
            tell("invoice.issued", "2026-01-05", **of("new-york", 100)),
            tell("payment.succeeded", "2026-01-05", **of("new-york", 30)),
            tell("invoice.issued", "2026-01-05", **of("berlin", 7_777)),
            tell("payment.succeeded", "2026-01-05", **of("berlin", 5_555)),
        ]
    )


def asked(log: AppliedLog, clinic: str) -> list[str]:
    clinic_id = log.scoped(clinic)
    return [
        f"{REPORTS}/revenue?clinic_id={clinic_id}",
        f"{REPORTS}/patients/p-{clinic}/history",
        f"{REPORTS}/patients/p-{clinic}/history?clinic_id={clinic_id}",
        f"{REPORTS}/outstanding?clinic_id={clinic_id}",
        f"{REPORTS}/outstanding/summary?clinic_id={clinic_id}",
        f"{REPORTS}/outstanding/exceptions?clinic_id={clinic_id}",
        f"{REPORTS}/outstanding/detail?clinic_id={clinic_id}&invoice_id=i-{clinic}",
        f"{REPORTS}/indicators?clinic_id={clinic_id}",
        f"{REPORTS}/explain?clinic_id={clinic_id}&currency=USD&{GROSS}",
    ]


GROSS = "metric=gross_payments&start_date=2026-01-01&end_date=2026-01-31"
ASKED_ELSEWHERE = {
    f"{REPORTS}/patients": "a list: a patient of another clinic is not in it",
    f"{REPORTS}/exports/{{export_id}}": "an owner's own: test_exports.py",
    f"{REPORTS}/exports/{{export_id}}/events": "an owner's own: test_export_events.py",
    f"{REPORTS}/quarantine/{{quarantine_id}}": "tests/extraction/test_quarantine.py",
    f"{REPORTS}/etl/runs/{{run_id}}": "of a source, not of a clinic",
    "/api/v1/clinics/{clinic_id}": "below, with the change of one",
    "/api/v1/audit": "lists: records of other clinics are not in them: test_audit_log.py",
    "/api/v1/audit/activity": "as the list",
}
"""Where else a route that names an object is asked for one of another clinic."""


def names_an_object(app: FastAPI) -> set[str]:
    paths: dict[str, Any] = app.openapi()["paths"]
    return {
        path
        for path, item in paths.items()
        for parameter in item.get("get", {}).get("parameters", [])
        if parameter["name"].endswith("_id") and item["get"].get("security")
    }


async def test_every_route_that_names_an_object_is_asked_for_another_clinics(
    report_api: RunningReportApi, log: AppliedLog
) -> None:
    asked_here = {
        path.partition("?")[0].replace("p-berlin", "{patient_id}") for path in asked(log, "berlin")
    }

    assert names_an_object(report_api.app) == asked_here | set(ASKED_ELSEWHERE)


async def test_objects_of_another_clinic_are_not_there(
    report_api: RunningReportApi, log: AppliedLog
) -> None:
    client = await report_api.user("finance", clinic_ids=[log.scoped("new-york")])

    for hidden, unknown in zip(asked(log, "berlin"), asked(log, "nowhere"), strict=True):
        answers = [await client.get(hidden), await client.get(unknown)]
        told = [
            {k: v for k, v in answer.json().items() if k not in ("instance", "request_id")}
            for answer in answers
        ]
        assert [answer.status_code for answer in answers] == [404, 404], hidden
        assert told[0] == told[1], hidden


async def test_the_own_clinic_is_there(report_api: RunningReportApi, log: AppliedLog) -> None:
    client = await report_api.user("finance", clinic_ids=[log.scoped("new-york")])

    for path in asked(log, "new-york"):
        assert (await client.get(path)).status_code == 200, path


async def test_figures_of_another_clinic_are_in_no_sum(
    report_api: RunningReportApi, log: AppliedLog
) -> None:
    client = await report_api.user("finance", clinic_ids=[log.scoped("new-york")])

    revenue = await client.get(f"{REPORTS}/revenue?start_date=2026-01-01&end_date=2026-01-31")
    summary = await client.get(f"{REPORTS}/outstanding/summary")
    listing = await client.get(f"{REPORTS}/outstanding")
    found = await client.get(f"{REPORTS}/patients?patient_id=p-berlin")

    assert revenue.json()["totals"][0]["gross_payments"] == 30
    assert summary.json()["currencies"][0]["outstanding"] == {"amount": 70, "count": 1}
    assert [row["invoice_id"] for row in listing.json()["receivables"]] == ["i-new-york"]
    assert found.json()["patients"] == []
    for answer in (revenue, summary, listing):
        assert "berlin" not in answer.text


async def test_a_partner_sees_its_clinics_only(
    report_api: RunningReportApi, log: AppliedLog
) -> None:
    client = await report_api.partner("revenue:read", clinic_ids=[log.scoped("berlin")])

    answer = await client.get(f"{REPORTS}/revenue?start_date=2026-01-01&end_date=2026-01-31")

    assert answer.json()["totals"][0]["gross_payments"] == 5_555


async def test_a_clinic_outside_the_scope_cannot_be_changed(
    report_api: RunningReportApi, log: AppliedLog
) -> None:
    client = await report_api.user("admin", clinic_ids=[log.scoped("new-york")])
    settings = {"name": "Mine", "time_zone": "UTC", "terms_days": 1}

    answer = await client.put(f"/api/v1/clinics/{log.scoped('berlin')}", json=settings)
    listed = (await client.get("/api/v1/clinics")).json()["clinics"]

    assert answer.status_code == 404
    assert [clinic["clinic_id"] for clinic in listed] == [log.scoped("new-york")]
