"""A download link is good for one export, one account and a few minutes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from report_api.links import Links

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LINKS = Links("a root secret that only tests know, 32 characters", lasts=timedelta(seconds=300))


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as held:
        yield held


def holds(href: str, **changed: str) -> bool:
    address = urlsplit(href)
    parts = {name: values[0] for name, values in parse_qs(address.query).items()} | changed
    return LINKS.holds(
        changed.get("export", address.path.rsplit("/", 1)[1]),
        parts["kind"],
        parts["owner"],
        expires=int(parts["expires"]),
        signature=parts["signature"],
    )


def test_a_link_holds_as_it_was_handed_out() -> None:
    assert holds(LINKS.sign("export-1", "user", "user-1").href)


@pytest.mark.parametrize(
    "changed",
    [
        {"export": "export-2"},
        {"kind": "client"},
        {"owner": "user-2"},
        {"expires": str(int(NOW.timestamp()) + 301)},
        {"signature": "AAAA"},
        {"signature": "é"},
    ],
)
def test_a_changed_link_does_not_hold(changed: dict[str, str]) -> None:
    assert not holds(LINKS.sign("export-1", "user", "user-1").href, **changed)


def test_a_link_ends_after_its_minutes(clock: time_machine.Traveller) -> None:
    link = LINKS.sign("export-1", "user", "user-1")

    clock.shift(timedelta(seconds=299))
    before = holds(link.href)
    clock.shift(timedelta(seconds=1))

    assert (before, holds(link.href)) == (True, False)
