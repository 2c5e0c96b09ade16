"""No answer without its record: over all routes, in every outcome, also when none can be made."""

from typing import Final

import httpx2
import pytest

from report_api.access import Rule
from report_api.declared import declared_routes
from support.report_api import PASSWORD, RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.integration

REVENUE: Final = "/api/v1/reports/revenue"


def told(records: list[dict[str, object]], *names: str) -> list[tuple[object, ...]]:
    return [tuple(record.get(name) for name in names) for record in records]


async def test_a_view_is_recorded_with_who_what_where_and_which_figures(
    report_api: RunningReportApi,
) -> None:
    log = await report_api.told([tell("payment.succeeded", "2026-01-20", amount=2_500)])
    client = await report_api.user("finance")

    answer = await client.get(f"{REVENUE}?start_date=2026-01-01&end_date=2026-01-31")
    (record,) = await report_api.audit_records()

    assert record["action"] == "report.viewed"
    assert record["outcome"] == "success"
    assert record["actor"].startswith("finance-")
    assert (record["role"], record["remote"]) == ("finance", "192.0.2.7")
    assert record["resource"] == f"GET {REVENUE}"
    assert record["request_id"] == answer.headers["x-request-id"]
    assert record["details"]["digest"] == answer.json()["meta"]["digest"]
    assert log.scoped("new-york") in record["clinic_ids"]


async def test_the_trace_of_the_caller_is_recorded(report_api: RunningReportApi) -> None:
    client = await report_api.user("admin")
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"

    await client.get("/api/v1/clinics", headers={"traceparent": f"00-{trace}-00f067aa0ba902b7-01"})

    assert told(await report_api.audit_records(), "trace_id") == [(trace,)]


async def test_a_denial_is_recorded(report_api: RunningReportApi) -> None:
    client = await report_api.user("staff")

    await client.get(REVENUE)

    assert told(await report_api.audit_records(), "action", "outcome", "role") == [
        ("request.denied", "denied", "staff")
    ]


async def test_a_failed_request_is_recorded_without_what_was_asked(
    report_api: RunningReportApi,
) -> None:
    client = await report_api.user("staff")

    await client.get("/api/v1/reports/patients/Jane%20Doe/history")
    (record,) = await report_api.audit_records()

    assert (record["outcome"], record["details"]) == ("failure", {"status": 422})
    assert record["resource"] == "GET /api/v1/reports/patients/{patient_id}/history"


async def test_requests_without_a_token_are_counted_per_address(
    report_api: RunningReportApi,
) -> None:
    for _ in range(3):
        await report_api.anybody.get(REVENUE)
    await report_api.anybody.get("/nowhere")

    (record,) = await report_api.audit_records()

    assert (record["action"], record["count"], record["remote"]) == (
        "request.denied",
        4,
        "192.0.2.7",
    )


async def test_counts_are_kept_while_they_cannot_be_written(report_api: RunningReportApi) -> None:
    await report_api.anybody.get(REVENUE)
    await report_api.connection.execute("ALTER TABLE audit_outbox RENAME TO gone")
    with pytest.raises(Exception, match="audit_outbox"):
        await report_api.audit_records()

    await report_api.connection.execute("ALTER TABLE gone RENAME TO audit_outbox")

    assert told(await report_api.audit_records(), "actor_kind") == [("anonymous",)]


async def test_every_answer_of_every_route_has_its_record(report_api: RunningReportApi) -> None:
    clients = [await report_api.user(role) for role in ("admin", "staff", "auditor")]
    clients.append(report_api.anybody)
    answers = 0

    for route in declared_routes(report_api.app):
        if isinstance(route.rule, Rule) or route.rule.counted:
            for client in clients:
                for path in (route.path, f"{route.path}?unknown=1"):
                    await client.request(route.method, path)
                    answers += 1
    records = await report_api.audit_records()

    assert sum(record.get("count", 1) for record in records) == answers


async def test_without_a_record_there_is_no_answer(report_api: RunningReportApi) -> None:
    await report_api.told([tell("payment.succeeded", "2026-01-20", amount=2_500)])
    client = await report_api.user("finance")
    await report_api.add_user("finance", name="ada")
    await report_api.connection.execute("ALTER TABLE audit_outbox RENAME TO gone")

    viewed = await client.get(REVENUE)
    signed_in = await report_api.anybody.post(
        "/api/v1/auth/token",
        data={"grant_type": "password", "username": "ada", "password": PASSWORD},
    )

    for answer in (viewed, signed_in):
        assert answer.status_code == 500
        assert set(answer.json()) == {
            "type",
            "title",
            "status",
            "detail",
            "instance",
            "request_id",
        }


async def test_a_change_that_cannot_be_recorded_is_not_made(report_api: RunningReportApi) -> None:
    client = await report_api.user("admin")
    settings = {"name": "North", "time_zone": "UTC", "terms_days": 30}
    await report_api.connection.execute("ALTER TABLE audit_outbox RENAME TO gone")

    answer = await client.put("/api/v1/clinics/north", json=settings)

    assert answer.status_code == 500
    assert await report_api.connection.fetchval("SELECT count(*) FROM clinics") == 0


async def headers_of(client: httpx2.AsyncClient, path: str) -> httpx2.Headers:
    return (await client.get(path)).headers


@pytest.mark.parametrize("path", ["/api/v1/clinics", REVENUE, "/nowhere", "/livez"])
async def test_every_answer_carries_the_protective_headers(
    report_api: RunningReportApi, path: str
) -> None:
    headers = await headers_of(await report_api.user("admin"), path)

    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "strict-transport-security" not in headers


async def test_a_request_id_is_echoed_if_it_is_a_uuid(report_api: RunningReportApi) -> None:
    own = "01890000-0000-7000-8000-000000000000"

    kept = await report_api.anybody.get("/livez", headers={"x-request-id": own})
    replaced = await report_api.anybody.get("/livez", headers={"x-request-id": "Jane Doe"})

    assert kept.headers["x-request-id"] == own
    assert replaced.headers["x-request-id"] != "Jane Doe"
