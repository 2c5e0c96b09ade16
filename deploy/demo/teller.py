"""Tells the single events of one bill in its clinic's own time, money and ids."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final

from deploy.demo.clinics import FEE_SCHEDULE, DemoClinic, DemoPatient

_OPENS_MINUTE: Final = 8 * 60
_CLOSES_MINUTE: Final = 18 * 60
_SATURDAY: Final = 5
_WEEK_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Told:
    """One event of a history: its CloudEvents type, time and data."""

    kind: str
    time: datetime
    data: dict[str, object]


@dataclass(frozen=True, slots=True)
class Bill:
    """An invoice."""

    invoice_id: str
    amount: int
    category: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """A payment, or an attempt at one; without an invoice it is a credit."""

    payment_id: str
    amount: int
    method: str
    payer_type: str
    invoice_id: str | None


class Teller:
    """Knows patient, clinic and how far the history has come; draws what it needs."""

    def __init__(
        self, dice: Random, clinic: DemoClinic, patient: DemoPatient, *, name: str, at: datetime
    ) -> None:
        """Begin at an instant; all ids end in ``name``, which no other history may have."""
        self.dice: Final = dice
        self.at = at
        self._clinic = clinic
        self._patient = patient
        self._name = name
        self._ids = 0

    def today(self) -> date:
        """The date in the clinic."""
        return self.at.astimezone(self._clinic.zone).date()

    def later(self, fewest_days: int, most_days: int) -> None:
        """Let days pass, up to a time at which the clinic is open; no days are a minute or two."""
        days = self.dice.randint(fewest_days, most_days)
        if days:
            self.at = open_hours(self.dice, self._clinic, self.today() + timedelta(days=days))
        else:
            self.at += timedelta(seconds=self.dice.randint(20, 120))

    def part(self, amount: int, fewest_percent: int, most_percent: int) -> int:
        """Draw a part of an amount, at least one minor unit."""
        return max(1, amount * self.dice.randint(fewest_percent, most_percent) // 100)

    def tell(self, kind: str, **fields: object) -> Told:
        """Tell one event; an amount is in the clinic's currency."""
        data: dict[str, object] = {
            "clinic_id": self._clinic.clinic_id,
            "patient_id": self._patient.patient_id,
            **{name: value for name, value in fields.items() if value is not None},
        }
        if "amount" in data:
            data["currency"] = self._clinic.currency
        return Told(kind, self.at, data)

    def introduced(self) -> Told:
        """The patient exists; the name goes along."""
        return self.tell("patient.recorded", patient_name=self._patient.name)

    def bill(self) -> Bill:
        """Draw what a visit costs."""
        category = self.dice.choice(list(FEE_SCHEDULE))
        points = FEE_SCHEDULE[category] * self.dice.randint(80, 125)
        return Bill(
            self.new_id("INV"), points * self._clinic.minor_units_per_point // 100, category
        )

    def issued(self, bill: Bill, payer_type: str, **plan: object) -> Told:
        """The invoice goes out: to insurers some days after the service."""
        delay_days = self.dice.randint(0, 4) if payer_type == "insurance" else 0
        return self.tell(
            "invoice.issued",
            invoice_id=bill.invoice_id,
            amount=bill.amount,
            issued_on=self.today().isoformat(),
            service_date=(self.today() - timedelta(days=delay_days)).isoformat(),
            payer_type=payer_type,
            provider=self.dice.choice(self._clinic.providers),
            category=bill.category,
            patient_name=self._patient.name if self.dice.randrange(8) == 0 else None,
            **plan,
        )

    def adjusted(self, bill: Bill, amount: int, reason: str, **more: object) -> Told:
        """The charge changes."""
        return self.tell(
            "invoice.adjusted",
            invoice_id=bill.invoice_id,
            adjustment_id=self.new_id("ADJ"),
            amount=amount,
            reason=reason,
            **more,
        )

    def receipt(self, amount: int, bill: Bill | None, payer_type: str = "patient") -> Receipt:
        """Draw how somebody pays."""
        methods = ("card", "cash", "check", "ach") if payer_type == "patient" else ("eft", "check")
        return Receipt(
            self.new_id("PAY"),
            amount,
            self.dice.choice(methods),
            payer_type,
            bill.invoice_id if bill else None,
        )

    def attempt(self, outcome: str, receipt: Receipt) -> Told:
        """An attempt at a payment is pending, succeeds or fails."""
        return self.tell(
            f"payment.{outcome}",
            payment_id=receipt.payment_id,
            amount=receipt.amount,
            method=receipt.method,
            payer_type=receipt.payer_type,
            invoice_id=receipt.invoice_id,
            received_at=self.at.isoformat(),
        )

    def new_id(self, prefix: str) -> str:
        """Return an id no other fact of this history has."""
        self._ids += 1
        return f"{prefix}-{self._name}-{self._ids}"


def open_hours(dice: Random, clinic: DemoClinic, day: date) -> datetime:
    """Draw an instant at which the clinic is open; from a weekend it moves to Monday."""
    if day.weekday() >= _SATURDAY:
        day += timedelta(days=_WEEK_DAYS - day.weekday())
    minute = dice.randrange(_OPENS_MINUTE, _CLOSES_MINUTE)
    local = datetime.combine(day, time(minute // 60, minute % 60), clinic.zone)
    return local.astimezone(UTC)
