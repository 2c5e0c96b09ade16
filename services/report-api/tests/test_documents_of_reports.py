"""Every report has a document: by `format=pdf` or asked for by name, with the figures on screen."""

from typing import Any

import httpx2
import pytest

from report_api.settings import ReportApiSettings
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.integration

EXPORTS = "/api/v1/reports/exports"
REPORTS: dict[str, tuple[str, dict[str, str]]] = {
    "revenue": ("/api/v1/reports/revenue", {"start_date": "2026-01-01", "end_date": "2026-01-31"}),
    "suppressed_revenue": (
        "/api/v1/reports/revenue/suppressed",
        {"start_date": "2026-01-01", "end_date": "2026-01-31"},
    ),
    "history": ("/api/v1/reports/patients/p1/history", {}),
    "outstanding": ("/api/v1/reports/outstanding", {}),
}


@pytest.fixture(autouse=True)
async def _told(report_api: RunningReportApi) -> None:
    await report_api.told(
        [
            tell("invoice.issued", "2026-01-10", amount=9_000, invoice_id="I-1"),
            tell("invoice.issued", "2026-01-11", amount=4_000, invoice_id="I-2"),
            tell("payment.succeeded", "2026-01-20", amount=2_500),
        ]
    )


@pytest.fixture
async def finance(report_api: RunningReportApi) -> httpx2.AsyncClient:
    return await report_api.user("finance")


@pytest.mark.parametrize("report", REPORTS)
async def test_a_report_as_pdf_is_an_export_of_the_figures_on_screen(
    finance: httpx2.AsyncClient, report: str
) -> None:
    address, parameters = REPORTS[report]
    screen = (await finance.get(address, params=parameters)).json()

    answer = await finance.get(address, params={**parameters, "format": "pdf", "paper": "a4"})

    export: dict[str, Any] = answer.json()
    assert answer.status_code == 202
    assert (export["report"], export["state"], export["paper"]) == (report, "queued", "a4")
    assert export["digest"] == screen["meta"]["digest"]
    assert (await finance.get(answer.headers["location"])).json() == export


@pytest.mark.parametrize("report", REPORTS)
async def test_asked_for_twice_in_either_way_it_is_the_same_export(
    finance: httpx2.AsyncClient, report: str
) -> None:
    address, parameters = REPORTS[report]
    named = {**parameters, **({"patient_id": "p1"} if report == "history" else {})}

    first = await finance.get(address, params={**parameters, "format": "pdf"})
    second = await finance.post(EXPORTS, json={"report": report, "parameters": named})

    assert first.json()["export_id"] == second.json()["export_id"]


@pytest.mark.parametrize(("role", "report"), [("staff", "revenue"), ("auditor", "history")])
async def test_who_may_not_read_a_report_gets_no_document_of_it(
    report_api: RunningReportApi, role: str, report: str
) -> None:
    address, parameters = REPORTS[report]
    reader = await report_api.user(role)

    answer = await reader.get(address, params={**parameters, "format": "pdf"})

    assert answer.status_code == 403


async def test_a_partner_without_the_scope_gets_no_document(report_api: RunningReportApi) -> None:
    address, parameters = REPORTS["revenue"]
    partner = await report_api.partner("revenue:read")

    assert (await partner.get(address, params=parameters)).status_code == 200
    answer = await partner.get(address, params={**parameters, "format": "pdf"})
    assert answer.status_code == 403


async def test_an_auditor_gets_receivables_without_patients(report_api: RunningReportApi) -> None:
    auditor = await report_api.user("auditor")

    answer = await auditor.get("/api/v1/reports/outstanding", params={"format": "pdf"})
    sorted_by_patient = await auditor.post(
        EXPORTS, json={"report": "outstanding", "parameters": {"sort": "patient_id"}}
    )

    assert answer.json()["parameters"]["shows_patients"] is False
    assert sorted_by_patient.status_code == 403


async def test_the_history_of_an_unknown_patient_is_not_there(finance: httpx2.AsyncClient) -> None:
    wanted = {"report": "history", "parameters": {"patient_id": "p0"}}

    assert (await finance.post(EXPORTS, json=wanted)).status_code == 404


async def test_a_request_for_a_document_is_audited_with_its_patient(
    report_api: RunningReportApi, finance: httpx2.AsyncClient
) -> None:
    wanted = {"report": "history", "parameters": {"patient_id": "p1"}}
    await finance.post(EXPORTS, json=wanted)

    record = (await report_api.audit_records())[-1]

    assert (record["action"], record["outcome"]) == ("export.requested", "success")
    assert record["details"]["patient_id"] == "p1"


@pytest.mark.parametrize(
    ("report", "parameters", "advice"),
    [("history", {"patient_id": "p1"}, "choose dates"), ("outstanding", {}, "choose one clinic")],
)
async def test_too_many_rows_are_refused_with_how_to_narrow(
    report_api: RunningReportApi,
    report_api_settings: ReportApiSettings,
    finance: httpx2.AsyncClient,
    report: str,
    parameters: dict[str, str],
    advice: str,
) -> None:
    few = report_api_settings.model_copy(update={"export_rows_max": 1})
    report_api.app.state.settings = few

    answer = await finance.post(EXPORTS, json={"report": report, "parameters": parameters})

    (problem,) = answer.json()["errors"]
    assert answer.status_code == 422
    assert advice in problem["problem"]
