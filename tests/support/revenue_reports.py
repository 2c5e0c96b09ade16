"""Revenue reports for documents: seeded figures in the models of the read model, sums included."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from random import Random
from typing import Any

from careledger.money import exponent
from careledger.reports.answers import ClinicCalendar, CurrencyUnit, Interval, Meta
from careledger.reports.catalog import definitions
from careledger.reports.periods import periods
from careledger.reports.revenue import RevenueQuery, RevenueReport

AS_OF = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 15, 4, 5, tzinfo=UTC)
WATERMARK = "0:1523,1:1498,2:1601,3:1440"

_CHARGE_SIDE = (
    "charges",
    "charge_count",
    "charge_corrections",
    "contractual_adjustments",
    "other_adjustments",
    "voids",
    "write_offs",
)
_CASH = (
    "gross_payments",
    "refunds",
    "chargebacks",
    "payment_corrections",
    "payment_count",
    "refund_count",
    "processor_fees",
)
Sums = Mapping[str, int]


def revenue_report(
    query: RevenueQuery,
    *,
    currencies: Sequence[str] = ("USD",),
    groups: Sequence[str] = (),
    seed: int = 1,
    clinic_id: str = "hudson",
) -> RevenueReport:
    """Return a report of random figures; the same seed gives the same."""
    dice = Random(seed)  # noqa: S311 - test data, and it must repeat
    comparison = None
    if query.compare != "none":
        earlier = _year_before(query)
        comparison = {
            "kind": query.compare,
            "interval": _interval(earlier),
            **_answer(dice, earlier, currencies, groups),
        }
    return RevenueReport.model_validate(
        {
            "meta": _meta(query, currencies, clinic_id, sha256(repr(seed).encode()).hexdigest()),
            "granularity": query.granularity,
            "breakdown": query.breakdown,
            **_answer(dice, query, currencies, groups),
            "comparison": comparison,
        }
    )


def _year_before(query: RevenueQuery) -> RevenueQuery:
    start, end = query.start_date, query.end_date
    return query.model_copy(
        update={
            "start_date": start.replace(year=start.year - 1),
            "end_date": end.replace(year=end.year - 1),
        }
    )


def _answer(
    dice: Random, query: RevenueQuery, currencies: Sequence[str], groups: Sequence[str]
) -> dict[str, Any]:
    series: list[dict[str, Any]] = []
    totals: list[dict[str, Any]] = []
    for currency in currencies:
        everything: list[Sums] = []
        for group in groups or (None,):
            of_group = [
                (period.first, period.last, _sums(dice))
                for period in periods(query.granularity, query.start_date, query.end_date)
            ]
            everything += [sums for _, _, sums in of_group]
            series.append(
                {
                    "currency": currency,
                    "group": group,
                    "totals": _totals(_added(sums for _, _, sums in of_group)),
                    "points": [
                        {"label": first, "partial": last >= AS_OF, **_totals(sums)}
                        for first, last, sums in of_group
                    ],
                }
            )
        totals.append({"currency": currency, **_totals(_added(everything))})
    return {"series": series, "totals": totals}


def _sums(dice: Random) -> Sums:
    if dice.random() < 0.2:  # one period in five is empty
        return _added([])
    gross = dice.randrange(100, 900_000)
    return {
        "gross_payments": gross,
        "payment_count": dice.randrange(1, 40),
        "refunds": dice.choice((0, 0, gross // 7, gross + 5_000)),
        "refund_count": dice.randrange(3),
        "chargebacks": dice.choice((0, 0, 0, 2_500, -1_200)),
        "payment_corrections": dice.choice((0, 0, -90, 1_250)),
        "processor_fees": dice.choice((0, 1_500)),
        "charges": dice.randrange(1_000_000),
        "charge_count": dice.randrange(60),
        "charge_corrections": dice.choice((0, -5_000)),
        "contractual_adjustments": dice.randrange(200_000),
        "other_adjustments": dice.choice((0, 7_300)),
        "voids": dice.choice((0, 12_000)),
        "write_offs": dice.choice((0, 4_400)),
    }


def _added(parts: Iterable[Sums]) -> Sums:
    kept = list(parts)
    return {name: sum(sums[name] for sums in kept) for name in (*_CASH, *_CHARGE_SIDE)}


def _totals(sums: Sums) -> dict[str, Any]:
    count = sums["payment_count"]
    return {
        **{name: sums[name] for name in _CASH},
        "net_payments": sums["gross_payments"]
        + sums["payment_corrections"]
        - sums["refunds"]
        - sums["chargebacks"],
        "average_payment": sums["gross_payments"] // count if count else None,
        "charge_side": {
            **{name: sums[name] for name in _CHARGE_SIDE},
            "net_charges": sums["charges"]
            + sums["charge_corrections"]
            - sums["contractual_adjustments"]
            - sums["voids"],
        },
    }


def _interval(query: RevenueQuery) -> Interval:
    return Interval(start_date=query.start_date, end_date=query.end_date)


def _meta(query: RevenueQuery, currencies: Sequence[str], clinic_id: str, digest: str) -> Meta:
    calendar = ClinicCalendar(
        clinic_id=clinic_id, time_zone="America/New_York", terms_days=30, confirmed=True
    )
    return Meta(
        report="revenue",
        as_of=AS_OF,
        interval=_interval(query),
        basis="business_date",
        currencies=[CurrencyUnit(currency=c, exponent=exponent(c)) for c in currencies],
        clinics=[calendar],
        time_zones=[calendar.time_zone],
        watermark=WATERMARK,
        data_through=AT,
        stale=False,
        stale_reasons=[],
        answered_at=AT,
        definitions=definitions(("gross_payments", "net_payments", "average_payment", "charges")),
        digest=digest,
    )
