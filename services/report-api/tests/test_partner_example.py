"""The example for partners does what it says: it is run as it stands in the documentation."""

import asyncio
import os
import re
import sys
from pathlib import Path
from types import ModuleType

import httpx2
import pytest

from support.report_api import CLIENT_SECRET, RunningReportApi
from support.repository import ROOT
from support.stories import tell

pytestmark = pytest.mark.integration

PAGE = ROOT / "docs" / "how-to" / "call-the-report-api.md"


def example() -> str:
    found = re.search(r"^```python\n(.*?)^```", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


async def test_the_example_prints_the_revenue_of_each_month(
    report_api: RunningReportApi, served_report_api: str, tmp_path: Path
) -> None:
    await report_api.told([tell("payment.succeeded", "2026-01-20", amount=2_500)])
    program = tmp_path / "example.py"
    program.write_text(example())
    given = {
        "CARELEDGER_API": served_report_api,
        "CARELEDGER_CLIENT_ID": await report_api.add_partner("revenue:read"),
        "CARELEDGER_CLIENT_SECRET": CLIENT_SECRET,
    }

    running = await asyncio.create_subprocess_exec(
        sys.executable,
        program,
        env={**os.environ, **given},  # noqa: TID251 - the child keeps PATH
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await running.communicate()

    assert told.decode().splitlines() == [
        "2026-01-01 2500 USD",
        "2026-02-01 0 USD",
        "2026-03-01 0 USD",
    ]


async def test_the_example_keeps_editions_and_follows_pages(
    report_api: RunningReportApi, served_report_api: str
) -> None:
    await report_api.told(
        [
            tell("invoice.issued", "2026-01-05", amount=10_000, invoice_id=f"inv{number}")
            for number in range(3)
        ]
    )
    module = ModuleType("example")
    exec(example(), module.__dict__)  # noqa: S102 - our own page
    client_id = await report_api.add_partner("revenue:read", "outstanding:read")

    def ask() -> tuple[bool, int]:
        with httpx2.Client(base_url=served_report_api) as http:
            api = module.Careledger(http, client_id, CLIENT_SECRET)
            first = api.report("revenue", start_date="2026-01-01", end_date="2026-01-31")
            again = api.report("revenue", start_date="2026-01-01", end_date="2026-01-31")
            return first is again, len(list(api.pages("outstanding", limit="1")))

    assert await asyncio.to_thread(ask) == (True, 3)
