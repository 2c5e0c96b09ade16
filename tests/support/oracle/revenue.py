"""The period figures: cells of one business date and one set of dimensions, and recoveries."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple

from careledger.events.payments import PaymentEvent
from support.oracle.accounts import AccountKey, read_account
from support.oracle.facts import Fact
from support.oracle.legs import UNKNOWN, Leg, LegKind

Metric = Literal[
    "gross_payments",
    "payment_count",
    "refunds",
    "refund_count",
    "chargebacks",
    "payment_corrections",
    "processor_fees",
    "charges",
    "charge_count",
    "charge_corrections",
    "contractual_adjustments",
    "other_adjustments",
    "voids",
    "write_offs",
    "recoveries",
]


class Cell(NamedTuple):
    """What one figure is counted under."""

    clinic_id: str
    currency: str
    business_date: date
    method: str
    payer_type: str
    provider: str
    category: str


Figures = Counter[Metric]
Cells = dict[Cell, Figures]

_COUNTED: Final[dict[LegKind, tuple[Metric, int]]] = {
    "payment": ("gross_payments", +1),
    "refund": ("refunds", +1),
    "chargeback": ("chargebacks", +1),
    "chargeback_reversal": ("chargebacks", -1),
    "correction": ("payment_corrections", +1),
    "fee": ("processor_fees", +1),
    "charge": ("charges", +1),
    "void_of_charge": ("voids", -1),
    "void_of_adjustment": ("voids", -1),
    "write_off": ("write_offs", +1),
    "void_of_write_off": ("write_offs", +1),
}
_ADJUSTED: Final[dict[str, tuple[Metric, int]]] = {
    "correction": ("charge_corrections", +1),
    "contractual": ("contractual_adjustments", -1),
    "discount": ("other_adjustments", -1),
    "charity": ("other_adjustments", -1),
    "administrative": ("other_adjustments", -1),
}
_NUMBERED: Final[dict[LegKind, Metric]] = {
    "payment": "payment_count",
    "refund": "refund_count",
    "charge": "charge_count",
}


def merge(parts: Iterable[Cells]) -> Cells:
    """Add cells up; a cell whose every figure is zero is left out."""
    total: defaultdict[Cell, Figures] = defaultdict(Counter)
    for cells in parts:
        for cell, figures in cells.items():
            for metric, amount in figures.items():
                total[cell][metric] += amount
    nonzero: Cells = {
        cell: Counter({metric: amount for metric, amount in figures.items() if amount})
        for cell, figures in total.items()
    }
    return {cell: figures for cell, figures in nonzero.items() if figures}


def summed(cells: Mapping[Cell, Figures], currency: str, start: date, end: date) -> Figures:
    """Sum the figures of one currency, dated start to end, both inclusive."""
    total: Figures = Counter()
    for cell, figures in cells.items():
        if cell.currency == currency and start <= cell.business_date <= end:
            for metric, amount in figures.items():
                total[metric] += amount
    return total


def cells_of_legs(key: AccountKey, legs: Iterable[Leg]) -> Cells:
    """Count each leg of one account on its own date."""
    return merge(
        {Cell(key.clinic_id, key.currency, leg.order[0], *leg.dimensions): _figures(leg)}
        for leg in legs
    )


def _figures(leg: Leg) -> Figures:
    figures: Figures = Counter()
    counted = _ADJUSTED[leg.reason] if leg.reason else _COUNTED.get(leg.kind)
    if counted is not None:
        metric, sign = counted
        figures[metric] = sign * leg.amount
    if leg.kind in _NUMBERED:
        figures[_NUMBERED[leg.kind]] = 1
    return figures


def recoveries(key: AccountKey, mine: Sequence[Fact[PaymentEvent]]) -> Cells:
    """Date each growth of what one account wrote off and does not miss, by looking at every day."""
    parts: list[Cells] = []
    before: Counter[str] = Counter()
    for day in sorted({fact.business_date for fact in mine}):
        until_then = [fact for fact in mine if fact.business_date <= day]
        account = read_account(until_then, key, terms_days=0, as_of=day)
        for invoice_id, invoice in account.invoices.items():
            cell = Cell(
                key.clinic_id,
                key.currency,
                day,
                UNKNOWN,
                invoice.issue.payer_type,
                invoice.issue.provider or UNKNOWN,
                invoice.issue.category or UNKNOWN,
            )
            grown = invoice.recovered - before[invoice_id]
            before[invoice_id] = invoice.recovered
            parts.append({cell: Counter({"recoveries": grown})})
    return merge(parts)
