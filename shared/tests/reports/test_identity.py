"""The net balance is what the ledger comes to, or there is no answer."""

from datetime import date

import pytest

from aggregator.closing import close_days
from careledger.reports.errors import FiguresDisagreeError
from careledger.reports.outstanding import read_outstanding_summary
from careledger.reports.receivables import OutstandingSummary, ReceivablesFilter
from support.reading import Storyteller, Told
from support.stories import tell

pytestmark = pytest.mark.integration

# Buckets and total move together: only the ledger tells that they are wrong.
OF_CLINICS = "clinic_no IN (SELECT clinic_no FROM clinics WHERE clinic_id = ANY($1::text[]))"
ONE_CENT_MORE = f"""
UPDATE receivables_by_due_date SET amount = amount + 1 WHERE count > 0 AND {OF_CLINICS}
"""  # noqa: S608 - of constants
ONE_CENT_LESS = f"""
UPDATE balance_days SET amount = amount - 1
WHERE count > 0 AND basis <> 'received_on' AND {OF_CLINICS}
"""  # noqa: S608
RECORDED = (
    tell("invoice.issued", "2024-03-01", amount=10_000),
    tell("invoice.written_off", "2024-03-20", amount=9_000),
    tell("payment.succeeded", "2024-04-01", amount=4_000, invoice_id="inv1"),
    tell("invoice.issued", "2024-03-02", amount=700, invoice_id="inv2"),
    tell("payment.succeeded", "2024-04-01", amount=50, payment_id="pay2"),
)


async def summary(told: Told, as_of: date | None = None) -> OutstandingSummary:
    async with told.transaction() as clinics:
        return await read_outstanding_summary(
            told.connection, clinics, ReceivablesFilter(as_of=as_of)
        )


@pytest.mark.parametrize("records_closed", [0, 2, 100])
async def test_what_the_ledger_comes_to_is_found_however_far_days_are_closed(
    story: Storyteller, records_closed: int
) -> None:
    told = await story(*RECORDED)
    if records_closed:
        await close_days(story.writer, at_once=records_closed)

    found = await summary(told)

    assert [one.outstanding.amount for one in found.currencies] == [700]
    assert [one.unapplied_credits.amount for one in found.currencies] == [50]


@pytest.mark.parametrize("records_closed", [0, 2, 100])
async def test_a_sum_that_is_not_what_the_ledger_comes_to_is_no_answer(
    story: Storyteller, records_closed: int
) -> None:
    told = await story(*RECORDED)
    if records_closed:
        await close_days(story.writer, at_once=records_closed)
    await story.writer.execute(ONE_CENT_MORE, told.clinic_ids)

    with pytest.raises(FiguresDisagreeError):
        await summary(told)


async def test_a_sum_of_a_past_day_that_is_not_what_moved_it_is_no_answer(
    story: Storyteller,
) -> None:
    told = await story(*RECORDED)
    await close_days(story.writer)
    await story.writer.execute(ONE_CENT_LESS, told.clinic_ids)

    with pytest.raises(FiguresDisagreeError):
        await summary(told, date(2024, 3, 15))


async def test_a_summary_names_the_identity_it_was_held_against(story: Storyteller) -> None:
    told = await story(*RECORDED)

    named = {one.id for one in (await summary(told)).meta.definitions}

    assert {"accounting_identity", "credit_age"} <= named
