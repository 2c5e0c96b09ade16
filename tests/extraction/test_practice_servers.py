"""Practices' databases on servers are read as they are, by an account that only reads."""

import gc
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from msgspec import structs
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from careledger.errors import CareledgerError, UnavailableError
from ingest.extraction.requests import Request
from ingest.settings import IngestSettings
from ingest.sources.payloads import SourceUnreadableError
from ingest.sources.practice.connecting import engine_of, prepare
from ingest.sources.practice.database import Position, PracticeDatabase
from ingest.sources.practice.mapping import TableMapping, read_mapping
from support.aggregators import Installation
from support.extracting import extract, letters, runs, told
from support.ingest_command import environment, run
from support.practice import ROWS, ready_mapping
from support.practice_agreement import agree
from support.practice_changes import WorkingPractice
from support.practice_servers import ServerPractice, practice_on

pytestmark = pytest.mark.integration
CHUNK: Final = 10
TYPED: Final = (
    "CREATE TABLE patients (id {uuid} PRIMARY KEY, first_name {text}, last_name {text})",
    """CREATE TABLE invoices (
        id bigint PRIMARY KEY, patient_id {uuid}, amount {amount}, issued_on date, due_on date,
        status {invoice_state}, updated_at {instant})""",
    """CREATE TABLE payments (
        id {uuid} PRIMARY KEY, patient_id {uuid}, invoice_id bigint, amount {amount},
        method {text}, paid_at {instant}, settled boolean, updated_at {local})""",
)
PATIENT: Final = "0b6f9b1e-7c1c-4f43-8f0e-0d3d7f1f0001"
NOON: Final = {"postgresql": "'2026-03-09 03:30:00+00'", "mysql": "'2026-03-08 22:30:00'"}
"""The same instant: MariaDB's own zone here is five hours behind."""


@pytest.fixture
def practice(practice_server: str, tmp_path: Path) -> Iterator[ServerPractice]:
    with practice_on(practice_server, tmp_path, ready_mapping()) as one:
        one.do(*ROWS)
        yield one


@pytest.fixture
def typed(practice_server: str, tmp_path: Path) -> Iterator[ServerPractice]:
    states = 'map = { true = "succeeded", false = "pending", 1 = "succeeded", 0 = "pending" }'
    before, _, _ = ready_mapping().partition("[payments.status]")
    mapping = f'{before}[payments.status]\ncolumn = "settled"\n{states}\n'
    with practice_on(practice_server, tmp_path, mapping, TYPED) as one:
        noon = NOON[make_url(practice_server).get_backend_name()]
        one.do(
            f"INSERT INTO patients VALUES ('{PATIENT}', 'Ada', 'Okafor')",
            f"""INSERT INTO invoices VALUES
            (5000000001, '{PATIENT}', 1234567.80, '2026-02-27', NULL, 'open', {noon}),
            (5000000002, '{PATIENT}', 0.10, '2026-02-28', '2026-03-30', 'void', {noon})""",
            *(
                f"""INSERT INTO payments VALUES ('{uuid(n)}', '{PATIENT}', 5000000001, {n}.05,
                'card', {noon}, true, '2026-03-08 09:00:00')"""
                for n in range(1, 36)
            ),
            f"""INSERT INTO payments VALUES ('{uuid(99)}', '{PATIENT}', NULL, 5.50, 'check',
            {noon}, false, NULL)""",
        )
        yield one


def uuid(number: int) -> str:
    return f"{number * 7 % 100:02}6f9b1e-7c1c-4f43-8f0e-0d3d7f1f{number:04}"


@pytest.fixture
def settings(ingest_settings: IngestSettings) -> IngestSettings:
    return ingest_settings.model_copy(update={"extraction_chunk_rows": CHUNK})


def table(practice: ServerPractice, name: str) -> TableMapping:
    return dict(read_mapping(practice.mapping).tables())[name]  # type: ignore[index]


async def news(settings: IngestSettings, practice: ServerPractice) -> list[dict[str, Any]]:
    """What one more run tells."""
    before = await told(settings)
    await extract(settings, practice)
    return [event for key, event in (await told(settings)).items() if key not in before]


