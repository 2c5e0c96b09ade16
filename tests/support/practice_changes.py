"""A practice that goes on working: rows come, change and go, by a seed; and what they add up to.

The sums are computed from the database itself, by SQL of their own: nothing of the product is used.
"""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

from support.practice import AnyPractice, Session

FIRST_DAY = date(2026, 1, 1)
DAYS = 120
_PATIENTS = 40


class WorkingPractice:
    """Changes a practice's database as its staff would."""

    def __init__(self, practice: AnyPractice, seed: int) -> None:
        self._practice = practice
        self._random = random.Random(seed)  # noqa: S311 - test data
        self._numbers = 0
        self._seconds = 0

    def work(self, steps: int) -> None:
        """Do some steps of work in one transaction."""
        with self._practice.session() as session:
            for _ in range(steps):
                self._step(session)

    def _step(self, session: Session) -> None:
        choices: list[tuple[Any, int]] = [
            (self._add_invoice, 6),
            (self._add_payment, 6),
            (self._change_amount, 3),
            (self._change_day, 2),
            (self._change_status, 3),
            (self._move_payment, 1),
            (self._delete, 1),
        ]
        chosen = self._random.choices([one for one, _ in choices], [share for _, share in choices])
        chosen[0](session)

    def _now(self) -> str:
        self._seconds += 1
        return str(datetime(2026, 6, 1, tzinfo=UTC) + timedelta(seconds=self._seconds))[:19]

    def _day(self) -> str:
        return (FIRST_DAY + timedelta(days=self._random.randrange(DAYS))).isoformat()

    def _amount(self) -> str:
        cents = self._random.randrange(0, 100_000)
        return f"{cents // 100}.{cents % 100:02}"

    def _add_invoice(self, session: Session) -> None:
        self._numbers += 1
        patient = f"P-{self._random.randrange(_PATIENTS)}"
        day = self._day()
        session.execute(
            "INSERT INTO invoices VALUES (?, ?, ?, ?, ?, 'open', ?)",
            (f"W-{self._numbers}", patient, self._amount(), day, day, self._now()),
        )

    def _add_payment(self, session: Session) -> None:
        invoice = self._any(session, "invoices")
        if invoice is None:
            return
        self._numbers += 1
        status = self._random.choice(["paid", "paid", "paid", "pending", "failed", "refunded"])
        session.execute(
            "INSERT INTO payments VALUES (?, ?, ?, ?, 'card', ?, ?, ?)",
            (
                f"Z-{self._numbers}",
                invoice["patient_id"],
                invoice["id"],
                self._amount(),
                f"{self._day()} 12:00:00",
                status,
                self._now(),
            ),
        )

    def _change_amount(self, session: Session) -> None:
        table = self._random.choice(["invoices", "payments"])
        row = self._any(session, table)
        if row is not None:
            session.execute(
                f"UPDATE {table} SET amount = ?, updated_at = ? WHERE id = ?",
                (self._amount(), self._now(), row["id"]),
            )

    def _change_day(self, session: Session) -> None:
        table, column = self._random.choice([("invoices", "issued_on"), ("payments", "paid_at")])
        row = self._any(session, table)
        if row is not None:
            session.execute(
                f"UPDATE {table} SET {column} = ?, updated_at = ? WHERE id = ?",
                (self._day(), self._now(), row["id"]),
            )

    def _change_status(self, session: Session) -> None:
        if self._random.random() < 0.2:
            row = self._any(session, "invoices")
            if row is not None:
                session.execute(
                    "UPDATE invoices SET status = 'void', updated_at = ? WHERE id = ?",
                    (self._now(), row["id"]),
                )
            return
        row = self._any(session, "payments")
        if row is not None:
            status = self._random.choice(["paid", "pending", "failed", "refunded"])
            session.execute(
                "UPDATE payments SET status = ?, updated_at = ? WHERE id = ?",
                (status, self._now(), row["id"]),
            )

    def _move_payment(self, session: Session) -> None:
        row = self._any(session, "payments")
        if row is None:
            return
        others = session.execute(
            "SELECT id FROM invoices WHERE patient_id = ? ORDER BY id", (row["patient_id"],)
        )
        if others:
            session.execute(
                "UPDATE payments SET invoice_id = ?, updated_at = ? WHERE id = ?",
                (self._random.choice(others)["id"], self._now(), row["id"]),
            )

    def _delete(self, session: Session) -> None:
        row = self._any(session, "payments")
        if row is not None:
            session.execute("DELETE FROM payments WHERE id = ?", (row["id"],))

    def _any(self, session: Session, table: str) -> dict[str, Any] | None:
        ids = session.execute(f"SELECT id FROM {table} ORDER BY id")
        if not ids:
            return None
        chosen = self._random.choice(ids)["id"]
        return session.execute(f"SELECT * FROM {table} WHERE id = ?", (chosen,))[0]


def cents(text: object) -> int:
    """A cell of an amount in cents."""
    whole, _, fraction = str(text).partition(".")
    return int(whole) * 100 + int(fraction.ljust(2, "0"))


def payments_per_day(practice: AnyPractice) -> dict[str, int]:
    """What came in by each day's payments, before refunds, in cents."""
    found: Counter[str] = Counter()
    for amount, at, status in _rows(practice, "SELECT amount, paid_at, status FROM payments"):
        if status in ("paid", "refunded"):
            found[str(at)[:10]] += cents(amount)
    return {day: amount for day, amount in found.items() if amount}


def balances(practice: AnyPractice) -> dict[str, int]:
    """What is open on each invoice, in cents; below zero where too much was paid."""
    found: Counter[str] = Counter()
    for key, amount, status in _rows(practice, "SELECT id, amount, status FROM invoices"):
        found[key] += 0 if status == "void" else cents(amount)
    for invoice, amount, status in _rows(
        practice, "SELECT invoice_id, amount, status FROM payments WHERE invoice_id IS NOT NULL"
    ):
        if status == "paid":
            found[invoice] -= cents(amount)
    return {key: amount for key, amount in found.items() if amount}


def _rows(practice: AnyPractice, query: str) -> list[tuple[Any, ...]]:
    with practice.session() as session:
        return [tuple(row.values()) for row in session.execute(query)]
