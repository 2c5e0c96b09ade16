"""Searching by name: keyed hashes find the patient, and the name itself is nowhere afterwards."""

import pytest

from careledger.deidentification import NameIndex
from careledger.events.payments import NameToken
from support.applied_log import AppliedLog
from support.report_api import SECRET, RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.integration

SEARCH = "/api/v1/reports/patients/search"


def tokens(*names: str) -> tuple[NameToken, ...]:
    index = NameIndex(SECRET)
    return tuple(NameToken(key_id=index.key_id, token=one) for one in index.tokens(names))


@pytest.fixture
async def log(report_api: RunningReportApi) -> AppliedLog:
    return await report_api.told(
        [
            tell(
                "patient.recorded", "2026-01-05", patient_id="p1", name_tokens=tokens("José Núñez")
            ),
            tell(
                "patient.recorded", "2026-01-05", patient_id="p2", name_tokens=tokens("Jose Smith")
            ),
        ]
    )


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Núñez", ["p1"]),
        ("nunez, JOSE", ["p1"]),
        ("jose", ["p1", "p2"]),
        ("Jos", []),
        ("Nobody", []),
        ("...", []),
    ],
)
@pytest.mark.usefixtures("log")
async def test_whole_name_parts_find_patients(
    report_api: RunningReportApi, name: str, found: list[str]
) -> None:
    client = await report_api.user("staff")

    answer = await client.post(SEARCH, json={"name": name})

    assert [one["patient_id"] for one in answer.json()["patients"]] == found


@pytest.mark.usefixtures("log")
async def test_pages_of_a_search_follow_the_cursor(report_api: RunningReportApi) -> None:
    client = await report_api.user("staff")
    first = (await client.post(SEARCH, json={"name": "jose", "limit": 1})).json()

    second = await client.post(
        SEARCH, json={"name": "jose", "limit": 1, "cursor": first["page"]["next"]}
    )
    other = await client.post(
        SEARCH, json={"name": "smith", "limit": 1, "cursor": first["page"]["next"]}
    )

    assert [one["patient_id"] for one in second.json()["patients"]] == ["p2"]
    assert second.json()["page"]["next"] is None
    assert other.status_code == 422


@pytest.mark.usefixtures("log")
async def test_the_name_is_in_no_answer_record_or_log(
    report_api: RunningReportApi, capfd: pytest.CaptureFixture[str]
) -> None:
    client = await report_api.user("staff")
    name = "Xanthippe Quintanilla"

    answers = [
        await client.post(SEARCH, json={"name": name}),
        await client.post(SEARCH, json={"name": name, name: name}),
        await client.post(SEARCH, json={"name": [name]}),
        await client.post(SEARCH, content=f'{{"name": "{name}"'.encode()),
        await client.post(f"{SEARCH}?name={name}", json={"name": name}),
        await client.get(f"{SEARCH}/{name}"),
        await client.get(f"/api/v1/reports/patients/{name}/history"),
    ]

    written = str(await report_api.audit_records()) + capfd.readouterr().out
    for part in name.split():
        assert all(part not in answer.text for answer in answers)
        assert part not in written


@pytest.mark.parametrize(
    "body", [{}, {"name": ""}, {"name": "a" * 201}, {"name": "a", "limit": "5"}, {"name": 5}]
)
async def test_a_search_of_another_shape_is_refused(
    report_api: RunningReportApi, body: dict[str, object]
) -> None:
    client = await report_api.user("staff")

    assert (await client.post(SEARCH, json=body)).status_code == 422
