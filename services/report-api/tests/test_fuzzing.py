"""Whatever is sent, answers are as the OpenAPI document says, and none is a defect."""

import asyncio
import sys
from pathlib import Path

import pytest

from report_api.permissions import Role
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.integration

PROGRAM = Path(sys.executable).parent / "schemathesis"
SETTINGS = Path(__file__).with_name("schemathesis.toml")
ALWAYS = (Role.ADMIN, Role.STAFF)
_LONG = [pytest.param(role, marks=pytest.mark.long) for role in Role if role not in ALWAYS]
# The first two are streams, which schemathesis waits for and takes for one text; the others ask
# ingest, which is not here, and truly answer 503: tests/extraction asks them.
LEFT_OUT = ("followUpdates", "followExport", "startRun", "cancelRun", "replayQuarantined")


async def fuzz(url: str, authorization: str, folder: Path, *, examples: int) -> tuple[int, str]:
    running = await asyncio.create_subprocess_exec(
        PROGRAM,
        "--config-file",
        SETTINGS,
        "run",
        f"{url}/openapi.json",
        f"--header=Authorization: {authorization}",
        f"--max-examples={examples}",
        *(f"--exclude-operation-id={one}" for one in LEFT_OUT),
        "--suppress-health-check=all",
        # A machine with other work is slow, and that is no finding.
        "--request-timeout=120",
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    told, _ = await running.communicate()
    return running.returncode or 0, told.decode(errors="replace")


@pytest.mark.parametrize("role", [*ALWAYS, *_LONG])
async def test_no_request_finds_a_defect(
    report_api: RunningReportApi, served_report_api: str, role: Role, tmp_path: Path
) -> None:
    await report_api.told(
        [
            tell("invoice.issued", "2026-01-05", amount=10_000),
            tell("payment.succeeded", "2026-01-20", amount=2_500, invoice_id="inv1"),
        ]
    )
    client = await report_api.user(role)
    # Written once; whoever loads it after that need not wait.
    assert (await client.get("/openapi.json")).status_code == 200

    authorization = client.headers["authorization"]
    code, told = await fuzz(served_report_api, authorization, tmp_path, examples=15)

    assert code == 0, told
