"""Runs are listed, looked at and stopped by command, and each of it is recorded."""

from pathlib import Path

import msgspec
import pytest

from ingest.settings import IngestSettings
from support.extracting import extract, rows_of
from support.ingest_command import Ended, environment, run
from support.practice import SOURCE, Practice, make_practice
from support.topics import read_topic

pytestmark = pytest.mark.integration
_GOING = "01890000-0000-7000-8000-000000000002"


@pytest.fixture
def practice(tmp_path: Path) -> Practice:
    return make_practice(tmp_path)


async def command(settings: IngestSettings, folder: Path, *arguments: str) -> Ended:
    return await run("extract", *arguments, env=environment(settings), cwd=folder)


async def test_runs_are_listed_and_shown(
    ingest_settings: IngestSettings, practice: Practice, tmp_path: Path
) -> None:
    none = await command(ingest_settings, tmp_path, "status")
    await extract(ingest_settings, practice)
    await extract(ingest_settings, practice)

    listed = await command(ingest_settings, tmp_path, "list", "--source", SOURCE)
    shown = await command(ingest_settings, tmp_path, "status")

    assert (none.code, none.err) == (1, "there is no such run\n")
    assert listed.out.count("completed") == 2, listed.err
    lines = dict(line.split(maxsplit=1) for line in shown.out.splitlines())
    assert (lines["status"], lines["read"], lines["published"]) == ("completed", "4", "0")
    audit = await read_topic(
        ingest_settings.kafka_bootstrap, f"{ingest_settings.kafka_topic_prefix}audit-events"
    )
    actions = [msgspec.json.decode(one.value or b"")["action"] for one in audit]
    assert actions.count("run.viewed") == 2


async def test_a_run_is_shown_with_why_the_reports_stand_still(
    ingest_settings: IngestSettings, practice: Practice, tmp_path: Path
) -> None:
    await extract(ingest_settings, practice)
    await rows_of(
        ingest_settings,
        """INSERT INTO bad_data_stops (stop_id, topic, problem, stopped_at)
        VALUES ('s', 'payment-events', 'the last 500 records are all refused', now())""",
    )

    shown = await command(ingest_settings, tmp_path, "status")

    lines = dict(line.split(maxsplit=1) for line in shown.out.splitlines())
    assert lines["reports_stopped"] == "the last 500 records are all refused"
    assert float(lines["duration_seconds"]) >= 0


async def test_a_run_that_goes_on_is_asked_to_stop_and_one_that_does_not_is_not(
    ingest_settings: IngestSettings, tmp_path: Path
) -> None:
    await rows_of(
        ingest_settings,
        """INSERT INTO etl_process_status (run_id, source, mode, status, started_by)
        VALUES ($1, 'urn:practice:billing', 'full', 'running', 'somebody')""",
        [_GOING],
    )

    stopped = await command(ingest_settings, tmp_path, "cancel", _GOING)
    unknown = await command(ingest_settings, tmp_path, "cancel", "no-run")

    (row,) = await rows_of(ingest_settings, "SELECT cancel_requested_by FROM etl_process_status")
    assert stopped.code == 0, stopped.err
    assert str(row["cancel_requested_by"]).startswith("os:")
    assert (unknown.code, unknown.err) == (1, "no such run is going on\n")
