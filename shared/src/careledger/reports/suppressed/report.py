"""Answers a question in the profile `suppressed`: reads months, hides, then adds up what is left.

It reads the figures of the revenue report and counts patients in the ledger, in one snapshot.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from careledger.postgres import Connection
from careledger.reports.answers import Interval
from careledger.reports.clinics import Clinic
from careledger.reports.errors import QuestionError
from careledger.reports.periods import Period, period_of
from careledger.reports.provenance import Subject, build_meta, digest_of_plain
from careledger.reports.revenue.figures import (
    CHARGE_COLUMNS,
    COLUMNS,
    NO_FIGURES,
    Figures,
    Plain,
    average,
    total,
)
from careledger.reports.revenue.models import RevenueQuery
from careledger.reports.revenue.report import METRICS
from careledger.reports.revenue.rows import Cell, FiguresReader, open_reader
from careledger.reports.revenue.series import planned_periods
from careledger.reports.snapshot import Snapshot, take_snapshot
from careledger.reports.statements import statement
from careledger.reports.suppressed.cells import PATIENTS_MIN, Shown, added, shown_groups
from careledger.reports.suppressed.models import STATEMENT, SuppressedQuery, SuppressedReport

_PATIENTS: Final = statement("suppressed/patients")
_SUBJECT: Final = Subject(report="suppressed_revenue", basis="business_date", metrics=METRICS)

_Patients = Mapping[Cell, Mapping[str, int]]
_ByMonth = dict[date, Shown]


class _Told(NamedTuple):
    """What is shown of one currency, month by month."""

    groups: dict[str, _ByMonth]
    together: _ByMonth


async def read_suppressed(
    connection: Connection, clinics: Sequence[Clinic], query: SuppressedQuery
) -> SuppressedReport:
    """Answer one question about revenue with the figures of few patients hidden.

    Args:
        connection: inside a REPEATABLE READ transaction the caller opened.
        clinics: the clinics the caller may see; all of them are in the answer.
        query: the question.

    Raises:
        QuestionError: for a range that is not of whole periods, or of any that is not over, or has
            too many points, or lies behind what is kept; an as_of or watermark as of the revenue
            report.
    """
    snapshot = await take_snapshot(
        connection, clinics, as_of=query.as_of, watermark=query.watermark
    )
    # Patients are counted in the ledger: of a day whose stories are removed nothing can be shown.
    if snapshot.horizon is not None:
        snapshot.horizon.check_day("start_date", query.start_date)
    months = _months(query, snapshot)
    reader = await open_reader(connection, snapshot, _by_month(query))
    cells = await reader.read(query.start_date, query.end_date)
    patients = await _read_patients(reader)
    told = {one: _told(one, months, cells, patients) for one in reader.currencies}
    periods = planned_periods(query.granularity, query.start_date, query.end_date)
    figures: Plain = {
        "profile": "suppressed",
        "statement": STATEMENT,
        "patients_min": PATIENTS_MIN,
        "granularity": query.granularity,
        "breakdown": query.breakdown,
        "hidden_count": sum(_hidden(one) for one in told.values()),
        "series": [
            {"currency": currency, "group": group, **_series(by_month, periods)}
            for currency, one in told.items()
            for group, by_month in one.groups.items()
        ],
        "totals": [
            {"currency": currency, **_series(one.together, periods)}
            for currency, one in told.items()
        ],
    }
    meta = build_meta(
        snapshot,
        _SUBJECT,
        currencies=reader.currencies,
        figures_digest=digest_of_plain(figures),
        interval=Interval(start_date=query.start_date, end_date=query.end_date),
    )
    return SuppressedReport.model_validate({"meta": meta, **figures})


def _months(query: SuppressedQuery, snapshot: Snapshot) -> Sequence[Period]:
    """The months of a range, if it consists of whole periods that are over in every clinic."""
    months = planned_periods("month", query.start_date, query.end_date)
    first = period_of(query.granularity, query.start_date).first
    last = period_of(query.granularity, query.end_date).last
    if query.start_date != first:
        raise QuestionError("start_date", f"a {query.granularity} begins on {first}")
    if query.end_date != last:
        raise QuestionError("end_date", f"a {query.granularity} ends on {last}")
    if last >= min(clinic.today for clinic in snapshot.clinics):
        raise QuestionError("end_date", f"the last {query.granularity} is not over")
    return months


def _by_month(query: SuppressedQuery) -> RevenueQuery:
    return RevenueQuery(
        start_date=query.start_date,
        end_date=query.end_date,
        granularity="month",
        breakdown=query.breakdown,
        as_of=query.as_of,
        watermark=query.watermark,
    )


async def _read_patients(reader: FiguresReader) -> _Patients:
    query, snapshot = reader.query, reader.snapshot
    parameters = {
        **snapshot.parameters,
        "currencies": list(reader.currencies),
        "start": query.start_date,
        "last": query.end_date,
        "breakdown": query.breakdown,
    }
    names = {str(number): name for number, name in snapshot.clinic_ids.items()}
    found: defaultdict[Cell, dict[str, int]] = defaultdict(dict)
    for currency, label, member, family, count in map(
        tuple, await _PATIENTS.fetch(reader.connection, parameters)
    ):
        group = names[member] if query.breakdown == "clinic" and member else member
        found[currency, label, group][family] = count
    return found


def _told(
    currency: str, months: Iterable[Period], cells: Mapping[Cell, Figures], patients: _Patients
) -> _Told:
    groups = sorted(
        {group for (of, _, group), sums in cells.items() if of == currency and group and any(sums)}
    )
    told = _Told({group: {} for group in groups}, {})
    for month in months:
        label = month.first
        of_groups = {
            group: (
                cells.get((currency, label, group), NO_FIGURES),
                patients.get((currency, label, group), {}),
            )
            for group in groups
        }
        sums = total(
            figures for (of, day, _), figures in cells.items() if (of, day) == (currency, label)
        )
        shown, told.together[label] = shown_groups(
            of_groups, (sums, patients.get((currency, label, None), {}))
        )
        for group, figures in shown.items():
            told.groups[group][label] = figures
    return told


def _hidden(told: _Told) -> int:
    every = [*told.groups.values(), told.together]
    return sum(figures.count(None) for by_month in every for figures in by_month.values())


def _series(by_month: _ByMonth, periods: Iterable[Period]) -> Plain:
    return {
        "totals": _described(added(by_month.values())),
        "points": [
            {
                "label": period.first.isoformat(),
                **_described(
                    added(
                        figures
                        for label, figures in by_month.items()
                        if period.first <= label <= period.last
                    )
                ),
            }
            for period in periods
        ],
    }


def _described(shown: Shown) -> Plain:
    of = dict(zip(COLUMNS, shown, strict=True))
    paid, count = of["gross_payments"], of["payment_count"]
    payments = (paid, of["payment_corrections"])
    charges = (of["charges"], of["charge_corrections"])
    return {
        **{name: of[name] for name in COLUMNS if name not in CHARGE_COLUMNS},
        "net_payments": _less(payments, (of["refunds"], of["chargebacks"])),
        "average_payment": None if paid is None or count is None else average(paid, count),
        "charge_side": {
            **{name: of[name] for name in CHARGE_COLUMNS},
            "net_charges": _less(charges, (of["contractual_adjustments"], of["voids"])),
        },
    }


def _less(more: tuple[int | None, ...], less: tuple[int | None, ...]) -> int | None:
    """Sum what adds less what takes off; hidden if any of them is."""
    (plus,), (minus,) = added((value,) for value in more), added((value,) for value in less)
    return None if plus is None or minus is None else plus - minus
