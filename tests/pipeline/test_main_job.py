"""The main job on real parts: an event goes in over HTTP, and the report says so."""

import json
from typing import Any

import pytest

from support.aggregators import Installation
from support.ingest import RunningIngest
from support.polling import seen
from support.report_api import RunningReportApi

pytestmark = pytest.mark.e2e

REVENUE = {"start_date": "2026-03-01", "end_date": "2026-03-31", "granularity": "month"}


def told(event_id: str, event_type: str, **data: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {
        "specversion": "1.0",
        "id": event_id,
        "source": "practice",
        "type": event_type,
        "time": "2026-03-05T15:00:00Z",
        "data": {"clinic_id": "main-street", "patient_id": "p-1", **data},
    }


STORY = [
    told(
        "1",
        "invoice.issued",
        invoice_id="i-1",
        amount=20_000,
        currency="USD",
        issued_on="2026-03-01",
        payer_type="patient",
    ),
    told(
        "2",
        "payment.succeeded",
        payment_id="y-1",
        invoice_id="i-1",
        amount=12_500,
        currency="USD",
        method="card",
        received_at="2026-03-05T15:00:00Z",
    ),
    told("3", "payment.refunded", refund_id="r-1", payment_id="y-1", amount=2_500, currency="USD"),
]


async def test_a_payment_reaches_the_report_and_the_sender_can_see_when(
    installation: Installation, ingest: RunningIngest, report_api: RunningReportApi
) -> None:
    installation.start_aggregator()
    finance = await report_api.user("finance")

    answer = await ingest.client.post(
        "/v1/events",
        content="\n".join(json.dumps(one) for one in STORY),
        headers={"content-type": "application/x-ndjson"},
    )
    accepted = answer.json()["accepted"]
    last = max(accepted, key=lambda one: one["offset"])

    async def look() -> dict[str, Any]:
        return (await finance.get("/api/v1/reports/revenue", params=REVENUE)).json()

    report = await seen(look, lambda found: _knows(found, last), timeout_seconds=60)
    balance = await finance.get("/api/v1/reports/outstanding", params={"patient_id": "p-1"})

    assert answer.status_code == 202
    point = report["series"][0]["points"][0]
    assert (point["gross_payments"], point["refunds"], point["net_payments"]) == (
        12_500,
        2_500,
        10_000,
    )
    assert balance.json()["receivables"][0]["balance"] == 10_000


async def test_the_same_events_again_change_no_figure(
    installation: Installation, ingest: RunningIngest, report_api: RunningReportApi
) -> None:
    installation.start_aggregator()
    finance = await report_api.user("finance")
    body = "\n".join(json.dumps(one) for one in STORY)
    headers = {"content-type": "application/x-ndjson"}

    for _ in range(3):
        await ingest.client.post("/v1/events", content=body, headers=headers)
    await installation.caught_up()
    report = (await finance.get("/api/v1/reports/revenue", params=REVENUE)).json()

    assert [p["net_payments"] for p in report["series"][0]["points"]] == [10_000]


def _knows(report: dict[str, Any], position: dict[str, Any]) -> bool:
    """Tell whether the report's watermark has passed a position."""
    stored = dict(part.split(":") for part in report["meta"]["watermark"].split(",") if part)
    return int(stored.get(str(position["partition"]), 0)) > position["offset"]
