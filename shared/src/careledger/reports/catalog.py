"""The catalog of metric definitions: what each figure means, by id and version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

from careledger.reports.answers import Closed, DefinitionUsed

Unit = Literal["minor units", "count", "days", "code"]


class Metric(Closed):
    """One definition; a change of its meaning is a new version."""

    id: str
    version: int
    unit: Unit
    formula: str
    source: str


def _metric(source: str) -> Callable[..., Metric]:
    def define(name: str, formula: str, unit: Unit = "minor units") -> Metric:
        return Metric(id=name, version=1, unit=unit, formula=formula, source=source)

    return define


_cash: Final = _metric("Cash basis: money counts on its own business date, whatever it pays.")
_charge_side: Final = _metric(
    "Charge side: what was asked for, on the date it was asked or changed."
)
_aging: Final = _metric("Receivables aging: the remaining balance, by whole calendar days.")

CATALOG: Final[tuple[Metric, ...]] = (
    _cash(
        "gross_payments",
        "sum of succeeded payments by business date; pending and failed never count",
    ),
    _cash(
        "refunds",
        ("sum of refunds, each on its own business date; those of unknown payments included"),
    ),
    _cash("chargebacks", "withdrawn - reinstated, each on its own date"),
    _cash(
        "payment_corrections",
        "sum of posting errors put right, on the day put right; no money moved",
    ),
    _cash(
        "net_payments",
        "gross_payments + payment_corrections - refunds - chargebacks; shown as revenue",
    ),
    _cash("payment_count", "number of succeeded payments", "count"),
    _cash("refund_count", "number of refunds", "count"),
    _cash(
        "average_payment",
        "gross_payments / payment_count, rounded half to even; none without payments",
    ),
    _cash("processor_fees", "fees of disputes as charged; in no other figure"),
    _charge_side("charges", "sum of invoices issued, by issue date"),
    _charge_side("charge_count", "number of invoices issued", "count"),
    _charge_side("charge_corrections", "sum of adjustments with reason correction"),
    _charge_side(
        "contractual_adjustments",
        "sum of contractual adjustments; above zero when they lower what is owed",
    ),
    _charge_side(
        "other_adjustments",
        "sum of discounts, charity and administrative adjustments; above zero as above",
    ),
    _charge_side(
        "voids",
        ("charges and adjustments of voided invoices, on the later of their date and the void's"),
    ),
    _charge_side("write_offs", "bad debt as told, less what was taken back or voided"),
    _charge_side("net_charges", "charges + charge_corrections - contractual_adjustments - voids"),
    _aging(
        "receivable_balance",
        (
            "X - E; X = charge + adjustments - landed (voided: - landed), E = min(max(0, "
            "written off), max(0, X))"
        ),
    ),
    _aging("outstanding", "sum of receivable balances above zero"),
    _aging("overpaid", "sum of receivable balances below zero, sign turned"),
    _aging("unapplied_credits", "money of payments that no invoice holds"),
    _aging("deficits", "credits below zero: more taken out than was there"),
    _aging("patient_balance", "outstanding - overpaid - unapplied_credits + deficits"),
    _aging(
        "days_overdue",
        "as_of - due_on; due_on = latest change, else the invoice's, else issue + terms",
        "days",
    ),
    _aging(
        "aging_bucket",
        (
            "as_of - basis date: current <= 0, 1-30, 31-60, 61-90, over_90; installments "
            "age each by its own date, oldest paid first"
        ),
        "code",
    ),
    _aging(
        "receivable_status",
        ("balance < 0 credit; 0 voided, written_off or paid; > 0 collection, overdue or current"),
        "code",
    ),
    _cash(
        "payment_status",
        (
            "refunded if refunds > 0 and >= amount + corrections, else paid; without "
            "success the latest of pending and failed"
        ),
        "code",
    ),
)
"""Every definition in force."""

_BY_ID: Final = {metric.id: metric for metric in CATALOG}


def definitions(ids: tuple[str, ...]) -> list[DefinitionUsed]:
    """Return id and version of the definitions an answer used."""
    return [DefinitionUsed(id=name, version=_BY_ID[name].version) for name in ids]
