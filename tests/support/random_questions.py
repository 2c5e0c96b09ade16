"""Random questions to the three reports, as a user puts them; a seed repeats its question."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

_LONGEST_DAYS: Final = {"day": 20, "week": 90, "month": 400, "quarter": 1_200, "year": 20_000}
_LOCALES: Final = ("en-US", "en-GB", "en-IN", "en-ZA", "en-CA")
_STATUSES: Final = ("current", "overdue", "collection", "paid", "written_off", "voided", "credit")
_BUCKETS: Final = ("current", "1-30", "31-60", "61-90", "over_90")
_CURRENCIES: Final = ("USD", "EUR", "JPY", "KWD")
_ROLES: Final = {
    "revenue": ("finance", "admin", "auditor"),
    "history": ("finance", "staff", "collections"),
    "outstanding": ("finance", "collections", "auditor"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, by whom, and how the paper is to look."""

    report: str
    role: str
    clinics: tuple[str, ...] | None
    """Whose figures the user may see; None for all."""
    parameters: dict[str, Any]
    locale: str
    paper: str


def random_question(
    seed: int, *, clinics: Sequence[str], days: Sequence[date], watermarks: Sequence[str]
) -> Question:
    """Make up a question about clinics, around days, at now or a watermark."""
    dice = random.Random(seed)  # noqa: S311 - test data, and it must repeat
    report = dice.choice(("revenue", "history", "outstanding"))
    parameters: dict[str, Any] = {
        "as_of": dice.choice((None, *days)),
        "watermark": dice.choice((None, None, *watermarks)),
        "clinic_id": None,
    }
    scope = dice.choice((None, tuple(dice.sample(list(clinics), 2))))
    parameters["clinic_id"] = dice.choice((None, None, dice.choice(scope or tuple(clinics))))
    make = {"revenue": _revenue, "history": _history, "outstanding": _outstanding}[report]
    parameters |= make(dice, days)
    return Question(
        report,
        dice.choice(_ROLES[report]),
        scope,
        {name: str(value) for name, value in parameters.items() if value is not None},
        dice.choice(_LOCALES),
        dice.choice(("letter", "a4")),
    )


def _revenue(dice: random.Random, days: Sequence[date]) -> dict[str, Any]:
    granularity = dice.choice(tuple(_LONGEST_DAYS))
    start = dice.choice(days) - timedelta(days=dice.randrange(8))
    return {
        "start_date": start,
        "end_date": start + timedelta(days=dice.randrange(_LONGEST_DAYS[granularity])),
        "granularity": granularity,
        "currency": dice.choice((None, None, ",".join(dice.sample(_CURRENCIES, 2)))),
        "method": dice.choice((None, None, None, "card,cash")),
        "payer_type": dice.choice((None, None, None, "patient")),
        "breakdown": dice.choice((None, None, "clinic", "method", "payer_type", "category")),
        "compare": dice.choice(("none", "none", "previous_period", "previous_year")),
    }


def _history(dice: random.Random, days: Sequence[date]) -> dict[str, Any]:
    first, last = sorted(dice.sample(list(days), 2))
    return {
        "patient_id": f"p{dice.randrange(3)}",
        "start_date": dice.choice((None, first)),
        "end_date": dice.choice((None, last)),
        "payment_status": dice.choice((None, None, "paid,refunded")),
        "invoice_status": dice.choice((None, None, dice.choice(_STATUSES))),
    }


def _outstanding(dice: random.Random, _: Sequence[date]) -> dict[str, Any]:
    return {
        "basis": dice.choice(("due_date", "service_date", "issued_on")),
        "currency": dice.choice((None, None, dice.choice(_CURRENCIES))),
        "status": dice.choice((None, None, ",".join(dice.sample(_STATUSES, 3)))),
        "bucket": dice.choice((None, None, ",".join(dice.sample(_BUCKETS, 2)))),
        "balance_from": dice.choice((None, None, dice.randrange(10_000))),
        "days_overdue_to": dice.choice((None, None, dice.randrange(400))),
        "sort": dice.choice(("due_on", "balance", "invoice_id")),
        "order": dice.choice(("ascending", "descending")),
    }
