"""Transactions end in use cases, log events are constant, consumers join groups, tests are real."""

import pytest

from support.architecture.conduct import (
    changing_log_events,
    mocks,
    sleeps,
    subscribers_without_group,
    transactions,
)
from support.architecture.sources import Source, sources

PRODUCT = sources("shared/src/*.py", "shared/migrations/*.py", "services/*/src/*.py")
TESTS = sources("*/test_*.py")
TRANSACTIONS = {
    "services/aggregator/src/aggregator/apply.py": "a batch is one transaction",
    "services/aggregator/src/aggregator/checkpoints.py": "one signer at a time, over what it read",
    "services/aggregator/src/aggregator/folding.py": "what is folded leaves and comes at once",
    "services/aggregator/src/aggregator/closing.py": "days are closed with the offsets reached",
    "services/aggregator/src/aggregator/keeping.py": "and so is one of audit records or letters",
    "services/aggregator/src/aggregator/announcements.py": "rows are held until they are sent",
    "services/ingest/src/ingest/file_import/run.py": "a file is kept as a whole or not at all",
    "services/aggregator/src/aggregator/reconcile.py": "a run is compared in one snapshot",
    "services/aggregator/src/aggregator/retention/audit_cut.py": "what goes of the log is recorded",
    "services/aggregator/src/aggregator/retention/proofs.py": "proofs go with their record",
    "services/ingest/src/ingest/run_term.py": "runs go with their totals, once it is recorded",
    "services/aggregator/src/aggregator/retention/opening.py": "a horizon moves with its record",
    "services/aggregator/src/aggregator/retention/preview.py": "what would go is judged as it is",
    "services/aggregator/src/aggregator/retention/purge.py": "stories go whole, with their record",
    "services/ingest/src/ingest/extraction/sending.py": "rows are kept with the records about them",
    "services/aggregator/src/aggregator/verifying.py": "a verification and its record",
    "services/aggregator/src/aggregator/relay.py": "and so are audit records",
    "services/ingest/src/ingest/runs.py": "a run is claimed and begun at once",
    "services/pdf-worker/src/pdf_worker/attempts.py": "an attempt ends with its audit record",
    "services/pdf-worker/src/pdf_worker/reading.py": "figures are read in one snapshot",
    "services/report-api/src/report_api/access.py": "an answer commits with its audit record",
    "services/report-api/src/report_api/accounts.py": "a change commits with its audit record",
    "services/report-api/src/report_api/routes/files.py": "a download and its record",
    "services/report-api/src/report_api/signin.py": "a sign-in and its record",
    "services/report-api/src/report_api/unattributed.py": "the records of a minute",
    "services/report-api/src/report_api/export_expiry.py": "exports expire with their record",
    "shared/src/careledger/commands.py": "a command is all or nothing",
    "shared/migrations/env.py": "the schema is there before the first migration",
}
"""File to what is one there: the only places where a transaction begins or ends."""


def test_transactions_are_where_they_belong_and_nowhere_else() -> None:
    assert {one.path for one in PRODUCT if transactions(one)} == TRANSACTIONS.keys()


@pytest.mark.parametrize(
    "text", ["connection.transaction()", "await session.commit()", "connection.begin()"]
)
def test_a_planted_transaction_is_found(text: str) -> None:
    source = Source("services/ingest/src/ingest/intake.py", f"async def one():\n    {text}\n")

    assert len(transactions(source)) == 1


def test_a_commit_of_offsets_is_no_transaction() -> None:
    assert transactions(Source("one.py", "consumer.commit(offsets)")) == []


def test_every_log_event_is_constant() -> None:
    assert [problem for one in PRODUCT for problem in changing_log_events(one)] == []


@pytest.mark.parametrize(
    "text", ['log.info(f"batch_{n}")', '_log.warning("Batch failed")', "logger.error(error)"]
)
def test_a_planted_changing_log_event_is_found(text: str) -> None:
    assert len(changing_log_events(Source("one.py", text))) == 1


def test_every_subscriber_has_a_group() -> None:
    assert [problem for one in PRODUCT for problem in subscribers_without_group(one)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("broker.subscriber(TOPIC)", 1),
        ("broker.subscriber(TOPIC, group_id=GROUP)", 0),
        ("self.subscriber(self.on_records)", 0),
        ("broker.subscriber(REPORT_UPDATES.name)", 0),
    ],
)
def test_a_planted_subscriber_without_a_group_is_found(text: str, found: int) -> None:
    assert len(subscribers_without_group(Source("one.py", text))) == found


def test_no_test_uses_a_mock() -> None:
    assert [problem for one in sources("*.py") for problem in mocks(one)] == []


@pytest.mark.parametrize(
    "text", ["from unittest.mock import patch", "from unittest import mock", "import unittest.mock"]
)
def test_a_planted_mock_is_found(text: str) -> None:
    assert len(mocks(Source("tests/test_one.py", text))) == 1


def test_no_test_sleeps() -> None:
    assert [problem for one in TESTS for problem in sleeps(one)] == []


def test_a_planted_sleep_is_found() -> None:
    planted = "def test_one():\n    time.sleep(1)\n"

    assert len(sleeps(Source("tests/test_one.py", planted))) == 1


def test_a_fake_may_be_slow_and_a_task_may_yield() -> None:
    slow = "def test_one():\n    def send():\n        time.sleep(1)\n    asyncio.sleep(0)\n"

    assert sleeps(Source("tests/test_one.py", slow)) == []
