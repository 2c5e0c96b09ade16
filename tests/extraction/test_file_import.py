"""A file is taken in as a whole or not at all, and once, however often and in whatever order."""

import asyncio
import signal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from careledger.errors import CareledgerError
from ingest.cli import app
from ingest.settings import IngestSettings
from support.aggregators import Installation
from support.extracting import letters, published, rows_of, runs, told
from support.ingest_command import Ended, environment, run
from support.polling import seen

pytestmark = pytest.mark.integration

MAPPING = """
source = "urn:harbor:files"
time_zone = "America/New_York"
clinic = { value = "harbor" }
[payments]
table = "payments"
key = "id"
patient = "patient"
amount = "amount"
method = "method"
received_at = "paid_on"
"""
HEADER = "id,patient,amount,method,paid_on\n"


def payments(*numbers: int, amount: str = "10.50") -> str:
    return "".join(f"Y-{n},P-{n % 7},{amount},card,2026-03-{1 + n % 28:02}\n" for n in numbers)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "files.toml").write_text(MAPPING, encoding="utf-8")
    return tmp_path


class Importing:
    """Imports files as an operator would."""

    def __init__(self, settings: IngestSettings, folder: Path) -> None:
        self.folder = folder
        self.env = environment(settings, CARELEDGER_EXTRACTION_CHUNK_ROWS="10")

    async def rows(self, text: str, *options: str, name: str = "p.csv") -> Ended:
        return await self._run(*self._written(text, name), *options)

    async def killed_at(self, place: str, text: str) -> Ended:
        arguments = ("import", *self._written(text, "p.csv"))
        env = {**self.env, "CARELEDGER_FAIL_POINT": place}
        return await run(*arguments, env=env, cwd=self.folder)

    async def events(self, text: str, *options: str) -> Ended:
        file = self.folder / "events.ndjson"
        file.write_text(text, encoding="utf-8")
        return await self._run("events", str(file), *options)

    def _written(self, text: str, name: str) -> tuple[str, ...]:
        (self.folder / name).write_text(text, encoding="utf-8", newline="")
        mapping = str(self.folder / "files.toml")
        return "rows", str(self.folder / name), "--mapping", mapping

    async def _run(self, *arguments: str) -> Ended:
        result = await asyncio.to_thread(
            CliRunner().invoke, app, ("import", *arguments), env=self.env
        )
        problem = result.exception
        assert problem is None or isinstance(problem, CareledgerError), problem
        return Ended(result.exit_code, result.stdout, "" if problem is None else str(problem))


@pytest.fixture
def importing(ingest_settings: IngestSettings, folder: Path) -> Importing:
    return Importing(ingest_settings, folder)


async def test_the_same_rows_have_one_effect_in_any_order_and_overlap(
    importing: Importing, ingest_settings: IngestSettings
) -> None:
    first = await importing.rows(HEADER + payments(*range(40)))
    again = await importing.rows(HEADER + payments(*range(40)))
    overlapping = await importing.rows(HEADER + payments(*reversed(range(30, 50))))
    as_json = await importing.rows(
        '{"id": "Y-3", "patient": "P-3", "amount": "10.50", "method": "card",'
        ' "paid_on": "2026-03-04"}\n',
        name="p.ndjson",
    )

    assert first.out.startswith("40 rows read, 40 events new, 0 rows unchanged"), first.err
    assert "amounts add up to 420.00 USD" in first.out
    assert again.out.startswith("40 rows read, 0 events new, 40 rows unchanged"), again.err
    assert overlapping.out.startswith("20 rows read, 10 events new, 10 rows unchanged")
    assert as_json.out.startswith("1 rows read, 0 events new, 1 rows unchanged"), as_json.err
    assert len(await published(ingest_settings)) == len(await told(ingest_settings)) == 50
    ended = [(one["mode"], one["status"], one["read_count"]) for one in await runs(ingest_settings)]
    assert ended[0] == ("import", "completed", 40)


async def test_a_changed_row_is_told_as_the_difference_and_the_proof_matches(
    importing: Importing, ingest_settings: IngestSettings, installation: Installation
) -> None:
    installation.start_aggregator()
    await importing.rows(HEADER + payments(1, 2, 3))
    await importing.rows(HEADER + payments(2, amount="12.00"))

    corrected = (await told(ingest_settings))["payment:Y-2:2"]
    proofs = await seen(
        lambda: rows_of(ingest_settings, "SELECT matches, books FROM reconciliations"),
        lambda found: len(found) == 2,
        timeout_seconds=60,
    )

    assert (corrected["type"], corrected["amount"]) == ("payment.corrected", 150)
    assert all(one["matches"] for one in proofs), proofs


