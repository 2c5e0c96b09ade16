"""Patients are found by id and by name, across clinics and keys, and never by half a name."""

import pytest

from careledger.deidentification import NameIndex
from careledger.events.payments import NameToken
from careledger.reports.patients import (
    PatientsPage,
    PatientsReport,
    find_patient,
    find_patients_by_name,
)
from support.histories import Telling
from support.reading import Storyteller, Told
from support.stories import tell

pytestmark = pytest.mark.integration

OLD = NameIndex("a secret of the tests, long enough to be one", "1")
NEW = NameIndex("a secret of the tests, long enough to be one", "2")


def recorded(patient_id: str, *names: str, index: NameIndex = OLD, **said: str) -> Telling:
    tokens = tuple(
        NameToken(key_id=index.key_id, token=token) for token in sorted(index.tokens(names))
    )
    return tell("patient.recorded", "2024-03-01", patient_id=patient_id, name_tokens=tokens, **said)


async def search(
    told: Told, *names: str, limit: int = 50, after: str | None = None
) -> PatientsReport:
    tokens = {index.key_id: index.tokens(names) for index in (OLD, NEW)}
    page = PatientsPage(limit=limit, after=after)
    return await told.ask(find_patients_by_name, tokens, page)


def ids(report: PatientsReport) -> list[str]:
    return [patient.patient_id for patient in report.patients]


async def test_a_patient_is_found_by_id_with_the_clinics_that_know_it(story: Storyteller) -> None:
    told = await story(
        tell("payment.succeeded", "2024-03-01", amount=1),
        tell("payment.succeeded", "2024-03-01", amount=1, clinic_id="berlin"),
    )

    (found,) = (await told.ask(find_patient, "p1")).patients

    assert [told.applied.plain(clinic) for clinic in found.clinic_ids] == ["berlin", "new-york"]


@pytest.mark.parametrize("patient_id", ["nobody", "p", "P1", "\x00", ""])
async def test_an_id_that_is_not_known_finds_nobody(story: Storyteller, patient_id: str) -> None:
    told = await story(tell("payment.succeeded", "2024-03-01", amount=1))

    report = await told.ask(find_patient, patient_id)

    assert report.patients == []


async def test_a_name_is_found_if_all_its_parts_match(story: Storyteller) -> None:
    told = await story(
        recorded("p1", "Nguyễn", "Ana"), recorded("p2", "Nguyen", "Bo"), recorded("p3", "Smith")
    )

    assert ids(await search(told, "nguyen")) == ["p1", "p2"]
    assert ids(await search(told, "NGUYEN", "Ana")) == ["p1"]
    assert ids(await search(told, "Ana", "Smith")) == []
    assert ids(await search(told, "Nguy")) == []
    assert ids(await search(told)) == []


async def test_the_parts_of_a_name_may_come_from_several_clinics(story: Storyteller) -> None:
    told = await story(recorded("p1", "Nguyen"), recorded("p1", "Ana", clinic_id="berlin"))

    (found,) = (await search(told, "Ana", "Nguyen")).patients

    assert len(found.clinic_ids) == 2


async def test_after_a_rotation_either_key_finds_but_never_half_of_each(story: Storyteller) -> None:
    told = await story(
        recorded("p1", "Nguyen", "Ana"),
        recorded("p2", "Nguyen", "Ana", index=NEW),
        recorded("p3", "Nguyen"),
        recorded("p3", "Ana", index=NEW),
    )

    assert ids(await search(told, "Ana", "Nguyen")) == ["p1", "p2"]


async def test_found_patients_come_in_pages(story: Storyteller) -> None:
    told = await story(*(recorded(f"p{number}", "Smith") for number in range(1, 4)))

    first = await search(told, "Smith", limit=2)
    second = await search(told, "Smith", limit=2, after=first.page.next)

    assert ids(first) == ["p1", "p2"]
    assert ids(second) == ["p3"]
    assert second.page.next is None