async def test_a_working_practice_and_the_reports_agree_to_the_cent_after_every_run(
    settings: IngestSettings, installation: Installation, practice: ServerPractice
) -> None:
    installation.start_aggregator()
    working = WorkingPractice(practice, seed=15)
    for _ in range(3):
        working.work(100)
        assert (await extract(settings, practice)).quarantined <= 2
        await agree(settings, installation, practice)


async def test_every_type_arrives_as_what_it_says(
    settings: IngestSettings, typed: ServerPractice
) -> None:
    counts = await extract(settings, typed)
    events = await told(settings)
    again = await extract(settings, typed, Request(mode="full"))

    assert (counts.quarantined, counts.published) == (0, len(events)), await letters(settings)
    invoice, voided = (events[f"invoice:500000000{n}:1"] for n in (1, 2))
    assert (invoice["amount"], invoice["issued_on"]) == (123456780, "2026-02-27")
    assert (invoice["patient_id"], invoice.get("due_on")) == (PATIENT, None)
    assert (voided["amount"], voided["due_on"]) == (10, "2026-03-30")
    assert events["void:5000000002:1.1"]["type"] == "invoice.voided"
    paid, waiting = (events[f"payment:{uuid(n)}:1"] for n in (3, 99))
    assert (paid["type"], paid["amount"], paid["invoice_id"]) == (
        "payment.succeeded",
        305,
        "5000000001",
    )
    assert (paid["received_at"], paid["business_date"]) == ("2026-03-09T03:30:00Z", "2026-03-08")
    assert (waiting["type"], waiting["method"]) == ("payment.pending", "check")
    assert (again.published, again.unchanged) == (0, counts.read)


async def test_more_rows_of_one_instant_than_a_chunk_holds_are_all_read_and_once(
    settings: IngestSettings, typed: ServerPractice
) -> None:
    await extract(settings, typed)
    typed.do(
        "UPDATE payments SET amount = amount + 1, updated_at = '2026-03-09 09:00:00' WHERE settled"
    )

    changed = await news(settings, typed)
    # Committed late, within the overlap; and a row that never says when it changed.
    typed.do(
        f"""UPDATE payments SET amount = 9, updated_at = '2026-03-09 08:50:00'
        WHERE id = '{uuid(1)}'""",
        f"UPDATE payments SET method = 'cash', settled = true WHERE id = '{uuid(99)}'",
    )
    late = await news(settings, typed)

    assert [(one["type"], one["amount"]) for one in changed] == [("payment.corrected", 100)] * 35
    assert sorted((one["type"], one["amount"]) for one in late) == [
        ("payment.corrected", 695),
        ("payment.succeeded", 550),
    ]


async def test_a_row_dated_ahead_hides_no_later_change(
    settings: IngestSettings, practice: ServerPractice
) -> None:
    practice.do("UPDATE payments SET updated_at = '2037-01-01 00:00:00' WHERE id = 'Y-2'")
    await extract(settings, practice)
    await extract(settings, practice)
    practice.do("UPDATE payments SET amount = 61, updated_at = now() WHERE id = 'Y-1'")

    (event,) = await news(settings, practice)

    assert (event["type"], event["amount"]) == ("payment.corrected", 100)


async def test_deleted_rows_are_taken_back_whatever_their_keys_are(
    settings: IngestSettings, typed: ServerPractice
) -> None:
    await extract(settings, typed)
    typed.do(
        f"DELETE FROM payments WHERE id = '{uuid(7)}'",
        "DELETE FROM invoices WHERE id = 5000000001",
    )

    gone = await news(settings, typed)

    assert sorted((one["type"], one.get("amount")) for one in gone) == [
        ("invoice.voided", None),
        ("payment.corrected", -705),
    ]


async def test_a_pass_taken_up_again_reads_what_changed_behind_it(
    settings: IngestSettings, typed: ServerPractice
) -> None:
    killed = await run(
        *("extract", "run", *typed.options),
        env=environment(settings, CARELEDGER_FAIL_POINT="extraction-struck@5"),
        cwd=typed.mapping.parent,
    )
    before = await told(settings)
    known = sorted(key for key in before if key.startswith("payment:"))
    first = known[0].split(":")[1]
    typed.do(f"UPDATE payments SET amount = 500, updated_at = '2026-04-01' WHERE id = '{first}'")

    added = await news(settings, typed)

    assert killed.code == -signal.SIGKILL, killed.err
    assert 0 < len(known) < 36
    assert sum(one["type"] == "payment.corrected" for one in added) == 1
    assert len(await told(settings)) == 1 + 2 + 1 + 36 + 1


