"""The AsyncAPI document is valid, and says of every topic who writes and reads what."""

import json
from pathlib import Path
from typing import Any

import pytest

from careledger.documents.asyncapi import MESSAGES_OF, asyncapi_document
from careledger.events.topics import TOPICS, Topic
from support.json_schemas import problems

SCHEMA = Path(__file__).parent / "asyncapi" / "3.0.0.json"
DOCUMENT = asyncapi_document()


def test_the_document_is_valid_asyncapi() -> None:
    schema = json.loads(SCHEMA.read_text())

    assert problems(schema, DOCUMENT) == []


def test_a_document_with_a_wrong_operation_is_not_valid() -> None:
    schema = json.loads(SCHEMA.read_text())
    wrong = {**DOCUMENT, "operations": {"one": {"action": "shout"}}}

    assert problems(schema, wrong) != []


def test_every_topic_is_a_channel_with_messages() -> None:
    assert list(DOCUMENT["channels"]) == [topic.name for topic in TOPICS]
    assert MESSAGES_OF.keys() == {topic.name for topic in TOPICS}


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_every_writer_and_reader_of_a_topic_has_its_operation(topic: Topic) -> None:
    channel = {"$ref": f"#/channels/{topic.name}"}

    operations = {
        (operation["tags"][0]["name"], operation["action"])
        for operation in DOCUMENT["operations"].values()
        if operation["channel"] == channel
    }

    assert operations == {(one, "send") for one in topic.producers} | {
        (one, "receive") for one in topic.consumers
    }


@pytest.mark.parametrize("name", DOCUMENT["components"]["messages"])
def test_every_message_of_the_document_has_an_example_that_fits(name: str) -> None:
    message: dict[str, Any] = DOCUMENT["components"]["messages"][name]
    components = {"components": DOCUMENT["components"]}

    for example in message["examples"]:
        assert problems({**components, **message["payload"]}, example["payload"]) == []
        assert problems(message.get("headers", {}), example.get("headers", {})) == []
