"""The catalog of metric definitions: what each figure means, by id and version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

from pydantic import Field

from careledger.reports.answers import Closed, DefinitionUsed

Unit = Literal["minor units", "count", "days", "code", "ratio"]


class Metric(Closed):
    """One definition; a change of its meaning is a new version."""

    id: str
    version: int
    unit: Unit
    formula: str
    inclusion: str = Field(description="What counts, and on which date.")
    source: str = Field(description="Where the definition is laid down.")


_PAGE: Final = "docs/explanation/figures.md"


def _group(section: str, inclusion: str) -> Callable[..., Metric]:
    """Return what defines the metrics of one group: same rules of inclusion, same source."""

    def define(name: str, formula: str, unit: Unit = "minor units", also: str = "") -> Metric:
        return Metric(
            id=name,
            version=1,
            unit=unit,
            formula=formula,
            inclusion=f"{inclusion} {also}".strip(),
            source=f"Careledger, {_PAGE}#{section}",
        )

    return define


_cash: Final = _group(
    "cash-basis",
    "Cash basis: money counts on its own business date, whatever it pays and though its payment or "
    "invoice is not known yet.",
)
_charge_side: Final = _group(
    "charge-side", "Charge side: what was asked for, on the date it was asked or changed."
)
_balance: Final = _group(
    "balances",
    "Everything dated up to the as-of day and known at the watermark; a leg counts once all it "
    "joins is known: clinic, patient and currency must agree.",
)
_aging: Final = _group(
    "aging",
    "The remaining balance of open receivables, by whole calendar days from the basis date to the "
    "as-of day.",
)
_indicator: Final = _group(
    "indicators", "As of the last day of each span, at the watermark of the answer."
)

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
    _balance(
        "receivable_balance",
        (
            "X - E; X = charge + adjustments - landed (voided: - landed), E = min(max(0, "
            "written off), max(0, X))"
        ),
    ),
    _balance("outstanding", "sum of receivable balances above zero"),
    _balance(
        "landed",
        "money of succeeded payments on issued invoices: payments, corrections, allocations, less "
        "refunds and chargebacks",
    ),
    _balance(
        "recoveries",
        "growth of (written off - effective write-off); money that comes after a write-off",
    ),
    _balance(
        "accounting_identity",
        "outstanding - overpaid - unapplied_credits + deficits = charges + adjustments - voids - "
        "effective write-offs - net payments; asserted, orphans aside",
    ),
    _balance("overpaid", "sum of receivable balances below zero, sign turned"),
    _balance("unapplied_credits", "money of payments that no invoice holds"),
    _balance("deficits", "credits below zero: more taken out than was there"),
    _balance("patient_balance", "outstanding - overpaid - unapplied_credits + deficits"),
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
    _balance(
        "credit_age",
        "as_of - business date of the payment's receipt; buckets as of receivables",
        "days",
        "Unapplied credits and deficits, never netted into outstanding.",
    ),
    _indicator(
        "net_collection_rate",
        "landed / (charges + charge_corrections - contractual_adjustments - voids) of the same "
        "invoices",
        "ratio",
        "Invoices whose service date (without one: issue date) lies in the span, with all that is "
        "known of them as of the as-of day; bad debt, charity and discounts stay in the "
        "denominator. Null unless the denominator is above zero.",
    ),
    _indicator(
        "gross_collection_rate",
        "landed / (charges + charge_corrections - voids) of the same invoices",
        "ratio",
        "As net_collection_rate.",
    ),
    _indicator(
        "days_in_ar",
        "outstanding / ((charges + charge_corrections - voids) / N)",
        "days",
        "Charges of invoices issued in the N days ending with the day, as known by then; N = 90 "
        "unless asked otherwise. Null unless the charges are above zero.",
    ),
    _indicator(
        "aged_ar_rate",
        "outstanding in bucket over_90 / outstanding",
        "ratio",
        "By due date. Null without outstanding receivables.",
    ),
    _indicator(
        "payer_mix_charges",
        "charges of one payer type / all charges",
        "ratio",
        "By who owed at issue, on the issue date.",
    ),
    _indicator(
        "payer_mix_payments",
        "gross_payments of one payer type / all gross_payments",
        "ratio",
        "By who paid, else unknown, on the date of the payment.",
    ),
    _indicator(
        "bad_debt",
        "write_offs - recoveries of the span: the growth of effective write-offs",
        "minor units",
        "On the later of a write-off's date and its invoice's.",
    ),
    _indicator(
        "roll_forward",
        "opening + charges + corrections - contractual - other adjustments - voids - write_offs + "
        "recoveries - landed = closing; opening and closing are outstanding - overpaid",
        "minor units",
        "Each movement on the latest date of the facts it joins. It closes, or there is no answer.",
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
