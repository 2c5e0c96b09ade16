"""Which day a question is of, where clinics are so far apart that it is never the same day."""

from datetime import timedelta

import pytest

from careledger.reports.clinics import Clinic, resolve_as_of
from careledger.reports.errors import QuestionError


def clinic(number: int, time_zone: str) -> Clinic:
    return Clinic(
        clinic_no=number,
        clinic_id=f"c{number}",
        name=None,
        time_zone=time_zone,
        terms_days=30,
        confirmed=True,
        patient_url=None,
    )


EAST = clinic(1, "Pacific/Kiritimati")  # 14 hours ahead of UTC
WEST = clinic(2, "Pacific/Pago_Pago")  # 11 hours behind


def test_today_is_the_latest_of_the_clinics_asked_about() -> None:
    readable = (EAST, WEST)

    assert resolve_as_of((EAST, WEST), None, readable=readable) == EAST.today
    assert resolve_as_of((WEST,), None, readable=readable) == WEST.today


def test_a_part_of_a_report_is_asked_for_on_the_day_of_the_whole() -> None:
    whole = resolve_as_of((EAST, WEST), None, readable=(EAST, WEST))

    assert resolve_as_of((WEST,), whole, readable=(EAST, WEST)) == whole


def test_a_day_that_has_begun_nowhere_is_refused() -> None:
    with pytest.raises(QuestionError, match="later than today"):
        resolve_as_of((WEST,), EAST.today, readable=(WEST,))
    with pytest.raises(QuestionError, match="later than today"):
        resolve_as_of((EAST,), EAST.today + timedelta(days=1), readable=(EAST, WEST))
