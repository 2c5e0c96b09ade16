"""What each role is shown, key by key, is a list that somebody has read."""

import json
from pathlib import Path

import pytest

from report_api.permissions import SCOPES, Role
from support.answer_keys import keys_of
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.integration

GOLDEN = Path(__file__).with_name("answer_keys.json")
REPORTS = "/api/v1/reports"
SUPPRESSED = f"{REPORTS}/revenue/suppressed"
FIELDS_OF_PEOPLE = frozenset(
    (
        *("patient_name", "first_name", "last_name", "family", "given", "ssn", "birth_date"),
        *("address", "phone", "email", "date_of_birth", "memo", "note", "description"),
    )
)

STORY = (
    tell("invoice.issued", "2026-01-05", amount=100, installments=None),
    tell("payment.succeeded", "2026-01-06", amount=30),
    tell("payment.allocated", "2026-01-07", amount=30),
    tell("payment.refunded", "2026-01-08", payment_id="unknown", amount=5),
)
BODIES = {f"POST {REPORTS}/patients/search": {"name": "Nobody Known"}}


def asked(clinic_id: str) -> list[str]:
    return [
        "GET /api/v1/account",
        f"GET {REPORTS}/revenue?start_date=2026-01-01&end_date=2026-01-31&compare=previous_period",
        f"GET {SUPPRESSED}?start_date=2026-01-01&end_date=2026-01-31&breakdown=method",
        f"GET {REPORTS}/indicators?start_date=2026-01-01&end_date=2026-01-31",
        f"GET {REPORTS}/metrics",
        f"GET {REPORTS}/patients?patient_id=p1",
        f"POST {REPORTS}/patients/search",
        f"GET {REPORTS}/patients/p1/history",
        f"GET {REPORTS}/outstanding",
        f"GET {REPORTS}/outstanding/summary",
        f"GET {REPORTS}/outstanding/exceptions",
        f"GET {REPORTS}/outstanding/detail?clinic_id={clinic_id}&invoice_id=inv1",
        f"GET {REPORTS}/exports",
        f"GET {REPORTS}/etl/runs",
        "GET /api/v1/clinics",
        f"GET /api/v1/clinics/{clinic_id}",
        "GET /api/v1/audit",
        "GET /api/v1/audit/activity",
    ]


async def test_the_keys_of_every_answer_are_those_of_the_list(
    report_api: RunningReportApi, tmp_path: Path
) -> None:
    log = await report_api.told(STORY)
    clinic_id = log.scoped("new-york")
    callers = {role.value: await report_api.user(role) for role in Role}
    callers |= {f"partner {one}": await report_api.partner(one) for one in sorted(SCOPES)}
    callers["partner by default"] = await report_api.partner(*SCOPES, profile="suppressed")

    shown: dict[str, dict[str, list[str]]] = {}
    for question in asked(clinic_id):
        method, address = question.split(" ")
        name = question.partition("?")[0].replace(clinic_id, "{clinic_id}")
        for who, client in callers.items():
            answer = await client.request(method, address, json=BODIES.get(question))
            assert answer.status_code in (200, 403), (who, question, answer.text)
            if answer.status_code == 200:
                keys = sorted(set(keys_of(answer.json())))
                shown.setdefault(name, {})[who] = keys

    found = json.dumps(_shortened(shown), indent=1) + "\n"
    (tmp_path / GOLDEN.name).write_text(found)
    assert found == GOLDEN.read_text(), f"read {tmp_path / GOLDEN.name}, then take it over"


def test_no_key_is_about_a_person() -> None:
    lists: dict[str, list[dict[str, list[str]]]] = json.loads(GOLDEN.read_text())
    keys = {
        key.rpartition(".")[2].removesuffix("[]")
        for groups in lists.values()
        for group in groups
        for key in group["keys"]
    }

    assert keys & FIELDS_OF_PEOPLE == set()


def _shortened(shown: dict[str, dict[str, list[str]]]) -> dict[str, list[dict[str, list[str]]]]:
    """Callers who are shown the same stand together."""
    grouped: dict[str, list[dict[str, list[str]]]] = {}
    for question, by_caller in shown.items():
        groups: list[dict[str, list[str]]] = []
        for who, keys in by_caller.items():
            same = next((group for group in groups if group["keys"] == keys), None)
            if same is None:
                groups.append({"callers": [who], "keys": keys})
            else:
                same["callers"].append(who)
        grouped[question] = groups
    return grouped
