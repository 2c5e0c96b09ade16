"""Every figure that can be explained, as questions, and what the oracle says each is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from careledger.reports.aging import BUCKETS
from careledger.reports.explain.models import PeriodMetric
from careledger.reports.explain.parameters import COMPONENTS
from support.indicator_answers import expected
from support.oracle.accounts import Totals
from support.oracle.books import Books
from support.oracle.indicators import credits_by_age

BooksOf = Callable[[date], Books]

_NET = ("gross_payments", "payment_corrections", "-refunds", "-chargebacks")
_NET_CHARGES = ("charges", "charge_corrections", "-contractual_adjustments", "-voids")
_DERIVED = {"net_payments": _NET, "net_charges": _NET_CHARGES}
_ROLLED = (
    "opening",
    "charges",
    "charge_corrections",
    "contractual_adjustments",
    "other_adjustments",
    "voids",
    "write_offs",
    "recoveries",
    "landed",
    "closing",
)
_PLACES: dict[str, dict[str, tuple[str, int]]] = {
    "net_collection_rate": {"landed": ("net", 0), "charges": ("net", 1)},
    "gross_collection_rate": {"landed": ("gross", 0), "charges": ("gross", 1)},
    "days_in_ar": {"outstanding": ("days", 0), "charges": ("days", 1)},
    "aged_ar_rate": {"outstanding": ("aged", 0), "over_90": ("aged", 1)},
    "bad_debt": {"write_offs": ("bad_debt", 0), "recoveries": ("bad_debt", 1)},
    "roll_forward": {name: ("rolled", place) for place, name in enumerate(_ROLLED)},
}


@dataclass(frozen=True)
class Explainable:
    """One figure: the question, and the oracle's amount."""

    asked: dict[str, Any]
    amount: int


def every_figure(
    books_of: BooksOf, currency: str, first: date, last: date, as_of: date
) -> Iterator[Explainable]:
    """Yield every figure of one currency, day and span."""
    span = {"start_date": first, "end_date": last, "currency": currency}
    books = books_of(as_of)
    for metric in get_args(PeriodMetric):
        yield Explainable({"metric": metric, **span}, _period(books, metric, span, {}))
        for field, name in (("methods", "method"), ("payer_types", "payer_type")):
            for value in ("card", "unknown", "insurance"):
                amount = _period(books, metric, span, {name: value})
                yield Explainable({"metric": metric, **span, field: (value,)}, amount)
    yield from _balances(books, currency)
    yield from _accounts(books, currency)
    yield from _indicators(books_of, span, as_of)


def _period(books: Books, metric: str, span: dict[str, Any], cell: dict[str, str]) -> int:
    total = 0
    for name in _DERIVED.get(metric, (metric,)):
        sign, plain = (-1, name[1:]) if name.startswith("-") else (1, name)
        for key, figures in books.revenue().items():
            if (
                key.currency == span["currency"]
                and span["start_date"] <= key.business_date <= span["end_date"]
                and all(getattr(key, field) == value for field, value in cell.items())
            ):
                total += sign * figures[plain]  # pyright: ignore[reportArgumentType]
    return total


def _balances(books: Books, currency: str) -> Iterator[Explainable]:
    totals = sum((one for (_, code), one in books.totals().items() if code == currency), Totals())
    for metric, amount in (
        ("outstanding", totals.outstanding),
        ("overpaid", totals.overpaid),
        ("unapplied_credits", totals.unapplied),
        ("deficits", totals.deficits),
    ):
        yield Explainable({"metric": metric, "currency": currency}, amount)
    unapplied, _ = credits_by_age(books, currency)
    assert sum(unapplied.values()) == totals.unapplied
    mine = [one for (key, _), one in books.invoices.items() if key.currency == currency]
    for basis in ("due_date", "service_date"):
        for bucket in BUCKETS:
            asked = {"metric": "outstanding", "currency": currency, "basis": basis}
            amount = sum(invoice.aged(basis)[bucket] for invoice in mine)
            yield Explainable({**asked, "bucket": bucket}, amount)


def _accounts(books: Books, currency: str) -> Iterator[Explainable]:
    patients: dict[str, int] = {}
    for key, account in books.accounts.items():
        if key.currency == currency:
            patients[key.patient_id] = patients.get(key.patient_id, 0) + account.totals.balance
    for patient_id, balance in patients.items():
        asked = {"metric": "patient_balance", "currency": currency, "patient_id": patient_id}
        yield Explainable(asked, balance)
    for (key, invoice_id), invoice in books.invoices.items():
        if key.currency == currency:
            yield Explainable(
                {
                    "metric": "receivable_balance",
                    "currency": currency,
                    "clinic_ids": (key.clinic_id,),
                    "invoice_id": invoice_id,
                },
                invoice.balance,
            )


def _indicators(books_of: BooksOf, span: dict[str, Any], as_of: date) -> Iterator[Explainable]:
    first, last, currency = span["start_date"], min(span["end_date"], as_of), span["currency"]
    said = expected(books_of, currency, first, last, as_of=as_of, days=90)
    of_last = expected(books_of, currency, last, last, as_of=as_of, days=90)
    for metric, components in COMPONENTS.items():
        for component in components:
            asked = {"metric": metric, "component": component, **span}
            if metric in {"payer_mix_charges", "payer_mix_payments"}:
                mix = said["charged" if metric == "payer_mix_charges" else "paid"]
                if component == "total":
                    yield Explainable(asked, sum(amount for amount, _ in mix.values()))
                else:
                    for payer, (amount, _) in mix.items():
                        yield Explainable({**asked, "payer_types": (payer,)}, amount)
                continue
            name, place = _PLACES[metric][component]
            found = of_last if metric in {"days_in_ar", "aged_ar_rate"} else said
            yield Explainable(asked, found[name][place])