async def test_refused_lines_go_to_quarantine_by_number_and_the_others_go_on(
    importing: Importing, ingest_settings: IngestSettings, folder: Path
) -> None:
    text = (
        HEADER
        + payments(1, 2)
        + payments(3, amount="10,50").replace("10,50", '"10,50"')
        + "Y-4,P-4\n"
        + payments(5)
        + payments(1, amount="73194.00")
        + 'Y-6,P-6,1.00,"card,2026-03-02\n'
        + payments(*range(7, 20))
        + payments(7, amount="73194.00")
    )
    ended = await importing.rows(text, "--rejects", str(folder / "rejects.csv"))

    assert ended.code == 0, ended.err
    assert "16 events new" in ended.out
    lines = (folder / "rejects.csv").read_text().splitlines()
    assert [line.split(",")[0] for line in lines] == ["line", "4", "5", "7", "8", "22"]
    assert "line 4: amount: amount is not a plain decimal number" in ended.out
    found = await letters(ingest_settings)
    assert {one["reason"] for one in found} == {
        "field_invalid",
        "body_invalid",
        "row_inconsistent",
    }
    assert {5, 8} <= {one["fields"].get("row_line") for one in found}
    assert "73194" not in repr(found)


@pytest.mark.parametrize(
    ("text", "options", "problem"),
    [
        (HEADER + payments(*range(25)), ("--expect", "rows=26"), "25 rows instead of 26"),
        (
            HEADER + payments(*range(25)),
            ("--expect", "USD=262.51"),
            "add up to 262.50 USD instead of 262.51",
        ),
        (
            HEADER + payments(*range(25)) + "Y-99,P-1\n",
            ("--refusals", "none"),
            "1 of 26 rows are refused",
        ),
        ((HEADER + payments(*range(25)))[:-20], (), "ends in the middle of a row"),
        (HEADER + payments(1, 2, amount="x"), (), "every row is refused"),
        (HEADER + payments(*range(25)), ("--table", "invoices"), "has no [invoices]"),
        (HEADER, (), "a heading and no rows"),
    ],
    ids=["rows", "total", "none-refused", "cut", "all-refused", "other-table", "no-rows"],
)
async def test_of_a_file_that_does_not_hold_nothing_is_taken(
    importing: Importing,
    ingest_settings: IngestSettings,
    text: str,
    options: tuple[str, ...],
    problem: str,
) -> None:
    ended = await importing.rows(text, *options)

    assert ended.code == 1
    assert problem in ended.err
    assert await published(ingest_settings) == []
    assert await letters(ingest_settings) == []
    assert await rows_of(ingest_settings, "SELECT 1 FROM extraction_rows") == []


async def test_a_dry_run_says_what_it_would_do_and_keeps_nothing(
    importing: Importing, ingest_settings: IngestSettings
) -> None:
    await importing.rows(HEADER + payments(1, 2))
    dry = await importing.rows(HEADER + payments(2, 3, 4) + "Y-5,P-5\n", "--dry-run")

    assert dry.code == 0, dry.err
    assert "4 rows read, 2 events new, 1 rows unchanged, 1 refused, 0 events sent" in dry.out
    assert "line 5: the row has 2 cells instead of 5" in dry.out
    assert dry.out.endswith("nothing was taken in: a dry run\n")
    assert "payments from p.csv: 3 rows" in dry.out
    assert "P-3" not in dry.out
    assert len(await published(ingest_settings)) == 2
    assert len(await runs(ingest_settings)) == 1
    assert len(await rows_of(ingest_settings, "SELECT 1 FROM extraction_rows")) == 2


@pytest.mark.parametrize("place", ["file-read@2", "file-kept@1", "extraction-half-sent@1"])
async def test_an_import_that_is_killed_took_nothing_or_is_finished_by_the_next(
    importing: Importing, ingest_settings: IngestSettings, place: str
) -> None:
    text = HEADER + payments(*range(40))

    killed = await importing.killed_at(place, text)
    between = len(await told(ingest_settings))
    again = await importing.rows(text)

    assert killed.code == -signal.SIGKILL
    assert between == (10 if place.startswith("extraction") else 0)
    assert again.code == 0, again.err
    assert "40 events sent" in again.out
    assert len(await told(ingest_settings)) == 40


async def test_a_file_of_events_is_taken_in_whole_and_again_with_the_same_identities(
    importing: Importing, ingest_settings: IngestSettings
) -> None:
    event = (
        '{"specversion": "1.0", "id": "e-%d", "source": "urn:a:b", "type": "payment.succeeded",'
        ' "time": "2026-03-02T09:30:00Z", "data": {"clinic_id": "harbor", "patient_id": "P-1",'
        ' "payment_id": "Y-%d", "amount": 1050, "currency": "USD", "method": "card",'
        ' "received_at": "2026-03-02T09:30:00Z"}}\n'
    )
    text = "".join(event % (n, n) for n in range(12)) + "{}\n"

    dry = await importing.events(text, "--dry-run")
    none = len(await published(ingest_settings))
    first = await importing.events(text, "--expect", "rows=13", "--expect", "USD=126.00")
    cut = await importing.events(text + (event % (99, 99))[:-20])
    again = await importing.events(text)

    assert (dry.code, none) == (0, 0), dry.err
    assert "13 rows read, 12 events new, 0 rows unchanged, 1 refused, 12 events sent" in first.out
    assert "line 13: " in first.out
    assert (cut.code, "ends in the middle of a line" in cut.err) == (1, True)
    assert again.code == 0
    assert len(await told(ingest_settings)) == 12
