"""Histories and receivables for documents: seeded figures in the models of the read model."""

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256
from random import Random
from typing import Any, get_args

from careledger.events.fields import PayerType
from careledger.money import exponent
from careledger.reports.aging import BUCKETS, bucket_of
from careledger.reports.answers import ClinicCalendar, CurrencyUnit, Meta, Page, Sum
from careledger.reports.catalog import definitions
from careledger.reports.documents import OutstandingAnswer
from careledger.reports.history import HistoryReport
from careledger.reports.receivables import (
    CurrencySummary,
    OutstandingReport,
    OutstandingSummary,
    Receivable,
)
from support.revenue_reports import AS_OF, AT, WATERMARK

PATIENT = "P-1001"
_KINDS = {"charge": 1, "payment": -1, "adjustment": -1, "refund": 1, "failed": 0, "due_date": 0}


def history_report(
    entries: int = 40,
    *,
    currencies: Sequence[str] = ("USD",),
    clinic_ids: Sequence[str] = ("hudson",),
    reason: str | None = None,
    seed: int = 1,
) -> HistoryReport:
    """Return a history of random entries; the same seed gives the same."""
    dice = Random(seed)  # noqa: S311 - test data, and it must repeat
    balances = dict.fromkeys(currencies, 0)
    rows = [
        _entry(dice, number, balances, dice.choice(clinic_ids), reason) for number in range(entries)
    ]
    return HistoryReport.model_validate(
        {
            "meta": _meta("history", clinic_ids, currencies if entries else (), seed),
            "patient_id": PATIENT,
            "entries": rows,
            "totals": [_totals(rows, currency) for currency in currencies] if entries else [],
            "page": Page(limit=5_000, next=None),
        }
    )


