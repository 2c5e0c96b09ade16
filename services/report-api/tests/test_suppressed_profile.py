"""A partner system sees sums without small cells, and nothing else, unless it is given more."""

from io import BytesIO

import httpx2
import pytest
from pypdf import PdfReader

from careledger.ids import new_id
from report_api import account_changes, accounts
from report_api.access import Rule
from report_api.accounts import AccountError
from report_api.declared import declared_routes
from report_api.permissions import Profile
from support.exports import render
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.integration

REPORTS = "/api/v1/reports"
SUPPRESSED = f"{REPORTS}/revenue/suppressed"
JANUARY = {"start_date": "2026-01-01", "end_date": "2026-01-31"}
SCOPES = ("revenue:read", "history:read", "outstanding:read", "exports")
SHOWN = {
    "getSuppressedRevenue",
    "listMetrics",
    "followUpdates",
    "createExport",
    "listExports",
    "getExport",
    "followExport",
    "retryExport",
    "cancelExport",
}


@pytest.fixture(autouse=True)
async def _told(report_api: RunningReportApi) -> None:
    await report_api.told(
        [
            tell(
                "payment.succeeded",
                "2026-01-20",
                patient_id=f"p{number}",
                payment_id=f"pay{number}",
                amount=100,
                method="cash" if number < 3 else "card",
            )
            for number in range(20)
        ]
    )


@pytest.fixture
async def partner(report_api: RunningReportApi) -> httpx2.AsyncClient:
    return await report_api.partner(*SCOPES, profile="suppressed")


async def test_a_client_that_is_added_without_a_profile_has_this_one(
    report_api: RunningReportApi,
) -> None:
    await report_api.connection.execute(
        "INSERT INTO clients (client_id, name, scopes, secret_sha256)"
        " VALUES ('c', 'C', '{revenue:read}', '')"
    )

    profile = await report_api.connection.fetchval("SELECT profile FROM clients")

    assert profile == "suppressed"


async def test_it_reaches_these_operations_and_no_other(
    report_api: RunningReportApi, partner: httpx2.AsyncClient
) -> None:
    reached: set[str] = set()
    for route in declared_routes(report_api.app):
        if isinstance(route.rule, Rule):
            address = route.path.replace("{export_id}", "01890000-0000-7000-8000-000000000000")
            answer = await partner.request(route.method, address.replace("{patient_id}", "p1"))
            if answer.status_code != 403:
                reached.add(str(route.operation_id))

    assert reached == SHOWN


@pytest.mark.parametrize(
    "wanted",
    [
        {"report": "revenue", "parameters": JANUARY},
        {"report": "outstanding"},
        {"report": "history", "parameters": {"patient_id": "p1"}},
    ],
)
async def test_it_gets_no_document_of_another_report(
    partner: httpx2.AsyncClient, wanted: dict[str, object]
) -> None:
    answer = await partner.post(f"{REPORTS}/exports", json=wanted)

    assert answer.status_code == 403


async def test_small_cells_are_null_and_the_answer_says_what_it_is(
    partner: httpx2.AsyncClient,
) -> None:
    answer = await partner.get(SUPPRESSED, params={**JANUARY, "breakdown": "method"})

    told = answer.json()
    assert (told["profile"], told["patients_min"]) == ("suppressed", 11)
    assert "no rule of HIPAA" in told["statement"]
    assert [(one["group"], one["points"][0]["gross_payments"]) for one in told["series"]] == [
        ("card", None),
        ("cash", None),
    ]
    assert told["totals"][0]["points"][0]["gross_payments"] == 2_000
    assert answer.headers["x-deid-profile"].startswith("suppressed;")
    assert "not-de-identified" in answer.headers["x-deid-profile"]


async def test_other_reports_keep_their_label(report_api: RunningReportApi) -> None:
    finance = await report_api.user("finance")

    answer = await finance.get(f"{REPORTS}/revenue", params=JANUARY)

    assert answer.headers["x-deid-profile"].startswith("pseudonymized-phi;")


@pytest.mark.parametrize(
    "parameters",
    [
        {"start_date": "2026-01-02", "end_date": "2026-01-31"},
        {"start_date": "2026-01-01", "end_date": "2026-01-30"},
        {"granularity": "quarter", "start_date": "2026-02-01", "end_date": "2026-04-30"},
        {"start_date": "2026-01-01", "end_date": "2198-12-31"},
    ],
)
async def test_a_range_that_could_be_subtracted_from_another_is_refused(
    partner: httpx2.AsyncClient, parameters: dict[str, str]
) -> None:
    answer = await partner.get(SUPPRESSED, params=parameters)

    assert answer.status_code == 400


