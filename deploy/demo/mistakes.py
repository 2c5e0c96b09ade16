"""The mistakes senders make: ways to spoil a good event so that it has to be refused."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

Body = dict[str, Any]
Mistake = Callable[[Body], None]


def spoiled(dice: Random, body: Body, *, event_id: str) -> Body:
    """Return a copy of an event with an id of its own and one mistake in it."""
    copy: Body = {**body, "id": event_id, "data": {**body["data"]}}
    possible = MISTAKES + MISTAKES_OF_AMOUNTS if "amount" in copy["data"] else MISTAKES
    dice.choice(possible)(copy)
    return copy


def _type_not_in_the_vocabulary(body: Body) -> None:
    body["type"] = "payment.promised"


def _unknown_version(body: Body) -> None:
    body["specversion"] = "0.3"


def _id_with_a_space(body: Body) -> None:
    body["id"] = body["id"].replace("-", " ", 1)


def _local_time(body: Body) -> None:
    body["time"] = body["time"].rpartition("+")[0]


def _from_the_future(body: Body) -> None:
    later = datetime.fromisoformat(body["time"]) + timedelta(days=1000)
    body["time"] = later.isoformat()


def _no_patient(body: Body) -> None:
    del body["data"]["patient_id"]


def _e_mail_address_as_patient_id(body: Body) -> None:
    body["data"]["patient_id"] = "nobody@clinic.example"


def _social_security_number_as_patient_id(body: Body) -> None:
    # Numbers that begin with 999 are never given to anybody.
    body["data"]["patient_id"] = "999-00-1234"


def _amount_as_text(body: Body) -> None:
    body["data"]["amount"] = "12.50"


def _amount_with_decimals(body: Body) -> None:
    body["data"]["amount"] = 12.5


def _no_such_currency(body: Body) -> None:
    body["data"]["currency"] = "XXX"


MISTAKES: Final[tuple[Mistake, ...]] = (
    _type_not_in_the_vocabulary,
    _unknown_version,
    _id_with_a_space,
    _local_time,
    _from_the_future,
    _no_patient,
    _e_mail_address_as_patient_id,
    _social_security_number_as_patient_id,
)
MISTAKES_OF_AMOUNTS: Final[tuple[Mistake, ...]] = (
    _amount_as_text,
    _amount_with_decimals,
    _no_such_currency,
)