def _entry(
    dice: Random, number: int, balances: dict[str, int], clinic_id: str, reason: str | None
) -> dict[str, Any]:
    kind = dice.choice(list(_KINDS))
    # The entries of an invoice, its facts among them, have its currency.
    currency = list(balances)[number // 4 % len(balances)]
    amount = None if kind == "due_date" else dice.randrange(100, 400_000)
    balances[currency] += _KINDS[kind] * (amount or 0)
    day = date(2026, 1, 1) + timedelta(days=number // 3)
    is_paid = kind in {"payment", "refund", "failed"}
    status = {"payment": "paid", "refund": "refunded", "failed": "failed"}
    return {
        **dict.fromkeys(_NULLS),
        "business_date": day,
        "occurred_at": AT,
        "source": "pms",
        "event_id": f"e-{number}",
        "leg": 0,
        "clinic_id": clinic_id,
        "kind": kind,
        "amount": amount,
        "currency": currency,
        "payment_id": f"PAY-{number}" if is_paid else None,
        "payment_status": status.get(kind),
        "invoice_id": f"INV-{number // 4}",
        "invoice_status": None if is_paid else "overdue",
        "method": "card" if is_paid else None,
        "payer_type": "patient" if is_paid else None,
        "reason": reason or ("expired_card" if kind == "failed" else None),
        "due_on": day + timedelta(days=30) if kind in {"charge", "due_date"} else None,
        "balance": balances[currency],
    }


_NULLS = (
    "payment_id",
    "payment_status",
    "partially_refunded",
    "disputed",
    "invoice_id",
    "invoice_status",
    "fact_id",
    "method",
    "payer_type",
    "provider",
    "category",
    "reason",
    "service_date",
    "due_on",
    "installments",
    "received_at",
)


def _totals(rows: Sequence[dict[str, Any]], currency: str) -> dict[str, Any]:
    kinds = {"charge": "charged", "payment": "paid", "refund": "refunded"}
    own = [row for row in rows if row["currency"] == currency]
    sums = {
        field: sum(row["amount"] for row in own if row["kind"] == kind)
        for kind, field in kinds.items()
    }
    zero = ("voids", "written_off", "payment_corrections", "chargebacks", "overpaid", "unapplied")
    return {
        **dict.fromkeys((*zero, "adjustments", "deficits", "outstanding"), 0),
        **sums,
        "currency": currency,
        "invoice_count": sum(row["kind"] == "charge" for row in own),
        "payment_count": sum(row["kind"] == "payment" for row in own),
        "balance": own[-1]["balance"] if own else 0,
    }


def outstanding_answer(
    count: int = 60,
    *,
    currencies: Sequence[str] = ("USD",),
    clinic_ids: Sequence[str] = ("hudson",),
    invoice_prefix: str = "INV-",
    amount_max: int = 400_000,
    seed: int = 1,
) -> OutstandingAnswer:
    """Return open receivables of random amounts with their aging; the same seed gives the same."""
    dice = Random(seed)  # noqa: S311 - test data, and it must repeat
    rows = [
        Receivable.model_validate(
            _receivable(
                dice,
                f"{invoice_prefix}{number}",
                dice.choice(currencies),
                dice.choice(clinic_ids),
                amount_max,
            )
        )
        for number in range(count)
    ]
    used = currencies if rows else ()
    return OutstandingAnswer(
        OutstandingReport(
            meta=_meta("outstanding", clinic_ids, used, seed),
            receivables=rows,
            page=Page(limit=10_000, next=None),
        ),
        OutstandingSummary(
            meta=_meta("outstanding_summary", clinic_ids, used, seed + 1_000),
            basis="due_date",
            currencies=[_summary(rows, currency) for currency in used],
        ),
    )


def _receivable(
    dice: Random, invoice_id: str, currency: str, clinic_id: str, amount_max: int
) -> dict[str, Any]:
    charge = dice.randrange(2_000, amount_max)
    landed = dice.randrange(charge)
    days = dice.randrange(-30, 200)
    return {
        "clinic_id": clinic_id,
        "invoice_id": invoice_id,
        "patient_id": f"P-{dice.randrange(1_000, 9_999)}",
        "currency": currency,
        "status": "current" if days <= 0 else "overdue",
        "in_collections": False,
        "payer_type": dice.choice(get_args(PayerType)),
        "issued_on": AS_OF - timedelta(days=days + 30),
        "service_date": None,
        "due_on": AS_OF - timedelta(days=days),
        "voided_on": None,
        "days_overdue": days,
        "charge": charge,
        "adjustments": 0,
        "landed": landed,
        "written_off": 0,
        "balance": charge - landed,
        "buckets": dict.fromkeys([bucket_of(days)], charge - landed),
        "provider": None,
        "category": None,
    }


def _summary(rows: Sequence[Receivable], currency: str) -> CurrencySummary:
    own = [row for row in rows if row.currency == currency]
    by_bucket = {name: [r for r in own if bucket_of(r.days_overdue) == name] for name in BUCKETS}
    nothing = Sum(amount=0, count=0)
    return CurrencySummary.model_validate(
        {
            "currency": currency,
            "outstanding": {"amount": sum(r.balance for r in own), "count": len(own)},
            "buckets": [
                {"bucket": name, "amount": sum(r.balance for r in of), "count": len(of)}
                for name, of in by_bucket.items()
            ],
            "in_collections": nothing,
            "overpaid": Sum(amount=12_345, count=2),
            "unapplied_credits": nothing,
            "credits": [],
            "deficits": nothing,
        }
    )


def _meta(report: str, clinic_ids: Sequence[str], currencies: Sequence[str], seed: int) -> Meta:
    calendars = [
        ClinicCalendar(
            clinic_id=clinic_id, time_zone="America/New_York", terms_days=30, confirmed=True
        )
        for clinic_id in clinic_ids
    ]
    return Meta(
        report=report,
        as_of=AS_OF,
        basis="due_date",
        currencies=[CurrencyUnit(currency=c, exponent=exponent(c)) for c in currencies],
        clinics=calendars,
        time_zones=["America/New_York"],
        watermark=WATERMARK,
        data_through=AT,
        stale=False,
        stale_reasons=[],
        answered_at=AT,
        definitions=definitions(("receivable_balance", "outstanding", "patient_balance")),
        digest=sha256(f"{report} {seed}".encode()).hexdigest(),
    )