@pytest.mark.parametrize("name", ["as_of", "watermark", "method", "clinic_id", "compare"])
async def test_what_could_tell_two_answers_apart_is_no_parameter(
    partner: httpx2.AsyncClient, name: str
) -> None:
    answer = await partner.get(SUPPRESSED, params={name: "2026-01-01"})

    assert answer.status_code == 422


async def test_without_dates_the_last_twelve_months_that_are_over_are_shown(
    partner: httpx2.AsyncClient,
) -> None:
    told = (await partner.get(SUPPRESSED)).json()

    assert all(len(one["points"]) == 12 for one in told["totals"])


async def test_asked_again_it_comes_from_memory_and_only_for_those_who_may(
    report_api: RunningReportApi, partner: httpx2.AsyncClient
) -> None:
    staff = await report_api.user("staff")
    first = await partner.get(SUPPRESSED, params=JANUARY)

    again = await partner.get(SUPPRESSED, params=JANUARY)
    refused = await staff.get(SUPPRESSED, params=JANUARY)

    assert first.headers["etag"] == again.headers["etag"]
    assert again.headers["x-deid-profile"] == first.headers["x-deid-profile"]
    assert refused.status_code == 403


@pytest.mark.parametrize("role", ["admin", "finance", "auditor"])
async def test_whoever_reads_revenue_can_make_what_is_handed_out(
    report_api: RunningReportApi, role: str
) -> None:
    reader = await report_api.user(role)

    told = (await reader.get(SUPPRESSED, params={**JANUARY, "breakdown": "method"})).json()

    assert told["hidden_count"] == 4


async def test_its_document_has_the_same_figures_and_says_what_it_is(
    report_api: RunningReportApi, partner: httpx2.AsyncClient
) -> None:
    asked = {**JANUARY, "breakdown": "method"}
    screen = (await partner.get(SUPPRESSED, params=asked)).json()

    export = (await partner.get(SUPPRESSED, params={**asked, "format": "pdf"})).json()
    named = await partner.post(
        f"{REPORTS}/exports", json={"report": "suppressed_revenue", "parameters": asked}
    )
    await render(report_api.settings, export["export_id"])

    assert export["digest"] == screen["meta"]["digest"]
    assert named.json()["export_id"] == export["export_id"]
    state = (await partner.get(f"{REPORTS}/exports/{export['export_id']}")).json()
    assert (state["state"], state["report"]) == ("ready", "suppressed_revenue")
    file = await report_api.anybody.get(state["file"]["href"])
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(file.content)).pages)
    for words in ("figures to which 1 to 10 patients", "hidden", "20.00", screen["statement"][:40]):
        assert words in " ".join(text.split())


async def test_a_document_asked_for_with_more_is_not_given_out_with_less(
    report_api: RunningReportApi,
) -> None:
    client_id = await report_api.add_partner("revenue:read", "exports")
    token = report_api.gate.tokens.for_client(
        client_id, scopes=frozenset({"revenue:read", "exports"}), token_id=new_id()
    )
    partner = await report_api.client(token)
    export = (await partner.get(f"{REPORTS}/revenue", params={**JANUARY, "format": "pdf"})).json()
    await render(report_api.settings, export["export_id"])
    ready = (await partner.get(f"{REPORTS}/exports/{export['export_id']}")).json()
    await account_changes.change_client(
        report_api.connection,
        client_id,
        scopes=["revenue:read", "exports"],
        clinic_ids=None,
        profile=Profile.SUPPRESSED,
    )

    answer = await report_api.anybody.get(ready["file"]["href"])

    assert answer.status_code == 404


async def test_scopes_that_show_patients_take_the_other_profile(
    report_api: RunningReportApi,
) -> None:
    client_id = await report_api.add_partner("revenue:read", profile="suppressed")

    with pytest.raises(AccountError, match="history:read would show single patients"):
        await account_changes.change_client(
            report_api.connection, client_id, scopes=["history:read"], clinic_ids=None
        )


def test_scopes_and_profile_are_checked_together() -> None:
    assert accounts.checked_scopes(["exports", "revenue:read"], "suppressed") == [
        "exports",
        "revenue:read",
    ]
    with pytest.raises(AccountError):
        accounts.checked_scopes(["outstanding:read"], "suppressed")
