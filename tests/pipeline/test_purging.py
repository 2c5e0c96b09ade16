"""What a purge removes and what it leaves."""

from collections.abc import Awaitable, Callable
from datetime import date

import msgspec
import pytest

from aggregator import positions
from aggregator.closing import close_days
from aggregator.retention.opening import Due, move_horizon
from aggregator.retention.purge import purge_step
from aggregator.retention.status import last_purge
from aggregator.retention.terms import Terms
from support.applied_log import CLUSTER, TOPIC, AppliedLog
from support.histories import Telling, to_log
from support.history_events import CLINICS
from support.purging import TERMS, TODAY, Ledger, purge, record, take_steps
from support.reading import Storyteller, Told
from support.stories import tell

pytestmark = pytest.mark.integration

Asking = Callable[[Told], Awaitable[object]]

SETTLED = (
    tell("invoice.issued", "2023-03-01", amount=500, service_date="2023-02-27"),
    tell("payment.succeeded", "2023-03-20", amount=500, invoice_id="inv1"),
)
NEW = tell("invoice.issued", "2024-05-01", amount=700, invoice_id="inv9")
EVERY_STATUS = ("current", "overdue", "paid", "written_off", "voided", "credit")


async def count(ledger: Ledger, table: str, where: str = "true") -> int:
    return await ledger.writer.fetchval(f"SELECT count(*) FROM {table} WHERE {where}")


async def left(ledger: Ledger) -> list[str]:
    rows = await ledger.writer.fetch("SELECT invoice_id FROM outstanding_payments ORDER BY 1")
    return [row["invoice_id"] for row in rows]


async def test_a_settled_story_goes_with_all_that_is_known_of_it(own_story: Storyteller) -> None:
    ledger = await record(own_story, [*SETTLED, NEW])

    await purge(ledger)

    assert await left(ledger) == ["inv9"]
    assert await count(ledger, "payments") == 0
    assert await count(ledger, "ledger", "business_date < '2024-01-01'") == 0
    assert await count(ledger, "identities") > 0


