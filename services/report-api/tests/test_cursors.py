"""A cursor opens the next page of the question and account it was made for, and nothing else."""

from datetime import UTC, date, datetime

import pytest

from careledger.reports.answers import Meta
from report_api.cursors import Cursors, Place
from report_api.errors import InvalidError
from report_api.identity.callers import Caller
from report_api.parameters import PageParameters
from report_api.permissions import permissions_of_role

CURSORS = Cursors("a root secret that only tests know, 32 characters")
META = Meta(
    report="outstanding",
    as_of=date(2026, 3, 1),
    basis="due_date",
    currencies=[],
    clinics=[],
    time_zones=[],
    watermark="0:15,1:9",
    data_through=None,
    stale=False,
    stale_reasons=[],
    answered_at=datetime(2026, 3, 1, tzinfo=UTC),
    definitions=[],
    digest="",
)


class Listing(PageParameters):
    """A question with a filter."""

    clinic_id: str | None = None


def caller(account_id: str = "user-1") -> Caller:
    return Caller("user", account_id, "name", "staff", permissions_of_role("staff"), None)


def cursor(after: str = '["P-1"]') -> str:
    return CURSORS.next_page(after, META, caller(), Listing(clinic_id="north"))


def test_a_cursor_keeps_place_day_and_watermark() -> None:
    place = CURSORS.place(caller(), Listing(clinic_id="north", cursor=cursor(), limit=5))

    assert place == Place('["P-1"]', date(2026, 3, 1), "0:15,1:9")


def test_a_cursor_does_not_show_the_row_it_stands_at() -> None:
    assert "P-1" not in cursor()


def test_the_same_place_has_the_same_cursor() -> None:
    assert cursor() == cursor()


def test_without_a_cursor_the_first_page_is_asked() -> None:
    asked = Listing(as_of=date(2026, 2, 1), watermark="0:1")

    assert CURSORS.place(caller(), asked) == Place(None, date(2026, 2, 1), "0:1")


@pytest.mark.parametrize(
    ("account_id", "clinic_id", "text"),
    [
        pytest.param("user-2", "north", cursor(), id="of another account"),
        pytest.param("user-1", "south", cursor(), id="of another question"),
        pytest.param("user-1", "north", cursor()[:-2] + "AA", id="changed"),
        pytest.param("user-1", "north", "AAAA", id="too short"),
        pytest.param("user-1", "north", "not base64!", id="not base64"),
        pytest.param("user-1", "north", "é", id="not ASCII"),
        pytest.param("user-1", "north", "", id="empty"),
    ],
)
def test_any_other_cursor_is_refused(account_id: str, clinic_id: str, text: str) -> None:
    with pytest.raises(InvalidError):
        CURSORS.place(caller(account_id), Listing(clinic_id=clinic_id, cursor=text))
