"""Answers a question about indicators: reads balances, movements and payers of every period."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from typing import Final, Literal, TypeAlias, get_args

from careledger.postgres import Connection
from careledger.reports.answers import Interval
from careledger.reports.balances.reading import (
    AgedBalance,
    BalanceReader,
    Cohort,
    Movement,
    Span,
    open_balances,
)
from careledger.reports.clinics import Clinic
from careledger.reports.errors import QuestionError
from careledger.reports.indicators.models import (
    POINTS_MAX,
    CurrencyIndicators,
    IndicatorPoint,
    Indicators,
    IndicatorsQuery,
    IndicatorsReport,
)
from careledger.reports.indicators.parts import Parts, indicators_of
from careledger.reports.indicators.payers import Payers, read_payers
from careledger.reports.periods import Period, periods
from careledger.reports.provenance import Subject, build_meta, digest
from careledger.reports.snapshot import Snapshot, take_snapshot
from careledger.reports.statements import planned

_ONE_DAY: Final = timedelta(days=1)

Reading = Literal["balances", "moved", "served", "issued", "payers"]
"""Of what the parts of an indicator are read."""
READINGS: Final[tuple[Reading, ...]] = get_args(Reading)

_Movements: TypeAlias = dict[tuple[str, int], Movement]
_SUBJECT: Final = Subject(
    report="indicators",
    basis="service_date",
    metrics=(
        "net_collection_rate",
        "gross_collection_rate",
        "days_in_ar",
        "aged_ar_rate",
        "payer_mix_charges",
        "payer_mix_payments",
        "bad_debt",
        "roll_forward",
        "outstanding",
        "overpaid",
        "charges",
        "charge_corrections",
        "contractual_adjustments",
        "other_adjustments",
        "voids",
        "write_offs",
        "recoveries",
        "landed",
        "gross_payments",
    ),
)


async def read_indicators(
    connection: Connection, clinics: Sequence[Clinic], query: IndicatorsQuery
) -> IndicatorsReport:
    """Answer one question about indicators.

    Args:
        connection: inside a REPEATABLE READ transaction the caller opened.
        clinics: the clinics the caller may see.
        query: the question.

    Raises:
        QuestionError: for a range that ends before it starts, begins after the as-of day, has too
            many points or lies behind what is kept, for a wrong as_of or watermark, for clinics
            that may not be read.
        FiguresDisagreeError: if a roll-forward does not close.
    """
    snapshot = await take_snapshot(
        connection,
        clinics,
        clinic_ids=query.clinic_ids,
        as_of=query.as_of,
        watermark=query.watermark,
    )
    if snapshot.horizon is not None:
        snapshot.horizon.check_day("start_date", query.start_date)
    planned = _plan(query, snapshot.as_of)
    spans = [Period(query.start_date, min(query.end_date, snapshot.as_of)), *planned.cut]
    read = await _read(connection, snapshot, query, spans)
    currencies = [
        CurrencyIndicators(
            currency=currency,
            range=indicators_of(read.parts(currency, 0), query.days),
            points=[
                IndicatorPoint(
                    label=period.first,
                    last_day=planned.cut[place].last,
                    partial=_is_partial(period, query, snapshot),
                    **dict(indicators_of(read.parts(currency, place + 1), query.days)),
                )
                for place, period in enumerate(planned.whole)
            ],
        )
        for currency in read.currencies(query)
    ]
    meta = build_meta(
        snapshot,
        _SUBJECT,
        currencies=[one.currency for one in currencies],
        figures_digest=digest({"granularity": query.granularity, "currencies": currencies}),
        interval=Interval(start_date=query.start_date, end_date=query.end_date),
    )
    return IndicatorsReport(meta=meta, granularity=query.granularity, currencies=currencies)


async def read_range(
    connection: Connection,
    snapshot: Snapshot,
    query: IndicatorsQuery,
    readings: Collection[Reading],
) -> dict[str, Indicators]:
    """Return the indicators of a range, by currency, as the report serves them.

    Args:
        connection: inside a REPEATABLE READ transaction the caller opened.
        snapshot: what may be known; the question's own as-of day and watermark do not matter.
        query: the question; days behind what is kept are refused by the caller.
        readings: what is read; an indicator of anything else is nothing. Balances go with what
            moved them.

    Raises:
        QuestionError: for a range that ends before it starts or begins after the as-of day.
        FiguresDisagreeError: if a roll-forward does not close.
    """
    planned = _plan(query, snapshot.as_of)
    whole = Period(query.start_date, min(query.end_date, snapshot.as_of))
    read = await _read(connection, snapshot, query, [whole, *planned.cut], readings)
    return {
        currency: indicators_of(read.parts(currency, 0), query.days)
        for currency in read.currencies(query)
    }


@dataclass(frozen=True, slots=True)
class _Plan:
    """The periods of a trend, whole and as the range and the as-of day cut them."""

    whole: list[Period]
    cut: list[Period]


def _plan(query: IndicatorsQuery, as_of: date) -> _Plan:
    start, end = query.start_date, min(query.end_date, as_of)
    if query.end_date < start:
        raise QuestionError("end_date", "end_date lies before start_date")
    if end < start:
        raise QuestionError("start_date", f"start_date lies after the as-of day, {as_of}")
    whole = list(islice(periods(query.granularity, start, end), POINTS_MAX + 1))
    if len(whole) > POINTS_MAX:
        raise QuestionError(
            "granularity", f"the trend has more than {POINTS_MAX} points; take a coarser one"
        )
    return _Plan(whole, [Period(max(one.first, start), min(one.last, end)) for one in whole])


def _is_partial(period: Period, query: IndicatorsQuery, snapshot: Snapshot) -> bool:
    today = min(clinic.today for clinic in snapshot.clinics)
    return period.is_partial(
        start=query.start_date, end=query.end_date, as_of=snapshot.as_of, today=today
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """Everything the indicators of all spans are made of, sorted by currency and span."""

    spans: Sequence[Period]
    balances: dict[tuple[str, date], list[AgedBalance]] = field(default_factory=dict)
    moved: _Movements = field(default_factory=dict)
    served: _Movements = field(default_factory=dict)
    issued: _Movements = field(default_factory=dict)
    payers: Payers = field(default_factory=dict)

    def parts(self, currency: str, number: int) -> Parts:
        """Return the parts of one span."""
        span = self.spans[number]
        nothing = Movement(number, currency)
        key = (currency, number)
        return Parts(
            before=self.balances.get((currency, span.first - _ONE_DAY), []),
            after=self.balances.get((currency, span.last), []),
            moved=self.moved.get(key, nothing),
            served=self.served.get(key, nothing),
            issued=self.issued.get(key, nothing),
            payers=self.payers.get(key, {}),
        )

    def currencies(self, query: IndicatorsQuery) -> list[str]:
        """Return the currencies of which there is anything to say."""
        found = {key[0] for part in (self.moved, self.served, self.payers) for key in part}
        found |= {currency for currency, _ in self.balances}
        return sorted(code for code in found if not query.currencies or code in query.currencies)


async def _read(
    connection: Connection,
    snapshot: Snapshot,
    query: IndicatorsQuery,
    spans: Sequence[Period],
    readings: Collection[Reading] = READINGS,
) -> _Read:
    """Read the parts of the whole, the first span, and of the periods that divide it."""
    reader = await open_balances(connection, snapshot)
    read = _Read(spans)
    periods_ = spans[1:]
    if "balances" in readings:
        days = {day for span in spans for day in (span.first - _ONE_DAY, span.last)}
        for one in await reader.at_days(
            sorted(days), bases=["due_date"], currencies=query.currencies
        ):
            read.balances.setdefault((one.currency, one.day), []).append(one)
    if "moved" in readings:
        own = [Span(*one, one.last) for one in periods_]
        read.moved.update(await _of_parts(reader, "effective_on", own))
    if "served" in readings:
        until_now = [Span(*one, snapshot.as_of) for one in periods_]
        read.served.update(await _of_parts(reader, "service_on", until_now))
    if "issued" in readings:
        back = timedelta(days=query.days - 1)
        windows = [Span(one.last - back, one.last, one.last) for one in periods_]
        issued = _keyed(await reader.movements("issued_on", windows))
        # The whole ends with its last period, and so do the days before it.
        last = {(code, 0): one for (code, number), one in issued.items() if number == len(windows)}
        read.issued.update(issued | last)
    if "payers" in readings:
        async with planned(connection, "anew"):
            read.payers.update(await read_payers(connection, snapshot, query, spans))
    return read


async def _of_parts(reader: BalanceReader, cohort: Cohort, parts: Sequence[Span]) -> _Movements:
    """Return what moved in each period, from 1, and in the whole, 0, that they divide."""
    found = await reader.movements(cohort, parts)
    whole: _Movements = {}
    for one in found:
        key = (one.currency, 0)
        whole[key] = whole.get(key, Movement(0, one.currency)).plus(one)
    return {key: one for key, one in whole.items() if any(one[2:])} | _keyed(found)


def _keyed(found: Sequence[Movement]) -> _Movements:
    return {(one.currency, one.number + 1): one for one in found if any(one[2:])}
