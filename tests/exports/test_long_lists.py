"""A list longer than a page of the API is one document, whose digest is that of all its pages."""

from typing import Any

import httpx2
import pytest

from careledger.reports.provenance import digest
from support.exports import EXPORTS, render, status
from support.figures_on_paper import facts
from support.pdf_tables import tables_of
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.integration

ROWS = 1_050
LIST = "/api/v1/reports/outstanding"


async def test_the_digest_on_paper_is_that_of_every_page_on_screen(
    report_api: RunningReportApi,
) -> None:
    invoices = [
        tell("invoice.issued", "2026-01-20", amount=100 + number, invoice_id=f"i{number}")
        for number in range(ROWS)
    ]
    await report_api.told(invoices)
    collections = await report_api.user("collections")
    asked = await collections.post(EXPORTS, json={"report": "outstanding", "parameters": {}})
    await render(report_api.settings, asked.json()["export_id"])
    export = await status(collections, asked.json()["export_id"])
    file = await report_api.anybody.get(export["file"]["href"])
    fixed = {"as_of": export["as_of"], "watermark": export["watermark"]}

    rows = await _every_page(collections, fixed)
    summary = (await collections.get(f"{LIST}/summary", params=fixed)).json()

    told = facts(tables_of(file.content))
    assert len(rows) == ROWS
    assert told["Digest"].startswith(digest({"receivables": rows}))
    assert told["Summary"].startswith(summary["meta"]["digest"])


async def _every_page(client: httpx2.AsyncClient, fixed: dict[str, str]) -> list[Any]:
    rows: list[Any] = []
    asked: dict[str, Any] = {**fixed, "limit": 1_000}
    while True:
        page = (await client.get(LIST, params=asked)).json()
        rows += page["receivables"]
        if page["page"]["next"] is None:
            return rows
        asked["cursor"] = page["page"]["next"]