STAYS: dict[str, tuple[Telling, ...]] = {
    "it is open": (tell("invoice.issued", "2023-03-01", amount=500),),
    "it is overpaid": (
        tell("invoice.issued", "2023-03-01", amount=500),
        tell("payment.succeeded", "2023-03-20", amount=600, invoice_id="inv1"),
    ),
    "its payment keeps a credit": (
        *SETTLED[:1],
        tell("payment.succeeded", "2023-03-20", amount=600),
        tell("payment.allocated", "2023-03-21", amount=500),
    ),
    "its payment also paid one that is open": (
        *SETTLED[:1],
        tell("invoice.issued", "2023-03-02", amount=500, invoice_id="inv2"),
        tell("payment.succeeded", "2023-03-20", amount=600),
        tell("payment.allocated", "2023-03-21", amount=500),
        tell("payment.allocated", "2023-03-21", amount=100, invoice_id="inv2"),
    ),
    "something of it is dated within the horizon": (
        *SETTLED,
        tell("invoice.adjusted", "2024-02-01", amount=0, reason="correction"),
    ),
    "its service is dated within the horizon": (
        tell("invoice.issued", "2023-03-01", amount=500, service_date="2024-02-01"),
        SETTLED[1],
    ),
    "something of it was recorded within the horizon": (
        *SETTLED,
        tell("invoice.adjusted", "2023-04-01", amount=0, at="2024-02-01T12:00:00Z",
             business_date="2023-04-01"),
    ),
    "its payment gave back more than it had": (
        *SETTLED,
        tell("payment.refunded", "2023-04-01", amount=600),
        tell("payment.succeeded", "2023-04-02", amount=600, payment_id="pay2", invoice_id="inv1"),
    ),
    "an attempt failed after it had succeeded": (
        *SETTLED,
        tell("payment.failed", "2023-04-01", amount=500),
    ),
    "another patient's payment names it": (
        *SETTLED,
        tell("payment.succeeded", "2023-04-01", amount=1, payment_id="pay2", patient_id="p2",
             invoice_id="inv1"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("why", STAYS)
async def test_a_story_stays_whole_while(own_story: Storyteller, why: str) -> None:
    ledger = await record(own_story, [*STAYS[why], NEW])
    entries, moves = await count(ledger, "ledger"), await count(ledger, "ledger_moves")

    await purge(ledger)

    assert (await count(ledger, "ledger"), await count(ledger, "ledger_moves")) == (entries, moves)
    assert "inv1" in await left(ledger)


async def tell_again(ledger: Ledger, *tellings: Telling) -> None:
    """Tell events to the same clinics, at new offsets."""
    again = AppliedLog(ledger.writer, CLINICS, name=ledger.told.applied.name)
    again.base = await positions.stored_offsets(ledger.writer, TOPIC, list(range(4)), CLUSTER)
    await again.apply([[one] for one in to_log(tellings)])


async def test_old_events_sent_again_stay_duplicates(own_story: Storyteller) -> None:
    ledger = await record(own_story, [*SETTLED, NEW])
    await purge(ledger)
    entries = await count(ledger, "ledger")

    await tell_again(ledger, *SETTLED, NEW)

    assert await count(ledger, "ledger") == entries
    assert await ledger.writer.fetchval("SELECT sum(duplicates) FROM batches") == 3
    assert await left(ledger) == ["inv9"]


async def test_the_same_fact_under_another_identity_stays_a_duplicate(
    own_story: Storyteller,
) -> None:
    ledger = await record(own_story, [*SETTLED, NEW])
    await purge(ledger)
    told = SETTLED[0]
    envelope = msgspec.structs.replace(told.envelope, id="another", source="import")

    await tell_again(ledger, Telling(envelope, told.event))

    assert await left(ledger) == ["inv9"]


async def test_a_late_event_about_a_removed_invoice_is_listed_as_an_orphan(
    own_story: Storyteller,
) -> None:
    ledger = await record(own_story, [*SETTLED, NEW])
    await purge(ledger)

    await tell_again(ledger, tell("payment.refunded", "2024-07-01", amount=500))
    while await close_days(ledger.writer):
        pass

    report = await ledger.told.exceptions()
    assert [(one.kind, one.amount) for one in report.exceptions] == [("orphan", 500)]
    assert (await ledger.told.summary()).outstanding.amount == 700


async def test_a_purge_that_ended_half_way_goes_on(own_story: Storyteller) -> None:
    stories = [
        tell(kind, day, amount=500, invoice_id=f"inv{p}", patient_id=f"p{p}", **more)
        for p in range(6)
        for kind, day, more in (
            ("invoice.issued", "2023-03-01", {}),
            ("payment.succeeded", "2023-03-20", {"payment_id": f"pay{p}"}),
        )
    ]
    ledger = await record(own_story, [*stories, NEW])
    await move_horizon(ledger.writer, TERMS, TODAY, by="test")
    await purge_step(ledger.writer, patients_at_once=2)
    half = await last_purge(ledger.writer)

    assert half is not None
    assert (half.ended_at, half.invoices) == (None, 2)
    assert await take_steps(ledger, patients_at_once=2) == 3
    done = await last_purge(ledger.writer)
    assert done is not None
    assert (done.invoices, done.payments, done.patients) == (6, 6, 6)
    assert await left(ledger) == ["inv9"]


async def test_a_step_that_fails_leaves_everything_and_is_taken_again(
    own_story: Storyteller,
) -> None:
    ledger = await record(own_story, [*SETTLED, NEW])
    await move_horizon(ledger.writer, TERMS, TODAY, by="test")
    await ledger.writer.execute("SET statement_timeout = 1")

    with pytest.raises(Exception, match="statement timeout"):
        await take_steps(ledger)

    await ledger.writer.execute("SET statement_timeout = 0")
    assert await left(ledger) == ["inv1", "inv9"]
    await take_steps(ledger)
    assert await left(ledger) == ["inv9"]


async def test_every_act_leaves_a_record(own_story: Storyteller) -> None:
    ledger = await record(own_story, [*SETTLED, NEW])
    await ledger.writer.execute("DELETE FROM audit_outbox")

    await purge(ledger)

    rows = await ledger.writer.fetch("SELECT record FROM audit_outbox ORDER BY record_id")
    records = [msgspec.json.decode(row["record"]) for row in rows]
    told = [(one["action"], one["resource"], one.get("details")) for one in records]
    assert told == [
        ("retention.moved", "retention/2024-01-01", records[0]["details"]),
        (
            "retention.purged",
            "retention/2024-01-01",
            {"patients": 1, "entries": 2, "payments": 1, "invoices": 1},
        ),
        ("retention.purged", "retention/2024-01-01", {}),
    ]  # fmt: skip


async def test_the_horizon_moves_once_a_month(own_story: Storyteller) -> None:
    ledger = await record(own_story, [*SETTLED, NEW])
    await purge(ledger)

    plan = await move_horizon(ledger.writer, TERMS, TODAY, by="test")

    assert plan.due is Due.ALREADY


@pytest.mark.parametrize(
    ("terms", "today", "due"),
    [
        (Terms(0, 0), TODAY, Due.OFF),
        (TERMS, date(2023, 12, 1), Due.TOO_YOUNG),
    ],
)
async def test_it_does_not_move_while(
    own_story: Storyteller, terms: Terms, today: date, due: Due
) -> None:
    ledger = await record(own_story, [*SETTLED, NEW])

    plan = await move_horizon(ledger.writer, terms, today, by="test")

    assert plan.due is due
    assert await last_purge(ledger.writer) is None


async def test_it_waits_until_the_days_behind_it_are_closed(own_story: Storyteller) -> None:
    ledger = await record(own_story, [*SETTLED, NEW])
    await ledger.writer.execute("UPDATE closed_positions SET next_offset = 0")

    plan = await move_horizon(ledger.writer, TERMS, TODAY, by="test")

    assert plan.due is Due.DAYS_OPEN
