"""What the benchmark asks one at a time: every kind of figure and list, over all clinics."""

# ruff: noqa: ARG005 - every kind is asked alike, whether its questions differ or not

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import cycle
from random import Random
from typing import Final

from bench.http_load import Request, request
from bench.ledger.load import BULK_PATIENT, CLINICS
from bench.questions import EXPLAIN, INDICATORS, OUTSTANDING, PATIENTS, YEAR_DAYS, Questions

PROMISED: Final = (
    "explain_cell_of_a_day",
    "explain_cell_of_a_month",
    "explain_cell_of_a_year",
    "explain_cell_of_a_method",
    "explain_outstanding",
    "explain_bucket",
    "explain_overpaid",
    "explain_unapplied",
    "explain_receivable",
    "explain_patient",
    "explain_collection_rate",
    "explain_days_in_ar",
    "explain_payer_mix",
    "explain_recoveries",
    "explain_closing_balance",
    "history",
    "history_of_5000_payments",
    "summary",
    "summary_by_service_date",
    "summary_of_overdue",
    "list_by_due_date",
    "list_by_balance",
    "list_by_issue_date",
    "list_by_patient",
    "list_by_invoice",
    "list_of_a_bucket",
    "list_of_large_balances",
    "list_in_collections",
    "list_overpaid",
    "exceptions",
    "indicators_of_a_month",
    "indicators_of_a_year",
)
"""Answered within the bar each."""
BESIDE: Final = (
    "explain_patient_of_5000_payments",
    "explain_cell_of_two_dimensions",
    "indicators_of_three_years",
    "summary_of_balances",
    "list_of_a_past_day",
)
"""Measured beside them, and promised nothing."""


def requests_of(kind: str, questions: Questions) -> Iterator[Request]:
    """Yield requests of one kind for ever; what they ask about differs."""
    random = Random(kind)  # noqa: S311 - a load, not a secret
    write = _TARGETS[kind]
    for token in cycle(questions.tokens):
        yield request(kind, token, "GET", write(random, questions))


def _explained(metric: str, **asked: object) -> str:
    named = "".join(f"&{name}={value}" for name, value in asked.items())
    return f"{EXPLAIN}?currency=USD&metric={metric}{named}"


def _span(random: Random, questions: Questions, days: int) -> dict[str, object]:
    last = questions.last_day - timedelta(days=random.randrange(YEAR_DAYS))
    return {"start_date": last - timedelta(days=days - 1), "end_date": last}


def _month(random: Random, questions: Questions) -> dict[str, object]:
    return _span(random, questions, 30)


def _year(random: Random, questions: Questions) -> dict[str, object]:
    return _span(random, questions, YEAR_DAYS)


def _metric(random: Random) -> str:
    return random.choice(("net_payments", "gross_payments", "refunds", "charges"))


def _patient(random: Random, questions: Questions) -> str:
    # Patients of the clinics that count in dollars.
    return f"P{random.randrange(questions.size.patients) // 5 * 5}"


def _invoice(random: Random, questions: Questions) -> dict[str, object]:
    number = random.randrange(questions.size.invoices) // 5 * 5
    return {"invoice_id": f"inv-{number}", "clinic_id": CLINICS[0]}


def _list(**asked: object) -> str:
    named = "".join(f"&{name}={value}" for name, value in asked.items())
    return f"{OUTSTANDING}?limit=50{named}"


def _indicators(first: date, last: date) -> str:
    return f"{INDICATORS}?start_date={first}&end_date={last}"


def _last_days(questions: Questions, days: int) -> str:
    return _indicators(questions.last_day - timedelta(days=days - 1), questions.last_day)


_Write = Callable[[Random, Questions], str]
_TARGETS: Final[dict[str, _Write]] = {
    "explain_cell_of_a_day": lambda r, q: _explained(_metric(r), **_span(r, q, 1)),
    "explain_cell_of_a_month": lambda r, q: _explained(_metric(r), **_month(r, q)),
    "explain_cell_of_a_year": lambda r, q: _explained(_metric(r), **_year(r, q)),
    "explain_cell_of_a_method": lambda r, q: _explained(
        "net_payments", method="card", **_month(r, q)
    ),
    "explain_cell_of_two_dimensions": lambda r, q: _explained(
        "net_payments", method="card", payer_type="patient", **_month(r, q)
    ),
    "explain_outstanding": lambda r, q: _explained("outstanding"),
    "explain_bucket": lambda r, q: _explained(
        "outstanding", bucket=r.choice(("current", "1-30", "31-60", "61-90", "over_90"))
    ),
    "explain_overpaid": lambda r, q: _explained("overpaid"),
    "explain_unapplied": lambda r, q: _explained("unapplied_credits"),
    "explain_receivable": lambda r, q: _explained("receivable_balance", **_invoice(r, q)),
    "explain_patient": lambda r, q: _explained("patient_balance", patient_id=_patient(r, q)),
    "explain_patient_of_5000_payments": lambda r, q: _explained(
        "patient_balance", patient_id=BULK_PATIENT
    ),
    "explain_collection_rate": lambda r, q: _explained("net_collection_rate", **_month(r, q)),
    "explain_days_in_ar": lambda r, q: _explained(
        "days_in_ar", component=r.choice(("outstanding", "charges"))
    ),
    "explain_payer_mix": lambda r, q: _explained(
        "payer_mix_payments", component="total", **_month(r, q)
    ),
    "explain_recoveries": lambda r, q: _explained(
        "bad_debt", component="recoveries", **_month(r, q)
    ),
    "explain_closing_balance": lambda r, q: _explained(
        "roll_forward", start_date=q.last_day.replace(day=1), end_date=q.last_day
    ),
    "history": lambda r, q: f"{PATIENTS}/{_patient(r, q)}/history",
    "history_of_5000_payments": lambda r, q: f"{PATIENTS}/{BULK_PATIENT}/history",
    "summary": lambda r, q: f"{OUTSTANDING}/summary",
    "summary_by_service_date": lambda r, q: f"{OUTSTANDING}/summary?basis=service_date",
    "summary_of_overdue": lambda r, q: f"{OUTSTANDING}/summary?days_overdue_from=60",
    "summary_of_balances": lambda r, q: f"{OUTSTANDING}/summary?balance_from=50000",
    "list_by_due_date": lambda r, q: _list(order=r.choice(("ascending", "descending"))),
    "list_by_balance": lambda r, q: _list(sort="balance", order="descending"),
    "list_by_issue_date": lambda r, q: _list(sort="issued_on"),
    "list_by_patient": lambda r, q: _list(sort="patient_id"),
    "list_by_invoice": lambda r, q: _list(sort="invoice_id"),
    "list_of_a_bucket": lambda r, q: _list(bucket=r.choice(("1-30", "31-60", "61-90"))),
    "list_of_large_balances": lambda r, q: _list(balance_from=67_000),
    "list_in_collections": lambda r, q: _list(status="collection"),
    "list_overpaid": lambda r, q: _list(status="credit"),
    "list_of_a_past_day": lambda r, q: _list(as_of=q.last_day - timedelta(days=7)),
    "exceptions": lambda r, q: f"{OUTSTANDING}/exceptions",
    "indicators_of_a_month": lambda r, q: _last_days(q, 30),
    "indicators_of_a_year": lambda r, q: _last_days(q, YEAR_DAYS),
    "indicators_of_three_years": lambda r, q: _last_days(q, 3 * YEAR_DAYS),
}
