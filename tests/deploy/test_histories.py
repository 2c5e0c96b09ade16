"""The demo's live traffic: everything the vocabulary knows, flawed on purpose, always the same."""

import itertools
import tracemalloc
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import msgspec
import pytest
from deploy.demo.clinics import CLINICS, DemoClinic, patient_of
from deploy.demo.histories import history
from deploy.demo.mistakes import MISTAKES, MISTAKES_OF_AMOUNTS, Mistake
from deploy.demo.traffic import Plan, traffic

from careledger.events.payments import EVENT_TYPES
from careledger.events.rules import decode
from support.demo_traffic import PLAN, is_refused, stretch


def test_every_type_of_the_vocabulary_occurs_regularly() -> None:
    regular = Counter(sent.body["type"] for sent in stretch() if sent.label == "regular")

    assert set(regular) == set(EVENT_TYPES)


def test_every_clinic_sends_in_its_own_currency() -> None:
    currencies = {
        (sent.body["data"]["clinic_id"], sent.body["data"]["currency"])
        for sent in stretch()
        if sent.label == "regular" and "amount" in sent.body["data"]
    }

    assert currencies == {(clinic.clinic_id, clinic.currency) for clinic in CLINICS}
    assert {currency for _, currency in currencies} == {"USD", "EUR", "JPY", "KWD"}


def test_the_same_plan_gives_the_same_events() -> None:
    assert tuple(itertools.islice(traffic(PLAN), 3_000)) == stretch()[:3_000]


@pytest.mark.parametrize(
    "other",
    [
        replace(PLAN, seed=PLAN.seed + 1),
        replace(PLAN, start=PLAN.start + timedelta(seconds=1)),
    ],
)
def test_another_seed_or_start_gives_other_events(other: Plan) -> None:
    ids = {sent.body["id"] for sent in itertools.islice(traffic(other), 3_000)}

    assert ids.isdisjoint(sent.body["id"] for sent in stretch())


def test_no_id_occurs_twice_but_in_duplicates() -> None:
    ids = Counter(sent.body["id"] for sent in stretch() if sent.label != "duplicate")

    assert max(ids.values()) == 1


def test_a_duplicate_repeats_an_event_or_its_fact() -> None:
    told = {sent.body["id"]: sent.body for sent in stretch() if sent.label != "duplicate"}
    duplicates = [sent.body for sent in stretch() if sent.label == "duplicate"]

    verbatim = [body for body in duplicates if body == told.get(body["id"])]
    retold = [body for body in duplicates if body["id"].endswith("-retold")]

    assert all(
        body == {**told[original], "id": body["id"]}
        for body in retold
        if (original := body["id"].removesuffix("-retold")) in told
    )
    assert verbatim
    assert retold
    assert len(verbatim) + len(retold) == len(duplicates)


def test_ingest_takes_everything_but_the_mistakes() -> None:
    unexpected = [sent.body for sent in stretch() if is_refused(sent) != (sent.label == "invalid")]

    assert unexpected == []


@pytest.mark.parametrize("mistake", MISTAKES + MISTAKES_OF_AMOUNTS)
def test_each_mistake_is_refused(mistake: Mistake) -> None:
    sent = next(s for s in stretch() if s.body["type"] == "payment.succeeded")
    body = {**sent.body, "data": {**sent.body["data"]}}

    mistake(body)

    assert not is_refused(sent)
    assert is_refused(replace(sent, body=body))


def test_no_field_is_unknown_to_the_vocabulary() -> None:
    for sent in stretch():
        if sent.label != "invalid":
            data = {**sent.body["data"]}
            decoded = decode(sent.body["type"], msgspec.json.encode(data))
            data.pop("patient_name", None)
            assert set(data) == set(msgspec.to_builtins(decoded))


def test_nothing_happened_after_its_sending() -> None:
    for sent in stretch():
        if sent.label != "invalid":
            assert datetime.fromisoformat(sent.body["time"]) <= sent.due_at


def test_events_are_sent_at_the_rate_after_the_backlog() -> None:
    due = [sent.due_at for sent in stretch()]

    assert due == sorted(due)
    assert due[PLAN.backlog] == PLAN.start
    assert due[PLAN.backlog + 500] == PLAN.start + timedelta(seconds=10)


def test_the_backlog_tells_of_a_year_and_the_rest_much_of_today() -> None:
    ages = [
        sent.due_at - datetime.fromisoformat(sent.body["time"])
        for sent in stretch()
        if sent.body["type"] == "invoice.issued" and sent.label == "regular"
    ]
    some = len(ages) // 8

    assert max(ages) > timedelta(days=300)
    assert sum(age > timedelta(days=30) for age in ages[:some]) > some * 0.7
    assert sum(age < timedelta(days=1) for age in ages[-some:]) > some * 0.3


def test_some_events_are_sent_before_the_invoice_they_are_about() -> None:
    issued: set[str] = set()
    early: set[str] = set()
    for sent in stretch():
        invoice_id = sent.body["data"].get("invoice_id")
        if sent.body["type"] == "invoice.issued":
            issued.add(invoice_id)
        elif invoice_id and invoice_id not in issued:
            early.add(invoice_id)

    assert early & issued


def test_the_parents_of_orphans_are_never_told() -> None:
    parents = {
        sent.body["data"].get("invoice_id") if is_invoice else sent.body["data"].get("payment_id")
        for sent in stretch()
        if (is_invoice := sent.body["type"] == "invoice.issued")
        or sent.body["type"] == "payment.succeeded"
    }
    orphans = [sent.body["data"] for sent in stretch() if sent.label == "orphan"]

    assert orphans
    for data in orphans:
        assert {data.get("invoice_id"), data.get("payment_id")} - {None} - parents


def test_a_conflict_tells_a_fact_again_with_another_amount() -> None:
    told = {sent.body["id"]: sent.body for sent in stretch()}
    conflicts = [sent.body for sent in stretch() if sent.label == "conflict"]

    assert conflicts
    for body in conflicts:
        first = told[body["id"].removesuffix("-other")]
        other = {**first["data"], "amount": first["data"]["amount"] + 1}
        assert body == {**first, "id": body["id"], "data": other}


@pytest.mark.parametrize("clinic", CLINICS, ids=lambda clinic: clinic.clinic_id)
def test_a_history_is_told_in_the_order_of_time(clinic: DemoClinic) -> None:
    for days_ago in range(120):
        dice = Random(days_ago)  # noqa: S311 - histories to repeat, nothing secret
        told = history(dice, clinic, name="h", days_ago=days_ago, now=PLAN.start)

        times = [event.time for event in told]
        assert times == sorted(times)
        assert PLAN.start - timedelta(days=days_ago + 4) < times[0] <= times[-1] <= PLAN.start


def test_a_patient_has_the_same_name_in_every_run() -> None:
    first, again = patient_of(105), patient_of(105)

    assert first == again
    assert first.family


def test_memory_stays_the_same_however_long_it_goes_on() -> None:
    endless = traffic(replace(PLAN, backlog=0))
    next(itertools.islice(endless, 6_000, None))
    tracemalloc.start()
    next(itertools.islice(endless, 4_000, None))
    before, _ = tracemalloc.get_traced_memory()
    next(itertools.islice(endless, 8_000, None))
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert after - before < 500_000
