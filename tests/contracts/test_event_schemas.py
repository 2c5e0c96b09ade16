"""The schemas accept what the code accepts, and nothing beside it."""

import copy
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from careledger.documents import examples
from careledger.documents.schemas import PLAIN_MESSAGES, event_schema, plain_schema
from careledger.events.envelope import parse_attributes
from careledger.events.payments import EVENT_TYPES
from careledger.events.rules import check, decode
from support.json_schemas import problems

CLOCK = datetime(2026, 3, 10, tzinfo=UTC)


def test_every_event_type_has_an_example() -> None:
    assert examples.DATA.keys() == EVENT_TYPES.keys()


@pytest.mark.parametrize("event_type", EVENT_TYPES)
def test_an_example_passes_every_rule_of_an_event(event_type: str) -> None:
    envelope = parse_attributes(examples.attributes(event_type))
    event = decode(event_type, msgspec.json.encode(examples.DATA[event_type]))

    check(event, envelope.time, clock=CLOCK)

    assert msgspec.to_builtins(event) == msgspec.to_builtins(
        msgspec.convert(examples.DATA[event_type], EVENT_TYPES[event_type])
    )


@pytest.mark.parametrize("event_type", EVENT_TYPES)
def test_a_schema_is_sound_and_accepts_its_example(event_type: str) -> None:
    schema = event_schema(event_type)

    assert [problems(schema, example) for example in schema["examples"]] == [[]]


@pytest.mark.parametrize("event_type", EVENT_TYPES)
@pytest.mark.parametrize("where", ["event", "data"])
def test_a_field_nobody_declared_is_refused(event_type: str, where: str) -> None:
    schema = event_schema(event_type)
    example: dict[str, Any] = copy.deepcopy(schema["examples"][0])
    place = example if where == "event" else example["data"]
    place["patient_name"] = {"family": "Nguyen"}

    assert len(problems(schema, example)) == 1


@pytest.mark.parametrize("event_type", EVENT_TYPES)
def test_the_examples_of_an_event_leave_out_no_money_field(event_type: str) -> None:
    fields = set(EVENT_TYPES[event_type].__struct_fields__)

    assert fields & {"amount", "currency", "fee"} <= examples.DATA[event_type].keys()


@pytest.mark.parametrize("name", PLAIN_MESSAGES)
def test_a_plain_message_is_what_its_struct_and_its_schema_say(name: str) -> None:
    struct, example = PLAIN_MESSAGES[name]
    schema = plain_schema(name)

    sent = msgspec.json.encode(msgspec.convert(example, struct))

    assert problems(schema, msgspec.json.decode(sent)) == []
    assert len(problems(schema, {**example, "name": "somebody"})) == 1
