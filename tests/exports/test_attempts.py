"""An export is rendered by one worker at a time, three times at most, and once in effect."""

import asyncio
from pathlib import Path
from typing import Any

import asyncpg
import httpx2
import pytest

from pdf_worker.attempts import Held
from support.exports import EXPORTS, ask, attempts, begin_attempt, ends_audited, render, status
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.integration


@pytest.fixture
async def finance(report_api: RunningReportApi) -> httpx2.AsyncClient:
    await report_api.told([tell("payment.succeeded", "2026-01-20", amount=2_500)])
    return await report_api.user("finance")


@pytest.fixture
async def asked(finance: httpx2.AsyncClient) -> dict[str, Any]:
    return await ask(finance)


def files(report_api: RunningReportApi) -> list[Path]:
    return sorted(report_api.documents.iterdir())


async def test_a_rendered_export_is_one_file_under_its_id(
    report_api: RunningReportApi, finance: httpx2.AsyncClient, asked: dict[str, Any]
) -> None:
    await render(report_api.settings, asked["export_id"])

    assert (await status(finance, asked["export_id"]))["state"] == "ready"
    assert [file.name for file in files(report_api)] == [f"{asked['export_id']}.pdf"]


async def test_rendering_again_changes_nothing(
    report_api: RunningReportApi, asked: dict[str, Any]
) -> None:
    await render(report_api.settings, asked["export_id"])
    before = files(report_api)[0].stat().st_mtime_ns

    await render(report_api.settings, asked["export_id"])

    assert files(report_api)[0].stat().st_mtime_ns == before
    assert len(await attempts(report_api.connection, asked["export_id"])) == 1


async def test_of_two_workers_one_renders(
    report_api: RunningReportApi, asked: dict[str, Any]
) -> None:
    results = await asyncio.gather(
        *(render(report_api.settings, asked["export_id"]) for _ in range(2))
    )

    assert sorted(isinstance(result, Held) for result in results) == [False, True]
    assert len(await attempts(report_api.connection, asked["export_id"])) == 1


async def test_an_attempt_that_died_is_closed_and_followed_by_another(
    report_api: RunningReportApi, finance: httpx2.AsyncClient, asked: dict[str, Any]
) -> None:
    await begin_attempt(report_api.connection, asked["export_id"], 1, lease="-1 second")

    await render(report_api.settings, asked["export_id"])

    first, second = await attempts(report_api.connection, asked["export_id"])
    assert (first["outcome"], second["outcome"]) == ("failed", "ready")
    assert (await status(finance, asked["export_id"]))["attempts"] == 2


async def test_after_three_attempts_that_died_it_has_failed_and_says_why(
    report_api: RunningReportApi, finance: httpx2.AsyncClient, asked: dict[str, Any]
) -> None:
    for number in (1, 2, 3):
        await begin_attempt(report_api.connection, asked["export_id"], number, lease="-1 second")

    await render(report_api.settings, asked["export_id"])

    export = await status(finance, asked["export_id"])
    assert (export["state"], export["problem"]) == (
        "failed",
        "The worker ended while it was rendering this.",
    )
    assert len(await attempts(report_api.connection, asked["export_id"])) == 3


async def test_an_export_another_worker_holds_is_left_to_it(
    report_api: RunningReportApi, asked: dict[str, Any]
) -> None:
    await begin_attempt(report_api.connection, asked["export_id"], 1, lease="1 minute")

    held = await render(report_api.settings, asked["export_id"])

    assert isinstance(held, Held)
    assert 50 < held.wait.total_seconds() <= 60


async def test_an_export_that_waited_until_its_time_was_over_is_not_rendered(
    report_api: RunningReportApi, asked: dict[str, Any]
) -> None:
    await report_api.connection.execute("UPDATE exports SET expired_at = now()")

    await render(report_api.settings, asked["export_id"])

    assert files(report_api) == []
    assert await attempts(report_api.connection, asked["export_id"]) == []


async def test_a_canceled_export_is_not_rendered(
    report_api: RunningReportApi, finance: httpx2.AsyncClient, asked: dict[str, Any]
) -> None:
    await finance.delete(f"{EXPORTS}/{asked['export_id']}")

    await render(report_api.settings, asked["export_id"])

    assert files(report_api) == []
    assert await attempts(report_api.connection, asked["export_id"]) == []


async def test_figures_other_than_those_on_screen_are_refused(
    report_api: RunningReportApi, finance: httpx2.AsyncClient, asked: dict[str, Any]
) -> None:
    await report_api.connection.execute("UPDATE exports SET digest = repeat('0', 64)")

    await render(report_api.settings, asked["export_id"])

    export = await status(finance, asked["export_id"])
    assert export["state"] == "failed"
    assert "Ask for it again" in export["problem"]
    assert files(report_api) == []


async def test_what_is_recorded_later_is_not_in_the_document(
    report_api: RunningReportApi, finance: httpx2.AsyncClient, asked: dict[str, Any]
) -> None:
    later = tell("payment.succeeded", "2026-01-21", amount=77, payment_id="later")
    await report_api.told([later])

    await render(report_api.settings, asked["export_id"])

    assert (await status(finance, asked["export_id"]))["state"] == "ready"


async def test_the_end_of_an_attempt_is_audited(
    report_api: RunningReportApi, asked: dict[str, Any]
) -> None:
    await render(report_api.settings, asked["export_id"])

    (record,) = await ends_audited(report_api.connection)
    assert (record["service"], record["outcome"]) == ("pdf-worker", "success")
    assert record["resource"].endswith(asked["export_id"])
    assert record["details"]["digest"] == asked["digest"]


async def test_without_a_record_of_its_end_no_export_is_ready(
    report_api: RunningReportApi, finance: httpx2.AsyncClient, asked: dict[str, Any]
) -> None:
    await report_api.connection.execute(
        "ALTER TABLE audit_outbox ADD CONSTRAINT closed CHECK (false) NOT VALID"
    )
    with pytest.raises(asyncpg.CheckViolationError):
        await render(report_api.settings, asked["export_id"])
    await report_api.connection.execute("ALTER TABLE audit_outbox DROP CONSTRAINT closed")

    assert (await status(finance, asked["export_id"]))["state"] != "ready"
