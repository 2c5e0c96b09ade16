"""A route that will end says so on every answer, and answers 410 after its day."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from report_api.access import public
from report_api.deprecation import deprecated
from support.report_api import RunningReportApi

pytestmark = pytest.mark.integration

OLD = "/api/v1/old"
LINK = "https://example.org/use-the-new-one"


@pytest.fixture(autouse=True)
def _old_route(report_api: RunningReportApi) -> None:
    report_api.app.add_api_route(
        OLD,
        lambda: "as ever",
        dependencies=[
            public("a test's own"),
            deprecated(date(2026, 1, 1), until=date(2026, 7, 1), link=LINK),
        ],
    )


async def test_a_route_that_will_end_announces_it(report_api: RunningReportApi) -> None:
    with time_machine.travel(datetime(2026, 6, 30, 23, tzinfo=UTC), tick=True):
        answer = await report_api.anybody.get(OLD)

    assert (answer.status_code, answer.json()) == (200, "as ever")
    assert answer.headers["deprecation"] == "@1767225600"
    assert answer.headers["sunset"] == "Wed, 01 Jul 2026 00:00:00 GMT"
    assert answer.headers["link"] == f'<{LINK}>; rel="deprecation"'


async def test_after_its_day_it_is_gone(report_api: RunningReportApi) -> None:
    with time_machine.travel(datetime(2026, 7, 1, tzinfo=UTC), tick=True):
        answer = await report_api.anybody.get(OLD)

    assert (answer.status_code, answer.json()["type"]) == (410, "/problems/gone")
    assert answer.headers["sunset"] == "Wed, 01 Jul 2026 00:00:00 GMT"


def test_nobody_is_told_later_than_half_a_year_before() -> None:
    with pytest.raises(ValueError, match="180 days"):
        deprecated(date(2026, 1, 1), until=date(2026, 6, 1), link=LINK)
