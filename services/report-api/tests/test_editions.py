"""An unchanged report is told to be unchanged; what is kept in memory is checked and recorded."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from report_api.permissions import Role
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.integration

REVENUE = "/api/v1/reports/revenue?start_date=2026-01-01&end_date=2026-01-31"
SUMMARY = "/api/v1/reports/outstanding/summary"
EDITIONS = (
    REVENUE,
    SUMMARY,
    "/api/v1/reports/outstanding",
    "/api/v1/reports/outstanding/exceptions",
    "/api/v1/reports/patients?patient_id=p1",
    "/api/v1/reports/patients/p1/history",
)
FRESHNESS = ("data_through", "stale", "stale_reasons", "answered_at")
STORY = (
    tell("invoice.issued", "2026-01-05", amount=10_000),
    tell("payment.succeeded", "2026-01-20", amount=2_500, invoice_id="inv1"),
)


def figures(answer: httpx2.Response) -> object:
    body = answer.json()
    for name in FRESHNESS:
        del body["meta"][name]
    return body


async def views(report_api: RunningReportApi) -> list[dict[str, Any]]:
    records = await report_api.audit_records()
    return [one for one in records if str(one["action"]).startswith("report.")]


@pytest.mark.parametrize("path", EDITIONS)
async def test_who_holds_the_edition_is_told_so_and_that_is_recorded(
    report_api: RunningReportApi, path: str
) -> None:
    await report_api.told(STORY)
    client = await report_api.user(Role.FINANCE)
    first = await client.get(path)
    etag = first.headers["etag"]

    again = await client.get(path, headers={"if-none-match": f'"other", {etag}'})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert (again.headers["etag"], again.headers["cache-control"]) == (etag, "no-store")
    looked, held = await views(report_api)
    assert held["details"]["status"] == 304
    assert held["details"]["watermark"] == looked["details"]["watermark"]
    assert held["clinic_ids"] == looked["clinic_ids"]


@pytest.mark.parametrize("path", EDITIONS)
async def test_new_events_make_a_new_edition(report_api: RunningReportApi, path: str) -> None:
    await report_api.told(STORY)
    client = await report_api.user(Role.FINANCE)
    etag = (await client.get(path)).headers["etag"]
    await report_api.connection.execute("UPDATE positions SET next_offset = next_offset + 1")

    again = await client.get(path, headers={"if-none-match": etag})

    assert again.status_code == 200
    assert again.headers["etag"] != etag


async def test_another_question_is_another_edition(report_api: RunningReportApi) -> None:
    await report_api.told(STORY)
    client = await report_api.user(Role.FINANCE)
    etag = (await client.get(REVENUE)).headers["etag"]

    other = await client.get(f"{REVENUE}&granularity=month", headers={"if-none-match": etag})

    assert other.status_code == 200


async def test_another_scope_is_another_edition(report_api: RunningReportApi) -> None:
    log = await report_api.told(STORY)
    everything = await report_api.user(Role.FINANCE)
    etag = (await everything.get(REVENUE)).headers["etag"]
    one_clinic = await report_api.user(Role.FINANCE, clinic_ids=[log.scoped("new-york")])

    seen = await one_clinic.get(REVENUE, headers={"if-none-match": etag})

    assert seen.status_code == 200


async def test_another_day_is_another_edition(
    report_api: RunningReportApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    await report_api.told(STORY)
    client = await report_api.user(Role.FINANCE)
    etag = (await client.get(SUMMARY)).headers["etag"]
    tomorrow = datetime.now(UTC) + timedelta(days=1)  # noqa: TID251 - the test moves the clock
    monkeypatch.setattr("report_api.editions.clock.today", lambda _zone: tomorrow.date())  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]

    again = await client.get(SUMMARY, headers={"if-none-match": etag})

    assert again.status_code == 200


@pytest.mark.parametrize("path", [REVENUE, SUMMARY])
async def test_a_question_asked_again_is_answered_from_memory(
    report_api: RunningReportApi, path: str
) -> None:
    await report_api.told(STORY)
    client = await report_api.user(Role.FINANCE)
    computed = await client.get(path)
    transaction = report_api.connection.transaction()
    await transaction.start()
    await report_api.connection.execute("LOCK TABLE revenue_daily_totals, receivables_by_due_date")

    kept = await client.get(path)
    held = await client.get(path, headers={"if-none-match": computed.headers["etag"]})
    await transaction.rollback()

    assert (kept.status_code, held.status_code) == (200, 304)
    assert figures(kept) == figures(computed)
    assert kept.json()["meta"]["answered_at"] > computed.json()["meta"]["answered_at"]
    first, *others = await views(report_api)
    assert len(others) == 2
    for other in others:
        assert other["actor"] == first["actor"]
        assert other["clinic_ids"] == first["clinic_ids"]
        assert {**other["details"], "status": 0} == {**first["details"], "status": 0}


async def test_a_kept_answer_says_how_fresh_the_figures_are_now(
    report_api: RunningReportApi,
) -> None:
    await report_api.told(STORY)
    client = await report_api.user(Role.FINANCE)
    await client.get(REVENUE)
    await report_api.connection.execute(
        "UPDATE positions SET data_through = now() - interval '1 hour'"
    )

    meta = (await client.get(REVENUE)).json()["meta"]

    assert meta["stale_reasons"] == ["data_through_older_than_60_seconds"]


async def test_answers_with_patients_are_not_kept(report_api: RunningReportApi) -> None:
    await report_api.told(STORY)
    client = await report_api.user(Role.FINANCE)

    for path in (*EDITIONS[2:], f"{SUMMARY}?patient_id=p1"):
        await client.get(path)

    assert report_api.app.state.kept.size_bytes == 0


async def test_a_kept_answer_is_refused_like_a_computed_one(report_api: RunningReportApi) -> None:
    await report_api.told(STORY)
    user_id = await report_api.add_user(Role.FINANCE)
    allowed = await report_api.user(Role.FINANCE, user_id=user_id)
    await allowed.get(REVENUE)
    staff = await report_api.user(Role.STAFF)
    outsider = await report_api.user(Role.FINANCE, clinic_ids=["elsewhere"])

    assert (await staff.get(REVENUE)).status_code == 403
    assert (await outsider.get(REVENUE)).status_code == 400
    assert (await report_api.anybody.get(REVENUE)).status_code == 401
    await report_api.connection.execute("UPDATE users SET disabled_at = now()")
    assert (await allowed.get(REVENUE)).status_code == 401


async def test_without_a_record_no_kept_answer_is_given(report_api: RunningReportApi) -> None:
    await report_api.told(STORY)
    client = await report_api.user(Role.FINANCE)
    await client.get(REVENUE)
    await report_api.connection.execute("ALTER TABLE audit_outbox RENAME TO away")

    refused = await client.get(REVENUE)
    await report_api.connection.execute("ALTER TABLE away RENAME TO audit_outbox")

    assert refused.status_code == 500
    assert "2500" not in refused.text
