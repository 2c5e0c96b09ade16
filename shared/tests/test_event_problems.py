"""What a refusal says never repeats what was sent."""

import json

import pytest

from careledger.events.rejection import EventRejectedError
from careledger.events.rules import decode

INVOICE = {
    "clinic_id": "north",
    "patient_id": "p-1",
    "invoice_id": "i-1",
    "amount": 12_500,
    "currency": "USD",
    "issued_on": "2026-03-02",
    "payer_type": "patient",
}
CANARY = "Zyxwvut Canary - at `$.Zyxwvut`"


@pytest.mark.parametrize("field", sorted(INVOICE))
def test_the_problem_of_a_wrong_field_does_not_repeat_its_value(field: str) -> None:
    with pytest.raises(EventRejectedError) as refusal:
        decode("invoice.issued", json.dumps({**INVOICE, field: [CANARY]}).encode())

    assert "Zyxwvut" not in refusal.value.problem


def test_the_problem_of_a_code_in_no_list_names_the_field_and_not_the_value() -> None:
    with pytest.raises(EventRejectedError) as refusal:
        decode("invoice.issued", json.dumps({**INVOICE, "payer_type": CANARY}).encode())

    assert refusal.value.problem == "Invalid enum value - at `$.payer_type`"