async def test_the_mapping_is_held_against_the_database_by_who_may_only_read(
    settings: IngestSettings, typed: ServerPractice
) -> None:
    typed.do("ALTER TABLE invoices RENAME COLUMN due_on TO due")

    checked = await run(
        *("mapping", "check", *typed.options), env=environment(settings), cwd=typed.mapping.parent
    )

    lines = checked.out.splitlines()
    assert (checked.code, checked.err) == (1, "the mapping does not fit the database\n")
    assert "  error: no column due_on" in lines
    assert "payments from payments: 36 rows" in lines
    assert "  warning: 1 rows have no updated_at: every run reads them all" in lines
    assert not [name for name in ("Okafor", PATIENT, uuid(1)) if name in checked.out]


def test_a_session_of_an_account_that_could_write_does_not(practice: ServerPractice) -> None:
    owner = practice.owner.url.render_as_string(hide_password=False)
    engine = engine_of(owner, 60)
    try:
        with engine.connect() as connection:
            prepare(connection, 60)
            with pytest.raises(DBAPIError):
                connection.execute(text("DELETE FROM payments"))
    finally:
        engine.dispose()


def test_between_two_chunks_nothing_of_the_practice_is_locked(practice: ServerPractice) -> None:
    database = PracticeDatabase(practice.url)
    try:
        payments = table(practice, "payments")
        database.count(payments)
        rows = database.by_change(payments, Position(date(2020, 1, 1)), 1)
        # Whoever alters or drops a table waits for every transaction that has looked at it.
        wait = "SET lock_wait_timeout = 1"
        if practice.owner.name == "postgresql":
            wait = "SET lock_timeout = '1s'"
        practice.do(wait, "ALTER TABLE payments ADD COLUMN note varchar(9)", "DROP TABLE payments")
    finally:
        database.close()

    assert len(rows) == 1


def test_a_query_that_takes_too_long_is_ended_and_says_so(practice: ServerPractice) -> None:
    sleep = "SLEEP(5)" if practice.owner.name != "postgresql" else "1 FROM pg_sleep(5)"
    practice.do(f"CREATE VIEW slow AS SELECT p.* FROM payments AS p, (SELECT {sleep}) AS waiting")
    database = PracticeDatabase(practice.url, query_seconds_max=1)
    slow = read_mapping(practice.mapping).payments
    assert slow is not None
    try:
        with pytest.raises(UnavailableError, match="takes too long"):
            database.count(structs.replace(slow, table="slow"))
    finally:
        database.close()


# The driver leaves the socket of a refused login to whoever collects garbage.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"password": "wrong"}, "refuses the login"),
        ({"database": "nowhere"}, "refuses the login"),
        ({"port": 1}, "does not answer"),
        ({"query": {"pool": "9"}}, "options that are not understood: pool"),
    ],
)
async def test_why_a_database_cannot_be_opened_is_said(
    practice: ServerPractice, change: dict[str, Any], problem: str
) -> None:
    url = make_url(practice.url).set(**change).render_as_string(hide_password=False)
    with pytest.raises(CareledgerError, match=problem) as raised:
        PracticeDatabase(url).count(table(practice, "payments"))
    assert "wrong" not in str(raised.value)
    del raised
    gc.collect()


async def test_a_table_that_may_not_be_read_ends_the_run_with_its_reason(
    settings: IngestSettings, practice: ServerPractice
) -> None:
    await extract(settings, practice)
    if practice.owner.name == "postgresql":
        practice.do(f"REVOKE SELECT ON payments FROM {practice.reader}")
    else:
        practice.do("RENAME TABLE payments TO payments_elsewhere")

    with pytest.raises(SourceUnreadableError):
        await extract(settings, practice)

    assert [one["status"] for one in await runs(settings)] == ["completed", "failed"]
