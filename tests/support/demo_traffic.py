"""The demo's live traffic as tests look at it: a long stretch of it, and ingest's judgment."""

import itertools
from datetime import UTC, datetime
from functools import cache

import msgspec
from deploy.demo.traffic import Plan, Sent, traffic

from careledger.deidentification import NameIndex
from careledger.events.rejection import EventRejectedError
from ingest.parsing import parse_structured
from ingest.screening import screen

PLAN = Plan(seed=7, start=datetime(2026, 3, 9, 15, tzinfo=UTC), events_per_second=50, backlog=4_000)
_NAMES = NameIndex("a secret of the tests, thirty-two long")


@cache
def stretch() -> tuple[Sent, ...]:
    """The first events of a plan: enough for the rarest to occur."""
    return tuple(itertools.islice(traffic(PLAN), 12_000))


def is_refused(sent: Sent) -> bool:
    """Whether ingest would refuse an event at the instant it is due."""
    try:
        event = parse_structured(msgspec.json.encode(sent.body))
        screen(event, clock=sent.due_at, names=_NAMES, numbering_clinics=())
    except EventRejectedError:
        return True
    return False
