"""Auditors read the sealed log: by any filter, page by page, within their clinics, audited too."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from careledger.audit_chain.file import append_checkpoint
from report_api.activity import ActorDay, summarize
from report_api.settings import ReportApiSettings
from support.audit_logs import BEGAN, SealedLog
from support.report_api import RunningReportApi

pytestmark = pytest.mark.integration

AUDIT = "/api/v1/audit"


@pytest.fixture
def report_api_settings(
    report_api_settings: ReportApiSettings, sealed_log: SealedLog
) -> ReportApiSettings:
    return report_api_settings.model_copy(update={"audit_checkpoint_file": sealed_log.file})


@pytest.fixture
async def log(sealed_log: SealedLog) -> SealedLog:
    await sealed_log.seal(40)
    await sealed_log.seal(1, action="request.denied", outcome="denied", actor="mallory")
    await sealed_log.sign()
    return sealed_log


async def found(report_api: RunningReportApi, query: str = "") -> list[dict[str, Any]]:
    auditor = await report_api.user("auditor")
    answer = await auditor.get(f"{AUDIT}?{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()["records"]


def sequences(records: list[dict[str, Any]]) -> list[int]:
    return [record["sequence"] for record in records]


@pytest.mark.usefixtures("log")
async def test_records_are_listed_the_newest_first(report_api: RunningReportApi) -> None:
    records = await found(report_api, "limit=3")

    assert sequences(records) == [41, 40, 39]
    assert records[1] == {
        "sequence": 40,
        "id": "record-40",
        "occurred_at": "2026-03-02T09:00:40Z",
        "service": "report-api",
        "action": "report.viewed",
        "outcome": "success",
        "actor_kind": "user",
        "actor": "finance-1",
        "role": None,
        "resource": "GET /api/v1/reports/revenue",
        "clinic_ids": ["north"],
        "patient_ids": ["p-5"],
        "remote": None,
        "request_id": None,
        "trace_id": None,
        "count": 1,
        "details": {},
    }


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("actor=mallory", [41]),
        ("action=request.denied", [41]),
        ("outcome=denied,failure", [41]),
        ("patient_id=p-5&limit=1", [40]),
        ("clinic_id=south&limit=2", [41, 39]),
        ("resource=GET /api/v1/reports/rev&limit=1", [41]),
        ("resource=GET /api/v1/reports/r_v", []),
        ("service=ingest", []),
        ("actor_kind=user&actor=finance-2&limit=1", [38]),
        ("occurred_before=2026-03-02T09:00:03Z", [2, 1]),
        ("occurred_from=2026-03-02T10:00:41%2B01:00", [41]),
    ],
)
async def test_a_filter_finds_what_it_says(
    report_api: RunningReportApi, query: str, expected: list[int]
) -> None:
    assert sequences(await found(report_api, query)) == expected


@pytest.mark.usefixtures("log")
async def test_pages_hold_every_record_once(report_api: RunningReportApi) -> None:
    auditor = await report_api.user("auditor")
    address: str | None = f"{AUDIT}?clinic_id=north&limit=7"
    seen: list[int] = []

    while address is not None:
        answer = await auditor.get(address)
        seen += sequences(answer.json()["records"])
        address = answer.links["next"]["url"] if "next" in answer.links else None

    assert seen == list(range(41, 0, -1))


@pytest.mark.usefixtures("log")
async def test_a_cursor_of_another_question_is_refused(report_api: RunningReportApi) -> None:
    auditor = await report_api.user("auditor")
    cursor = (await auditor.get(f"{AUDIT}?limit=3")).json()["page"]["next"]

    other = await auditor.get(f"{AUDIT}?limit=3&actor=mallory&cursor={cursor}")
    altered = await auditor.get(f"{AUDIT}?limit=3&cursor={cursor[:-4]}AAAA")

    assert (other.status_code, altered.status_code) == (422, 422)


@pytest.mark.usefixtures("log")
async def test_an_auditor_of_one_clinic_sees_what_concerns_it(report_api: RunningReportApi) -> None:
    auditor = await report_api.user("auditor", clinic_ids=["south"])

    records = (await auditor.get(AUDIT)).json()["records"]
    elsewhere = await auditor.get(f"{AUDIT}/activity?clinic_id=north")

    assert sequences(records) == list(range(41, 0, -2))
    assert {tuple(record["clinic_ids"]) for record in records} == {("south",)}
    assert elsewhere.status_code == 404


async def test_patients_of_an_answer_over_other_clinics_too_are_not_shown(
    report_api: RunningReportApi, sealed_log: SealedLog
) -> None:
    both = {"patient_ids": ("p-north", "p-south"), "details": {"patient_id": "p-north"}}
    await sealed_log.seal(1, clinic_ids=("north", "south"), **both)
    await sealed_log.seal(1, clinic_ids=("south",), patient_ids=("p-south",))
    auditor = await report_api.user("auditor", clinic_ids=["south"])

    listed = (await auditor.get(AUDIT)).json()["records"]
    by_patient = [
        sequences((await auditor.get(f"{AUDIT}?patient_id={one}")).json()["records"])
        for one in ("p-north", "p-south")
    ]

    shown = {one["sequence"]: (one["patient_ids"], one["details"]) for one in listed}
    assert shown == {1: ([], {}), 2: (["p-south"], {})}
    assert by_patient == [[], [2]]


@pytest.mark.usefixtures("log")
async def test_looking_at_the_audit_log_is_recorded(report_api: RunningReportApi) -> None:
    await found(report_api, "patient_id=p-5")

    (record,) = await report_api.audit_records()
    assert (record["action"], record["patient_ids"]) == ("audit.viewed", ["p-5"])
    assert record["details"]["count"] == 2


@pytest.mark.parametrize("role", ["admin", "finance", "staff", "collections"])
@pytest.mark.parametrize("path", ["", "/verification", "/activity"])
async def test_nobody_but_an_auditor_may_look(
    report_api: RunningReportApi, role: str, path: str
) -> None:
    client = await report_api.user(role)

    assert (await client.get(AUDIT + path)).status_code == 403


@pytest.mark.usefixtures("log")
async def test_an_intact_log_is_proved_against_what_was_signed(
    report_api: RunningReportApi,
) -> None:
    auditor = await report_api.user("auditor")

    proof = (await auditor.get(f"{AUDIT}/verification")).json()

    assert (proof["verdict"], proof["finding"]) == ("intact", None)
    assert (proof["verified_from"], proof["verified_through"]) == (1, 41)
    assert {(one["source"], one["last_sequence"]) for one in proof["sources"]} == {
        ("database", 41),
        ("file", 41),
    }


@pytest.mark.parametrize(
    ("attack", "first_bad"),
    [
        ("UPDATE audit_log SET outcome = 'success' WHERE sequence = 41", 41),
        ("DELETE FROM audit_log WHERE sequence = 12", 12),
        ("DELETE FROM audit_log WHERE sequence > 30", 31),
    ],
)
async def test_a_log_tampered_with_is_told_broken(
    report_api: RunningReportApi, log: SealedLog, attack: str, first_bad: int
) -> None:
    await log.connection.execute(attack)
    await log.connection.execute("DELETE FROM audit_checkpoints")
    auditor = await report_api.user("auditor")

    proof = (await auditor.get(f"{AUDIT}/verification")).json()

    assert proof["verdict"] == "broken"
    assert proof["finding"]["first_sequence"] == first_bad


async def test_a_part_is_verified_from_the_checkpoint_before_it(
    report_api: RunningReportApi, log: SealedLog
) -> None:
    await log.seal(20)
    await log.sign()
    auditor = await report_api.user("auditor")

    proof = (await auditor.get(f"{AUDIT}/verification?from_sequence=50&limit=5")).json()

    assert (proof["verified_from"], proof["verified_through"]) == (42, 54)
    assert proof["last_sequence"] == 61


async def test_without_a_file_the_log_is_not_called_intact(
    report_api: RunningReportApi, log: SealedLog
) -> None:
    log.file.unlink()
    auditor = await report_api.user("auditor")

    assert (await auditor.get(f"{AUDIT}/verification")).json()["verdict"] == "unanchored"


async def test_a_checkpoint_of_another_key_is_told_broken(
    report_api: RunningReportApi, log: SealedLog
) -> None:
    kept = await log.connection.fetchrow("SELECT * FROM audit_checkpoints")
    assert kept is not None
    append_checkpoint(log.file, log.foreign_checkpoint(kept["statement"]))
    auditor = await report_api.user("auditor")

    assert (await auditor.get(f"{AUDIT}/verification")).json()["verdict"] == "broken"


@pytest.mark.usefixtures("log")
async def test_activity_counts_who_did_how_much(report_api: RunningReportApi) -> None:
    auditor = await report_api.user("auditor")
    day = BEGAN.date().isoformat()

    activity = (await auditor.get(f"{AUDIT}/activity?start_date={day}&end_date={day}")).json()

    counts = {one["actor"]: (one["looks"], one["denials"]) for one in activity["actors"]}
    assert counts == {
        "finance-0": (13, 0),
        "finance-1": (14, 0),
        "finance-2": (13, 0),
        "mallory": (0, 1),
    }


@pytest.mark.usefixtures("log")
async def test_activity_of_a_clinic_counts_what_concerned_it(report_api: RunningReportApi) -> None:
    auditor = await report_api.user("auditor")
    day = BEGAN.date().isoformat()

    activity = (
        await auditor.get(f"{AUDIT}/activity?start_date={day}&end_date={day}&clinic_id=south")
    ).json()

    assert sum(one["acts"] for one in activity["actors"]) == 21


def looks(actor: str, *counts: int) -> list[ActorDay]:
    last = datetime(2026, 3, 31, tzinfo=UTC).date()
    days = [last - timedelta(days=back) for back in range(len(counts))]
    return [
        ActorDay("user", actor, day, looks=count, acts=count)
        for day, count in zip(days, counts, strict=True)
    ]


def test_a_day_far_above_ones_own_usual_day_stands_out() -> None:
    calm, busy = looks("calm", 60, *[40] * 10), looks("busy", 200, *[40] * 10)

    actors = summarize([*calm, *busy], start=calm[0].day)

    assert [(one.actor, one.unusual, one.usual_looks) for one in actors] == [
        ("busy", ["many_looks"], 40.0),
        ("calm", [], 40.0),
    ]


def test_a_newcomer_is_measured_by_everybody() -> None:
    actors = summarize(
        [*looks("old", 30, *[30] * 10), *looks("new", 95)], start=looks("a", 1)[0].day
    )

    assert {one.actor: one.unusual for one in actors} == {"new": ["many_looks"], "old": []}


def test_few_looks_never_stand_out() -> None:
    (one,) = summarize(looks("rare", 49, *[1] * 10), start=looks("a", 1)[0].day)

    assert one.unusual == []
