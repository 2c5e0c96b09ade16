"""Two years of history purged at one year: whatever can still be asked is answered as before."""

from datetime import date
from typing import Any

import pytest

from aggregator.closing import close_days
from aggregator.retention.opening import move_horizon
from aggregator.retention.preview import preview_purge
from aggregator.retention.status import last_purge
from support import kept_answers
from support.explanations import every_figure
from support.history_events import CLINICS
from support.kept_answers import Moment
from support.oracle.books import Books, read_books
from support.purging import HORIZON, TERMS, TODAY, Ledger, purge, record, take_steps
from support.reading import Storyteller
from support.two_years import two_years

pytestmark = pytest.mark.integration


def explainable(ledger: Ledger, moment: Moment, currency: str) -> list[dict[str, Any]]:
    """Return every figure that can be explained and lies within the horizon."""
    read: dict[date, Books] = {}

    def books_of(day: date) -> Books:
        if day not in read:
            read[day] = read_books(ledger.told.log, CLINICS, as_of=day)
        return read[day]

    scoped = ledger.told.applied.scoped
    first, last = date(2024, 2, 1), date(2024, 11, 30)
    # Single accounts are looked at apart: of one that is settled and removed nothing is known.
    found = [
        one.asked
        for one in every_figure(books_of, currency, first, last, moment.as_of)
        if one.asked["metric"] not in {"patient_balance", "receivable_balance"}
    ]
    open_ones = {
        (key.clinic_id, number)
        for (key, number), invoice in books_of(moment.as_of).invoices.items()
        if key.currency == currency and invoice.balance
    }
    found += [
        {
            "metric": "receivable_balance",
            "currency": currency,
            "clinic_ids": (scoped(clinic),),
            "invoice_id": invoice,
        }
        for clinic, invoice in sorted(open_ones)
    ]
    return found


async def everything(ledger: Ledger) -> tuple[list[Any], list[Any]]:
    """Return what must not change at all, and what must not change once the horizon has moved."""
    told = ledger.told
    patients = sorted({one.event.patient_id for one in told.log})
    for_ever: list[Any] = []
    since_moved: list[Any] = []
    for moment in ledger.moments:
        for_ever.append(await kept_answers.dated_answers(told, moment, HORIZON))
        for_ever.append(await kept_answers.open_ones(told, moment))
        entries, whole = await kept_answers.histories(told, moment, patients, HORIZON)
        for_ever.append(entries)
        since_moved.append(whole)
        since_moved.append(await kept_answers.details(told, moment))
        since_moved.append(await kept_answers.settled_ones(told, moment))
    return for_ever, since_moved


async def explanations(ledger: Ledger) -> dict[str, Any]:
    """Return what every figure in one currency is made of."""
    moment = ledger.moments[0]
    questions = explainable(ledger, moment, "USD")
    return await kept_answers.explanations(ledger.told, moment, questions)


@pytest.mark.parametrize(
    "seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 12))]
)
async def test_every_answer_inside_the_horizon_is_what_it_was(
    own_story: Storyteller, seed: int
) -> None:
    ledger = await record(own_story, two_years(seed, stories=150, strange=80))
    before, _ = await everything(ledger)
    explained = await explanations(ledger)
    preview = await preview_purge(ledger.writer, TERMS, TODAY, patients_at_once=7)

    await move_horizon(ledger.writer, TERMS, TODAY, by="test")
    moved, since_moved = await everything(ledger)
    await take_steps(ledger)
    after = await everything(ledger)

    purged = await last_purge(ledger.writer)
    assert purged is not None
    assert purged.ended_at is not None
    assert (purged.invoices, purged.patients) == (preview.invoices, preview.patients)
    assert purged.invoices > 20
    assert purged.entries > 50
    assert moved == before
    assert after == (before, since_moved)
    assert await explanations(ledger) == explained


async def test_after_a_purge_days_are_closed_in_steps_and_never_anew(
    own_story: Storyteller,
) -> None:
    ledger = await record(own_story, two_years(1, stories=20, strange=10))
    await purge(ledger)
    days = await ledger.writer.fetch("SELECT * FROM movement_days ORDER BY 1, 2, 3, 4, 5")
    await ledger.writer.execute("UPDATE positions SET next_offset = next_offset + 100")

    while await close_days(ledger.writer, at_once=1):
        pass

    after = await ledger.writer.fetch("SELECT * FROM movement_days ORDER BY 1, 2, 3, 4, 5")
    assert after == days
