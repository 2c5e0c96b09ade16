"""Who looked at how much, and whose counts stand out: from the sealer's daily counts.

Unusual is measured by what is usual: a day with at least fifty looks, and with more than three
times the median day of the four weeks before. Who was active on fewer than five of those days is
measured by everybody of the same kind. It is a hint where to look, not a verdict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from careledger.postgres import Connection

BASELINE_DAYS: Final = 28
ACTIVE_DAYS_MIN: Final = 5
LOOKS_MIN: Final = 50
TIMES_USUAL: Final = 3
DENIALS_MIN: Final = 20
Unusual = Literal["many_looks", "many_denials"]

_DAYS: Final = """
SELECT actor_kind, actor, day,
    coalesce(sum(acts) FILTER (WHERE outcome = 'success' AND action IN (
        'report.viewed', 'report.searched', 'export.requested', 'export.downloaded')), 0)::bigint
        AS looks,
    coalesce(sum(acts) FILTER (WHERE outcome = 'success' AND action = 'report.searched'), 0)::bigint
        AS searches,
    coalesce(sum(acts) FILTER (WHERE outcome = 'success' AND action = 'export.downloaded'), 0)
        ::bigint AS downloads,
    coalesce(sum(acts) FILTER (WHERE outcome = 'denied'), 0)::bigint AS denials,
    coalesce(sum(acts) FILTER (WHERE outcome = 'failure'), 0)::bigint AS failures,
    sum(acts)::bigint AS acts,
    sum(patients)::bigint AS patients
FROM audit_activity
WHERE clinic_id = $1 AND day >= $2 AND day <= $3 AND actor_kind <> 'service'
GROUP BY actor_kind, actor, day
"""


@dataclass(frozen=True, slots=True)
class ActorDay:
    """What somebody did on one day."""

    actor_kind: str
    actor: str
    day: date
    looks: int = 0
    searches: int = 0
    downloads: int = 0
    denials: int = 0
    failures: int = 0
    acts: int = 0
    patients: int = 0


class ActorActivity(BaseModel):
    """What somebody did in the days asked for, and what is unusual about it."""

    model_config = ConfigDict(extra="forbid")

    actor_kind: str
    actor: str
    acts: int = Field(description="Everything recorded.")
    looks: int = Field(description="Reports viewed, searches, exports and downloads.")
    searches: int
    downloads: int
    patients: int = Field(
        description="Patients shown, a patient of two answers twice.", examples=[412]
    )
    denials: int
    failures: int
    active_days: int
    busiest_day: date | None = Field(description="The day with the most looks.")
    busiest_looks: int
    usual_looks: float | None = Field(
        description="Median day of the four weeks before; null without any to go by."
    )
    unusual: list[Unusual]


@dataclass(slots=True)
class _Actor:
    within: list[ActorDay] = field(default_factory=list[ActorDay])
    before: list[ActorDay] = field(default_factory=list[ActorDay])


async def read_activity(
    connection: Connection, clinic_id: str, start: date, end: date
) -> list[ActorActivity]:
    """Read who did how much; the unusual first, then by looks.

    Args:
        connection: inside the caller's transaction.
        clinic_id: one clinic; empty for all of them.
        start: the first day (UTC).
        end: the last day.
    """
    rows = await connection.fetch(_DAYS, clinic_id, start - timedelta(days=BASELINE_DAYS), end)
    return summarize((ActorDay(**dict(row)) for row in rows), start)


def summarize(days: Iterable[ActorDay], start: date) -> list[ActorActivity]:
    """Sum up days from `start` on, measured by those before it."""
    actors: defaultdict[tuple[str, str], _Actor] = defaultdict(_Actor)
    before_of_kind: defaultdict[str, list[int]] = defaultdict(list)
    for one in days:
        actor = actors[one.actor_kind, one.actor]
        (actor.within if one.day >= start else actor.before).append(one)
        if one.day < start and one.looks:
            before_of_kind[one.actor_kind].append(one.looks)
    found = [
        _activity(key, actor, before_of_kind[key[0]])
        for key, actor in actors.items()
        if actor.within
    ]
    return sorted(found, key=lambda one: (not one.unusual, -one.looks, one.actor))


def _activity(key: tuple[str, str], actor: _Actor, before_of_kind: list[int]) -> ActorActivity:
    within = actor.within
    busiest = max(within, key=lambda one: (one.looks, one.day))
    usual = _usual([one.looks for one in actor.before if one.looks], before_of_kind)
    unusual: list[Unusual] = []
    if busiest.looks >= LOOKS_MIN and usual is not None and busiest.looks > TIMES_USUAL * usual:
        unusual.append("many_looks")
    if max(one.denials for one in within) >= DENIALS_MIN:
        unusual.append("many_denials")
    return ActorActivity(
        actor_kind=key[0],
        actor=key[1],
        acts=sum(one.acts for one in within),
        looks=sum(one.looks for one in within),
        searches=sum(one.searches for one in within),
        downloads=sum(one.downloads for one in within),
        patients=sum(one.patients for one in within),
        denials=sum(one.denials for one in within),
        failures=sum(one.failures for one in within),
        active_days=len(within),
        busiest_day=busiest.day if busiest.looks else None,
        busiest_looks=busiest.looks,
        usual_looks=usual,
        unusual=unusual,
    )


def _usual(own: Sequence[int], of_kind: Sequence[int]) -> float | None:
    measure = own if len(own) >= ACTIVE_DAYS_MIN else of_kind
    return float(median(measure)) if measure else None
