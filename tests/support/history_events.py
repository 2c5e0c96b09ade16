"""Random single events of every type that meet, clash and miss each other; each is valid alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, Protocol, TypeVar

from careledger.events.payments import EVENT_TYPES, Installment, NameToken, PaymentEvent
from support.oracle.facts import Clinic

T = TypeVar("T")

CLINICS: Final = {
    "new-york": Clinic("America/New_York", 30),
    "berlin": Clinic("Europe/Berlin", 14),
    "lord-howe": Clinic("Australia/Lord_Howe", 0),
}
"""Registered clinics; a fourth one of the histories, ``elsewhere``, is not registered."""

_CLINIC_IDS: Final = (*CLINICS, "elsewhere")
_CURRENCIES: Final = ("USD", "EUR", "JPY", "KWD")
_AMOUNTS: Final = (10_000, 5_000, 2_500, 1, 9_999, 10_001, 10**15)
_DAYS: Final = tuple(
    date.fromisoformat(day)
    for day in (
        "2024-03-10",  # clocks go forward in New York
        "2024-03-31",  # and in Berlin
        "2024-02-29",
        "2024-04-07",  # back by half an hour on Lord Howe
        "2024-10-06",  # and forward again
        "2024-10-27",  # back in Berlin
        "2024-11-03",  # and in New York
        "2024-12-31",
        "1900-01-02",
    )
)
_HOURS: Final = tuple(
    time.fromisoformat(hour)
    for hour in ("12:00", "00:00", "01:30", "04:59:59.999999", "06:30", "13:30", "22:30", "23:00")
)


class Pick(Protocol):
    """Chooses one of several options: `random.Random.choice`, or a draw of hypothesis."""

    def __call__(self, options: Sequence[T], /) -> T:
        """Return one of the options; the first is the simplest."""
        ...


@dataclass(frozen=True, kw_only=True)
class World:
    """The sizes of the pools that events choose from; smaller pools make more clashes."""

    now: datetime = datetime(2025, 1, 2, 12, tzinfo=UTC)
    """No instant of an event is later; stated business dates reach one day further."""
    patients: int = 3
    parents_per_patient: int = 2
    fact_ids: int = 12
    days: tuple[date, ...] = _DAYS
    amounts: tuple[int, ...] = _AMOUNTS


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An event without its identity's id."""

    source: str
    type: str
    time: datetime
    event: PaymentEvent


def draft(pick: Pick, world: World) -> Draft:
    """Make one random event."""
    return _Maker(pick, world).draft()


Fields = dict[str, Any]


