"""What was told of two clinics comes out of the reports, for those whose clinics they are."""

import pytest

from support.applied_log import AppliedLog
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.integration

REPORTS = "/api/v1/reports"


@pytest.fixture
async def log(report_api: RunningReportApi) -> AppliedLog:
    berlin = {"clinic_id": "berlin", "patient_id": "p2", "currency": "EUR"}
    return await report_api.told(
        [
            tell("invoice.issued", "2026-01-05", amount=10_000, due_on="2026-02-04"),
            tell("payment.succeeded", "2026-01-20", amount=2_500, invoice_id="inv1"),
            tell("payment.refunded", "2026-02-02", amount=500),
            tell("invoice.issued", "2026-01-07", **berlin, amount=8_000, invoice_id="b1"),
            tell("payment.succeeded", "2026-01-21", **berlin, amount=700, payment_id="b-pay"),
        ]
    )


@pytest.mark.usefixtures("log")
async def test_revenue_is_one_series_per_currency(report_api: RunningReportApi) -> None:
    client = await report_api.user("finance")
    asked = {"start_date": "2026-01-01", "end_date": "2026-02-28", "granularity": "month"}

    answer = (await client.get(f"{REPORTS}/revenue", params=asked)).json()

    assert next(iter(answer)) == "meta"
    assert {
        one["currency"]: [point["net_payments"] for point in one["points"]]
        for one in answer["series"]
    } == {"EUR": [700, 0], "USD": [2_500, -500]}


@pytest.mark.usefixtures("log")
async def test_without_dates_the_last_twelve_months_are_shown(report_api: RunningReportApi) -> None:
    client = await report_api.user("finance")

    answer = await client.get(
        f"{REPORTS}/revenue", params={"granularity": "month", "as_of": "2026-02-10"}
    )

    assert answer.json()["meta"]["interval"] == {
        "start_date": "2025-03-01",
        "end_date": "2026-02-10",
    }


async def test_an_earlier_answer_comes_again_at_its_watermark(
    report_api: RunningReportApi, log: AppliedLog
) -> None:
    client = await report_api.user("finance")
    asked = {"start_date": "2026-01-01", "end_date": "2026-02-28", "as_of": "2026-02-28"}
    before = (await client.get(f"{REPORTS}/revenue", params=asked)).json()
    await report_api.told([tell("payment.succeeded", "2026-01-25", amount=9_900)])

    now = (await client.get(f"{REPORTS}/revenue", params=asked)).json()
    known = asked | {"watermark": before["meta"]["watermark"]}
    clinic = {"clinic_id": log.scoped("new-york")}
    again = (await client.get(f"{REPORTS}/revenue", params=known | clinic)).json()
    first = [one for one in before["totals"] if one["currency"] == "USD"]

    assert now["meta"]["digest"] != before["meta"]["digest"]
    assert again["totals"] == first


@pytest.mark.usefixtures("log")
async def test_a_history_shows_every_leg_and_the_totals(report_api: RunningReportApi) -> None:
    client = await report_api.user("staff")

    answer = (await client.get(f"{REPORTS}/patients/p1/history")).json()

    assert [one["kind"] for one in answer["entries"]] == ["charge", "payment", "refund"]
    assert answer["totals"][0]["outstanding"] == 8_000


@pytest.mark.usefixtures("log")
async def test_pages_of_a_history_follow_the_link(report_api: RunningReportApi) -> None:
    client = await report_api.user("staff")
    kinds: list[str] = []
    address = f"{REPORTS}/patients/p1/history?limit=2"

    while address:
        answer = await client.get(address)
        kinds += [one["kind"] for one in answer.json()["entries"]]
        address = answer.headers.get("link", "").partition(">")[0].removeprefix("<")

    assert kinds == ["charge", "payment", "refund"]


@pytest.mark.usefixtures("log")
async def test_receivables_and_their_buckets_sum_up(report_api: RunningReportApi) -> None:
    client = await report_api.user("collections")
    day = {"as_of": "2026-03-01"}

    rows = (await client.get(f"{REPORTS}/outstanding", params=day)).json()["receivables"]
    summary = (await client.get(f"{REPORTS}/outstanding/summary", params=day)).json()

    assert {row["currency"]: row["balance"] for row in rows} == {"USD": 8_000, "EUR": 8_000}
    for block in summary["currencies"]:
        assert sum(one["amount"] for one in block["buckets"]) == block["outstanding"]["amount"]


async def test_one_receivable_is_shown_in_detail(
    report_api: RunningReportApi, log: AppliedLog
) -> None:
    client = await report_api.user("collections")
    which = {"clinic_id": log.scoped("new-york"), "invoice_id": "inv1"}

    detail = (await client.get(f"{REPORTS}/outstanding/detail", params=which)).json()

    assert detail["receivable"]["balance"] == 8_000
    assert detail["receivable"]["patient_id"] == "p1"


@pytest.mark.parametrize(
    "path", ["outstanding", "outstanding/exceptions", "outstanding/detail?{which}"]
)
async def test_an_auditor_sees_receivables_without_whose_they_are(
    report_api: RunningReportApi, log: AppliedLog, path: str
) -> None:
    await report_api.told([tell("payment.refunded", "2026-01-25", amount=9, payment_id="nobody")])
    client = await report_api.user("auditor")
    which = f"clinic_id={log.scoped('new-york')}&invoice_id=inv1"

    answer = await client.get(f"{REPORTS}/{path.format(which=which)}")

    assert answer.status_code == 200
    assert '"p1"' not in answer.text
    assert '"patient_id":null' in answer.text


@pytest.mark.parametrize("asked", ["patient_id=p1", "sort=patient_id"])
@pytest.mark.usefixtures("log")
async def test_an_auditor_cannot_ask_by_patient(report_api: RunningReportApi, asked: str) -> None:
    client = await report_api.user("auditor")

    assert (await client.get(f"{REPORTS}/outstanding?{asked}")).status_code == 403


@pytest.mark.usefixtures("log")
async def test_a_question_without_full_answer_is_refused_and_says_how_to_change_it(
    report_api: RunningReportApi,
) -> None:
    client = await report_api.user("finance")

    answer = await client.get(f"{REPORTS}/revenue?start_date=1900-01-01")

    assert answer.status_code == 400
    assert answer.json()["parameter"]


async def test_before_any_clinic_is_known_there_is_no_answer(
    report_api: RunningReportApi,
) -> None:
    client = await report_api.user("finance")

    answer = await client.get(f"{REPORTS}/revenue")

    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/unanswerable")


@pytest.mark.usefixtures("log")
async def test_every_definition_an_answer_names_is_in_the_catalog(
    report_api: RunningReportApi,
) -> None:
    client = await report_api.user("admin")

    catalog = (await client.get(f"{REPORTS}/metrics")).json()["metrics"]
    known = {(one["id"], one["version"]) for one in catalog}

    paths = ("revenue", "indicators", "outstanding", "outstanding/summary", "patients/p1/history")
    for path in paths:
        used = (await client.get(f"{REPORTS}/{path}")).json()["meta"]["definitions"]
        assert {(one["id"], one["version"]) for one in used} <= known, path
