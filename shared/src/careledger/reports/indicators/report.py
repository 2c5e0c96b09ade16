"""Answers a question about indicators: reads balances, movements and payers of every period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Final

from careledger.postgres import Connection
from careledger.reports.answers import Interval
from careledger.reports.balances.reading import AgedBalance, Movement, Span, open_balances
from careledger.reports.clinics import Clinic
from careledger.reports.errors import QuestionError
from careledger.reports.indicators.models import (
    POINTS_MAX,
    CurrencyIndicators,
    IndicatorPoint,
    IndicatorsQuery,
    IndicatorsReport,
)
from careledger.reports.indicators.parts import Parts, indicators_of
from careledger.reports.indicators.payers import read_payers
from careledger.reports.periods import Period, periods
from careledger.reports.provenance import Subject, build_meta, digest
from careledger.reports.snapshot import Snapshot, take_snapshot

_ONE_DAY: Final = timedelta(days=1)
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
    balances: dict[tuple[str, date], list[AgedBalance]]
    moved: dict[tuple[str, int], Movement]
    served: dict[tuple[str, int], Movement]
    issued: dict[tuple[str, int], Movement]
    payers: dict[tuple[str, int], dict[str, tuple[int, int]]]

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
    connection: Connection, snapshot: Snapshot, query: IndicatorsQuery, spans: Sequence[Period]
) -> _Read:
    reader = await open_balances(connection, snapshot)
    days = {day for span in spans for day in (span.first - _ONE_DAY, span.last)}
    balances: dict[tuple[str, date], list[AgedBalance]] = {}
    for one in await reader.at_days(sorted(days), bases=["due_date"]):
        balances.setdefault((one.currency, one.day), []).append(one)
    moved = await reader.movements("effective_on", [Span(*span, span.last) for span in spans])
    served = await reader.movements("service_on", [Span(*span, snapshot.as_of) for span in spans])
    back = timedelta(days=query.days - 1)
    issued = await reader.movements(
        "issued_on", [Span(span.last - back, span.last, span.last) for span in spans]
    )
    payers = await read_payers(connection, snapshot, query, spans)
    return _Read(spans, balances, _keyed(moved), _keyed(served), _keyed(issued), payers)


def _keyed(found: Sequence[Movement]) -> dict[tuple[str, int], Movement]:
    return {(one.currency, one.number): one for one in found if any(one[2:])}
