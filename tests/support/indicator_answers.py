"""Indicators as answered and as the oracle has them, in one shape, so that tests compare them."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Any

from careledger.reports.indicators import Indicators, IndicatorsReport
from support.oracle.accounts import Totals
from support.oracle.books import Books
from support.oracle.indicators import adjusted, cohort, days_in_ar
from support.oracle.revenue import Metric
from support.oracle.roll_forward import roll_forward

Shape = dict[tuple[str, date, date], dict[str, Any]]
BooksOf = Callable[[date], Books]
"""The books of a day, at the watermark of the question."""


def answered(report: IndicatorsReport, start: date, end: date) -> Shape:
    """Return the figures of every span that has any, by currency, first and last day."""
    found: Shape = {}
    for one in report.currencies:
        found[one.currency, start, end] = _figures(one.range)
        for point in one.points:
            found[one.currency, max(start, point.label), point.last_day] = _figures(point)
    return found


def _figures(one: Indicators) -> dict[str, Any]:
    mix = one.payer_mix
    return {
        "net": tuple(one.net_collection.model_dump().values()),
        "gross": tuple(one.gross_collection.model_dump().values()),
        "days": (one.days_in_ar.outstanding, one.days_in_ar.charges, one.days_in_ar.value),
        "aged": tuple(one.aged_ar.model_dump().values()),
        "charged": {share.payer_type: (share.amount, share.share) for share in mix.charges},
        "paid": {share.payer_type: (share.amount, share.share) for share in mix.payments},
        "bad_debt": tuple(one.bad_debt.model_dump().values()),
        "rolled": tuple(one.roll_forward.model_dump().values()),
    }


def expected(
    books_of: BooksOf, currency: str, first: date, last: date, *, as_of: date, days: int
) -> dict[str, Any]:
    """Return what the oracle says of one span."""
    known, after, before = books_of(as_of), books_of(last), books_of(first - timedelta(days=1))
    served = cohort(known, currency, "service_on", first, last)
    outstanding, charged = days_in_ar(after, currency, days)
    over_90 = sum(
        invoice.aged("due_date")["over_90"]
        for (key, _), invoice in after.invoices.items()
        if key.currency == currency
    )
    opening, closing = _totals(before, currency), _totals(after, currency)
    rolled = roll_forward(opening, closing)
    reasons = _adjustments(after, currency)
    earlier = _adjustments(before, currency)
    corrections, contractual, others = (
        reasons[name] - earlier[name] for name in ("correction", "contractual", "other")
    )
    return {
        "net": (served.landed, served.net_charges, _ratio(served.landed, served.net_charges)),
        "gross": (served.landed, served.gross_charges, _ratio(served.landed, served.gross_charges)),
        "days": (outstanding, charged, _ratio(outstanding * days, charged, "0.1")),
        "aged": (outstanding, over_90, _ratio(over_90, outstanding)),
        "charged": _mix(known, currency, "charges", first, last),
        "paid": _mix(known, currency, "gross_payments", first, last),
        "bad_debt": (rolled.write_offs, rolled.recoveries, rolled.write_offs - rolled.recoveries),
        "rolled": (
            rolled.opening,
            rolled.charges,
            corrections,
            -contractual,
            -others,
            rolled.voids,
            rolled.write_offs,
            rolled.recoveries,
            rolled.landed,
            rolled.closing,
        ),
    }


def _totals(books: Books, currency: str) -> Totals:
    return sum(
        (totals for (_, code), totals in books.totals().items() if code == currency), Totals()
    )


def _adjustments(books: Books, currency: str) -> dict[str, int]:
    """Sum the adjustments that stand on issued invoices, by what their reason counts as."""
    sums = {"correction": 0, "contractual": 0, "other": 0}
    for key, invoice_id in books.invoices:
        if key.currency == currency:
            for name, reasons in (
                ("correction", ("correction",)),
                ("contractual", ("contractual",)),
                ("other", ("discount", "charity", "administrative")),
            ):
                sums[name] += adjusted(books, key, invoice_id, reasons)
    return sums


def _mix(
    books: Books, currency: str, metric: Metric, first: date, last: date
) -> dict[str, tuple[int, str | None]]:
    amounts: dict[str, int] = {}
    for cell, figures in books.revenue().items():
        if cell.currency == currency and first <= cell.business_date <= last:
            amounts[cell.payer_type] = amounts.get(cell.payer_type, 0) + figures[metric]
    total = sum(amounts.values())
    return {payer: (amount, _ratio(amount, total)) for payer, amount in amounts.items() if amount}


def _ratio(numerator: int, denominator: int, places: str = "0.0001") -> str | None:
    if denominator <= 0:
        return None
    with localcontext() as context:
        context.prec = 80
        value = (Decimal(numerator) / denominator).quantize(Decimal(places), ROUND_HALF_EVEN)
        return str(value + 0)
