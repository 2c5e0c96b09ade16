"""Reads legs by day: their sum over a range, and one page of them after another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

import asyncpg

from careledger.postgres import Connection
from careledger.reports.explain.models import ExplainedLeg, ExplainQuery
from careledger.reports.explain.weights import Counted, as_parameters
from careledger.reports.kept_legs.reading import Part, Wanted, open_leg_sums
from careledger.reports.paging import read_key, write_key
from careledger.reports.snapshot import Snapshot
from careledger.reports.statements import Statement, compose, fragment

DatedBy = Literal["business_date", "effective_on"]
Key = tuple[date, int, str, str, int, str, bool, str, str, str, str]
_KEY_NAMES: Final = (
    "after_day",
    "after_clinic",
    "after_source",
    "after_event",
    "after_leg",
    "after_kind",
    "after_mirror",
    "after_m",
    "after_t",
    "after_r",
    "after_g",
)
_KEY_COLUMNS: Final = len(_KEY_NAMES)
_ONE_DAY: Final = timedelta(days=1)
_FIRST_STRETCH: Final = 1
_LONGER: Final = 4

_COUNTED: Final = fragment("explain/counted")
_LEGS: Final[dict[DatedBy, str]] = {
    "business_date": fragment("explain/period_legs"),
    "effective_on": fragment("explain/flow_legs"),
}
_PAGE: Final = fragment("explain/page_of_legs")
_SUMS: Final[dict[DatedBy, Statement]] = {
    by: compose(_COUNTED, legs, fragment("explain/sum_of_legs")) for by, legs in _LEGS.items()
}
_PAGES: Final[dict[DatedBy, Statement]] = {
    by: compose(_COUNTED, legs, _PAGE.replace("/*day*/", by)) for by, legs in _LEGS.items()
}


@dataclass(frozen=True, slots=True)
class LegRange:
    """Which legs: those counted, dated in a range by their own date or the one they take effect."""

    by: DatedBy
    counted: tuple[Counted, ...]
    first: date
    last: date
    by_count: bool = False


async def sum_of_legs(
    connection: Connection, snapshot: Snapshot, query: ExplainQuery, legs: LegRange
) -> int:
    """Sum all legs of a range.

    They are summed from the sums per day that are kept of them; chosen by more than one dimension,
    one by one.
    """
    if legs.last < legs.first:
        return 0
    wanted = _kept(query, legs)
    if wanted is not None:
        sums = await open_leg_sums(connection, snapshot)
        if sums is not None:
            counted = as_parameters(legs.counted)
            return await sums.total(wanted, counted, query.currency, by_count=legs.by_count)
    (row,) = await _SUMS[legs.by].fetch(connection, _parameters(snapshot, query, legs))
    return row["sum"]


def _kept(query: ExplainQuery, legs: LegRange) -> Wanted | None:
    """Return which of the kept sums have the legs of a range, None if none have."""
    chosen: tuple[tuple[Part, tuple[str, ...]], ...] = (
        ("method", query.methods),
        ("payer_type", query.payer_types),
        ("provider", query.providers),
        ("category", query.categories),
    )
    named: list[tuple[Part, tuple[str, ...]]] = [one for one in chosen if one[1]]
    if legs.by == "effective_on":
        return Wanted("flow", ("",), legs.first, legs.last)
    if not named:
        return Wanted("all", ("",), legs.first, legs.last)
    if len(named) > 1:
        return None
    part, values = named[0]
    return Wanted(part, values, legs.first, legs.last)


async def page_of_legs(
    connection: Connection, snapshot: Snapshot, query: ExplainQuery, legs: LegRange
) -> tuple[list[ExplainedLeg], str | None]:
    """Return a page of legs in order of day, clinic and event, and the key of the next one.

    Days are read in stretches, each longer than the one before, so that the first page of a year
    costs no year; of a single day the clinics one after another.
    """
    after = read_key(query.after, Key)
    parameters = _parameters(snapshot, query, legs) | {
        **dict(zip(_KEY_NAMES, after or (None,) * _KEY_COLUMNS, strict=True)),
        "rows": query.limit + 1,
    }
    found: list[asyncpg.Record] = []
    begin = day = after[0] if after else legs.first
    stretch = _FIRST_STRETCH
    while day <= legs.last and len(found) <= query.limit:
        last = min(legs.last, day + timedelta(days=stretch - 1))
        for clinic_nos in _in_turn(snapshot.clinic_nos, is_one_day=day == last):
            if len(found) <= query.limit:
                days = {"first_day": day, "last_day": last, "clinic_nos": clinic_nos}
                found += await _PAGES[legs.by].fetch(connection, parameters | days)
        day = last + _ONE_DAY
        stretch = _next_stretch(stretch, (day - begin).days, len(found), query.limit)
    following = None
    if len(found) > query.limit:
        following = write_key(tuple(found[query.limit - 1])[:_KEY_COLUMNS])
    return shown(found[: query.limit], snapshot), following


def _next_stretch(stretch: int, days_read: int, found: int, limit: int) -> int:
    """Return how many days to read next: what is missing, as often as it was; else ever more."""
    if not found:
        return stretch * _LONGER
    missing = limit + 1 - found
    return max(1, min(stretch * _LONGER, -(-missing * days_read // found)))


def _in_turn(clinic_nos: list[int], *, is_one_day: bool) -> list[list[int]]:
    """Return which clinics are read at once: those of a day in their order, else all."""
    return [[one] for one in sorted(clinic_nos)] if is_one_day else [clinic_nos]


def shown(rows: Iterable[asyncpg.Record], snapshot: Snapshot) -> list[ExplainedLeg]:
    """Show legs as statements give them; whose they are stays behind."""
    clinic_ids = snapshot.clinic_ids
    return [show_leg(row, clinic_ids, row["amount"]) for row in rows]


def show_leg(row: asyncpg.Record, clinic_ids: Mapping[int, str], amount: int) -> ExplainedLeg:
    """Show one leg with what it adds to the figure."""
    return ExplainedLeg(
        kind=row["kind"],
        amount=amount,
        mirrored=row["is_mirror"],
        clinic_id=clinic_ids[row["clinic_no"]],
        invoice_id=row["invoice_id"],
        payment_id=row["payment_id"],
        business_date=row["business_date"],
        effective_on=row["effective_on"],
        reason=row["reason"],
        method=row["method"],
        payer_type=row["payer_type"],
        provider=row["provider"],
        category=row["category"],
        source=row["source"],
        event_id=row["event_id"],
        leg=row["leg"],
        position=f"{row['kafka_partition']}:{row['kafka_offset']}",
    )


def _parameters(snapshot: Snapshot, query: ExplainQuery, legs: LegRange) -> dict[str, object]:
    return {
        **snapshot.parameters,
        **as_parameters(legs.counted),
        "currency": query.currency,
        "first_day": legs.first,
        "last_day": legs.last,
        "by_count": legs.by_count,
        "methods": list(query.methods),
        "payer_types": list(query.payer_types),
        "categories": list(query.categories),
        "providers": list(query.providers),
    }
