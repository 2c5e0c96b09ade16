"""A practice's database becomes events once, and every change of it becomes its correction."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest.extraction.progress import RunStoppedError
from ingest.extraction.requests import Request
from ingest.runs import RunCounts
from ingest.settings import IngestSettings
from ingest.sources.payloads import SourceUnreadableError
from support.extracting import extract, letters, published, rows_of, runs, told
from support.practice import Practice, make_practice

pytestmark = pytest.mark.integration


@pytest.fixture
def practice(tmp_path: Path) -> Practice:
    return make_practice(tmp_path)


def did(counts: RunCounts) -> tuple[int, int, int]:
    return counts.published, counts.deleted, counts.quarantined


async def changes(settings: IngestSettings, practice: Practice) -> list[dict[str, Any]]:
    """What one more run tells."""
    before = await told(settings)
    await extract(settings, practice)
    return [event for key, event in (await told(settings)).items() if key not in before]


async def test_a_database_becomes_events_and_a_second_run_changes_nothing(
    ingest_settings: IngestSettings, practice: Practice
) -> None:
    first = await extract(ingest_settings, practice)
    events = await told(ingest_settings)
    for mode in ("incremental", "full", "reconcile"):
        again = await extract(ingest_settings, practice, Request(mode=mode))
        assert did(again) == (0, 0, 0)

    assert did(first) == (10, 0, 0)
    assert len(await published(ingest_settings)) == len(events) == 10
    assert Counter(one["type"] for one in events.values()) == {
        "patient.recorded": 2,
        "invoice.issued": 3,
        "invoice.voided": 1,
        "payment.succeeded": 2,
        "payment.refunded": 1,
        "payment.pending": 1,
    }
    assert events["invoice:I-2:1"]["amount"] == 1999
    assert events["invoice:I-3:1"]["amount"] == 10
    assert [run["status"] for run in await runs(ingest_settings)] == ["completed"] * 4


async def test_a_changed_amount_is_told_as_the_difference_and_back_again_as_a_third_revision(
    ingest_settings: IngestSettings, practice: Practice
) -> None:
    await extract(ingest_settings, practice)

    practice.do(
        "UPDATE payments SET amount = 75, updated_at = '2026-03-01 09:00:00' WHERE id = 'Y-1'"
    )
    (more,) = await changes(ingest_settings, practice)
    practice.do(
        "UPDATE payments SET amount = 60, updated_at = '2026-03-02 09:00:00' WHERE id = 'Y-1'"
    )
    (back,) = await changes(ingest_settings, practice)

    assert (more["type"], more["amount"]) == ("payment.corrected", 1500)
    assert (back["type"], back["amount"]) == ("payment.corrected", -1500)
    assert {more["business_date"], back["business_date"]} == {"2026-01-10"}
    assert "payment:Y-1:3" in await told(ingest_settings)


async def test_a_changed_day_is_taken_back_on_the_old_one_and_told_on_the_new_one(
    ingest_settings: IngestSettings, practice: Practice
) -> None:
    await extract(ingest_settings, practice)
    practice.do(
        """UPDATE invoices SET issued_on = '2025-12-30', updated_at = '2026-03-01 09:00:00'
        WHERE id = 'I-1'"""
    )

    old, new = await changes(ingest_settings, practice)

    assert (old["business_date"], old["amount"]) == ("2026-01-05", -10000)
    assert (new["business_date"], new["amount"]) == ("2025-12-30", 10000)
    assert old["reason"] == new["reason"] == "correction"


async def test_deleted_rows_are_found_by_their_days_and_taken_back(
    ingest_settings: IngestSettings, practice: Practice
) -> None:
    await extract(ingest_settings, practice)
    practice.do("DELETE FROM payments WHERE id = 'Y-1'", "DELETE FROM invoices WHERE id = 'I-2'")

    gone = await changes(ingest_settings, practice)
    practice.do(
        """INSERT INTO payments VALUES ('Y-1', 'P-1', 'I-1', 60, 'card', '2026-01-10 12:00:00',
        'paid', '2026-01-10 12:00:01')"""
    )
    back = await changes(ingest_settings, practice)

    assert sorted((one["type"], one.get("amount")) for one in gone) == [
        ("invoice.voided", None),
        ("payment.corrected", -6000),
    ]
    assert [(one["type"], one["amount"]) for one in back] == [("payment.corrected", 6000)]


async def test_a_refused_row_goes_to_quarantine_once_and_comes_in_when_it_is_mended(
    ingest_settings: IngestSettings, practice: Practice
) -> None:
    practice.do(
        """INSERT INTO payments VALUES ('Y-9', 'P-1', 'I-1', 1.005, 'card', '2026-01-12',
        'paid', '2026-01-12 12:00:00')""",
        """INSERT INTO invoices VALUES ('I-9', '123-45-6789', 1, '2026-01-12', NULL, 'open',
        '2026-01-12 12:00:00')""",
    )
    first = await extract(ingest_settings, practice)
    second = await extract(ingest_settings, practice)
    found = await letters(ingest_settings)
    practice.do(
        "UPDATE payments SET amount = 1, updated_at = '2026-03-01 09:00:00' WHERE id = 'Y-9'"
    )
    mended = await changes(ingest_settings, practice)

    assert (first.quarantined, second.quarantined) == (2, 0)
    assert sorted(one["reason"] for one in found) == ["field_invalid", "patient_id_is_personal"]
    assert "123-45-6789" not in repr(found)
    assert [(one["type"], one["amount"]) for one in mended] == [("payment.succeeded", 100)]


async def test_a_change_no_event_can_say_is_refused_and_the_row_stays_as_it_was_told(
    ingest_settings: IngestSettings, practice: Practice
) -> None:
    await extract(ingest_settings, practice)
    practice.do(
        """UPDATE invoices SET patient_id = 'P-2', updated_at = '2026-03-01 09:00:00'
        WHERE id = 'I-1'"""
    )

    counts = await extract(ingest_settings, practice)

    assert did(counts) == (0, 0, 1)
    assert [one["reason"] for one in await letters(ingest_settings)] == ["row_inconsistent"]


async def test_a_payment_dated_ahead_comes_in_once_its_day_has_come(
    ingest_settings: IngestSettings, practice: Practice
) -> None:
    practice.do(
        """INSERT INTO payments VALUES ('Y-9', 'P-1', 'I-1', 1, 'card', '2199-01-01',
        'paid', '2026-01-12 12:00:00')"""
    )
    await extract(ingest_settings, practice)
    # The clock of the rules stands in the way of nothing but the day.
    practice.do("UPDATE payments SET paid_at = '2026-01-12' WHERE id = 'Y-9'")

    (event,) = await changes(ingest_settings, practice)

    assert (event["type"], event["amount"]) == ("payment.succeeded", 100)


async def test_a_range_repeats_a_month_and_tells_nothing(
    ingest_settings: IngestSettings, practice: Practice
) -> None:
    await extract(ingest_settings, practice)
    month = Request(mode="range", days=(date(2026, 1, 1), date(2026, 1, 31)))

    counts = await extract(ingest_settings, practice, month)

    assert (counts.published, counts.unchanged) == (0, 5)
    (_, run) = await runs(ingest_settings)
    assert (run["mode"], run["from_date"]) == ("range", date(2026, 1, 1))


async def test_control_totals_say_what_the_rows_add_up_to(
    ingest_settings: IngestSettings, practice: Practice
) -> None:
    await extract(ingest_settings, practice)

    totals = await rows_of(
        ingest_settings, "SELECT book, day::text, row_count, amount FROM extraction_totals"
    )

    assert {(one["book"], one["day"]): int(one["amount"]) for one in totals} == {
        ("invoice", "2026-01-05"): 10000,
        ("invoice", "2026-01-06"): 1999,
        ("payment", "2026-01-10"): 6000,
        ("payment", "2026-01-11"): 1999,
        ("payment_refund", "0001-01-01"): -1999,
    }


async def test_a_column_that_is_gone_ends_the_run_and_the_checkpoint_stays(
    ingest_settings: IngestSettings, practice: Practice
) -> None:
    await extract(ingest_settings, practice)
    practice.do("ALTER TABLE payments RENAME COLUMN amount TO amount_paid")

    with pytest.raises(SourceUnreadableError, match="run ingest mapping check"):
        await extract(ingest_settings, practice)

    practice.do("ALTER TABLE payments RENAME COLUMN amount_paid TO amount")
    assert did(await extract(ingest_settings, practice)) == (0, 0, 0)
    assert [run["status"] for run in await runs(ingest_settings)] == [
        "completed",
        "failed",
        "completed",
    ]


async def test_an_emptied_table_is_not_believed_unless_told_so(
    ingest_settings: IngestSettings, practice: Practice
) -> None:
    practice.fill(
        "payments",
        [
            (f"Z-{n}", "P-1", "I-1", 1, "card", "2026-01-12", "paid", "2026-01-12 12:00:00")
            for n in range(150)
        ],
    )
    await extract(ingest_settings, practice)
    practice.do("DELETE FROM payments")

    with pytest.raises(RunStoppedError, match="too many to be believed"):
        await extract(ingest_settings, practice)
    accepted = await extract(ingest_settings, practice, Request(deletions_accepted=True))

    assert accepted.deleted == 153
    assert [run["status"] for run in await runs(ingest_settings)] == [
        "completed",
        "stopped",
        "completed",
    ]