class _Maker:
    """Picks the fields of one event, mostly such that it meets others of its patient."""

    def __init__(self, pick: Pick, world: World) -> None:
        self._pick = pick
        self._world = world
        self._patient = pick(range(world.patients))
        self._clinic = self._mostly(_CLINIC_IDS[self._patient % len(_CLINIC_IDS)], *_CLINIC_IDS)
        self._occurred_at = self._instant()

    def draft(self) -> Draft:
        event_type = self._pick(_TYPES)
        fields: Fields = {
            "clinic_id": self._clinic,
            "patient_id": f"p{self._patient}",
            "business_date": self._mostly(None, self._day()),
            "name_tokens": self._mostly(None, (NameToken(key_id="k1", token="ab" * 16),)),
            **_FIELDS[event_type](self),
        }
        return Draft(
            source=self._pick(("practice", "gateway")),
            type=event_type,
            time=self._occurred_at,
            event=EVENT_TYPES[event_type](**fields),
        )

    def _mostly(self, usual: T, *others: T) -> T:
        return self._pick((*(usual,) * 6, *others))

    def _instant(self) -> datetime:
        day = self._pick((*self._world.days, self._world.now.date()))
        return min(datetime.combine(day, self._pick(_HOURS), UTC), self._world.now)

    def _day(self) -> date:
        return self._pick((*self._world.days, (self._world.now + timedelta(days=1)).date()))

    def _planned_day(self) -> date:
        return self._day() + timedelta(days=self._pick((0, 1, 29, 30, 31, 60, 61, 90, 91, 400)))

    def _parent(self, kind: str) -> str:
        others = range(self._world.patients)
        owner = self._mostly(self._patient, *others)
        number = self._mostly(0, *range(1, self._world.parents_per_patient))
        return f"p{owner}-{kind}{number}"

    def _currency(self) -> str:
        return self._mostly(_CURRENCIES[self._patient % len(_CURRENCIES)], *_CURRENCIES)

    def _fact_id(self) -> str:
        return f"f{self._pick(range(self._world.fact_ids))}"

    def _signed(self) -> int:
        return self._pick((1, -1)) * self._amount(0)

    def _amount(self, *besides: int) -> int:
        return self._pick((*(self._world.amounts[0],) * 6, *self._world.amounts, *besides))

    def _installments(self) -> tuple[Installment, ...]:
        return tuple(
            Installment(due_on=self._planned_day(), amount=self._amount())
            for _ in range(self._pick((2, 1, 3)))
        )

    def issue(self) -> Fields:
        return {
            **self.invoice(),
            "amount": self._amount(0),
            "currency": self._currency(),
            "issued_on": self._day(),
            "payer_type": self._payer_type(),
            "service_date": self._pick((None, self._day())),
            "due_on": self._pick((None, self._planned_day())),
            "provider": self._pick((None, "dr-a", "dr-b")),
            "category": self._pick((None, "imaging", "surgery")),
            "installments": self._mostly(None, self._installments()),
        }

    def adjustment(self) -> Fields:
        reasons = ("contractual", "discount", "charity", "administrative", "correction")
        return {
            **self.invoice(),
            "adjustment_id": self._fact_id(),
            "amount": self._signed(),
            "currency": self._currency(),
            "reason": self._pick(reasons),
        }

    def write_off(self) -> Fields:
        return {
            **self.invoice(),
            "write_off_id": self._fact_id(),
            "amount": self._signed(),
            "currency": self._currency(),
        }

    def invoice(self) -> Fields:
        return {"invoice_id": self._parent("invoice")}

    def responsibility(self) -> Fields:
        return {
            **self.invoice(),
            "payer_type": self._payer_type(),
            "effective_on": self._day(),
        }

    def due_date(self) -> Fields:
        if self._pick((True, False)):
            return {**self.invoice(), "due_on": self._planned_day()}
        return {**self.invoice(), "installments": self._installments()}

    def _payer_type(self) -> str:
        return self._pick(("patient", "insurance", "other"))

    def attempt(self) -> Fields:
        return {
            "payment_id": self._parent("payment"),
            "amount": self._amount(0),
            "currency": self._currency(),
            "method": self._pick(("card", "cash", "check")),
            "received_at": self._mostly(self._occurred_at, self._instant()),
            "payer_type": self._pick((None, self._payer_type())),
            "invoice_id": self._mostly(self._parent("invoice"), None, None),
        }

    def allocation(self) -> Fields:
        return {
            "allocation_id": self._fact_id(),
            "payment_id": self._parent("payment"),
            "invoice_id": self._parent("invoice"),
            "amount": self._signed(),
            "currency": self._currency(),
        }

    def refund(self) -> Fields:
        return {"refund_id": self._fact_id(), **self._money_back()}

    def dispute(self) -> Fields:
        fee = self._pick((None, 1_500))
        return {"dispute_id": self._fact_id(), "fee": fee, **self._money_back()}

    def _money_back(self) -> Fields:
        return {
            "payment_id": self._parent("payment"),
            "amount": self._amount(),
            "currency": self._currency(),
            "invoice_id": self._mostly(None, self._parent("invoice")),
        }

    def correction(self) -> Fields:
        return {
            "correction_id": self._fact_id(),
            "payment_id": self._parent("payment"),
            "amount": self._signed(),
            "currency": self._currency(),
        }

    def patient(self) -> Fields:
        return {}


_FIELDS: Final[dict[str, Callable[[_Maker], Fields]]] = {
    "invoice.issued": _Maker.issue,
    "payment.succeeded": _Maker.attempt,
    "payment.refunded": _Maker.refund,
    "payment.allocated": _Maker.allocation,
    "payment.disputed": _Maker.dispute,
    "payment.dispute_reversed": _Maker.dispute,
    "payment.corrected": _Maker.correction,
    "payment.pending": _Maker.attempt,
    "payment.failed": _Maker.attempt,
    "invoice.adjusted": _Maker.adjustment,
    "invoice.written_off": _Maker.write_off,
    "invoice.voided": _Maker.invoice,
    "invoice.responsibility_changed": _Maker.responsibility,
    "invoice.due_date_changed": _Maker.due_date,
    "invoice.sent_to_collections": _Maker.invoice,
    "invoice.recalled_from_collections": _Maker.invoice,
    "patient.recorded": _Maker.patient,
}
_PARENTS: Final = ("invoice.issued", "payment.succeeded")
_TYPES: Final = (*_PARENTS * 3, *(_type for _type in _FIELDS if _type not in _PARENTS))
