"""From a question on screen to a PDF in hand: every part is real."""

from io import BytesIO
from typing import Any

import httpx2
import pytest
from pypdf import PdfReader

from support.pdf_worker import StartPdfWorker
from support.polling import seen
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.e2e

EXPORTS = "/api/v1/reports/exports"
QUESTION = {"start_date": "2026-01-01", "end_date": "2026-03-31", "granularity": "month"}


async def test_a_question_becomes_a_document_with_the_figures_of_the_screen(
    report_api: RunningReportApi, start_pdf_worker: StartPdfWorker
) -> None:
    start_pdf_worker()
    await report_api.told(
        [
            tell("payment.succeeded", "2026-01-20", amount=250_000, payment_id="a"),
            tell("payment.succeeded", "2026-03-02", amount=1_999, payment_id="b"),
            tell("payment.refunded", "2026-03-05", amount=500, payment_id="b"),
        ]
    )
    finance = await report_api.user("finance")
    screen = (await finance.get("/api/v1/reports/revenue", params=QUESTION)).json()

    asked = await finance.post(EXPORTS, json={"report": "revenue", "parameters": QUESTION})
    ready = await _ended(finance, asked.headers["location"])
    file = await report_api.anybody.get(ready["file"]["href"])

    assert ready["state"] == "ready"
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(file.content)).pages)
    assert screen["meta"]["digest"] == ready["digest"]
    assert screen["meta"]["digest"] in text
    assert [p["net_payments"] for p in screen["series"][0]["points"]] == [250_000, 0, 1_499]
    for figure in ("2,500.00", "19.99", "5.00", "14.99", "2,514.99"):
        assert figure in text


async def _ended(client: httpx2.AsyncClient, location: str) -> dict[str, Any]:
    async def look() -> dict[str, Any]:
        return (await client.get(location)).json()

    return await seen(
        look, lambda export: export["state"] in {"ready", "failed"}, timeout_seconds=90
    )
