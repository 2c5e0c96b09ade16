"""The AsyncAPI 3 document: topics as channels, messages with examples, operations by service."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any, Final

from careledger.documents import examples
from careledger.documents.schemas import (
    PLAIN_MESSAGES,
    Schema,
    attribute_schemas,
    intake_schema,
    struct_schemas,
)
from careledger.events.envelope import CONTENT_TYPE
from careledger.events.payments import EVENT_TYPES
from careledger.events.topics import (
    AUDIT_CHECKPOINTS,
    AUDIT_EVENTS,
    PAYMENT_EVENTS,
    PAYMENT_EVENTS_DLQ,
    PAYMENT_INTAKE,
    PAYMENT_INTAKE_DLQ,
    REPORT_UPDATES,
    TOPICS,
    Topic,
)

_BINDING: Final = {"bindingVersion": "0.5.0"}
_SCHEMA_REF: Final = "#/components/schemas/{name}"
_INTAKE: Final = "intake."

MESSAGES_OF: Final[dict[str, tuple[str, ...]]] = {
    PAYMENT_INTAKE.name: tuple(f"{_INTAKE}{name}" for name in EVENT_TYPES),
    PAYMENT_EVENTS.name: tuple(EVENT_TYPES),
    PAYMENT_EVENTS_DLQ.name: ("dead-letter",),
    PAYMENT_INTAKE_DLQ.name: ("dead-letter",),
    AUDIT_EVENTS.name: ("audit-record",),
    AUDIT_CHECKPOINTS.name: ("audit-checkpoint",),
    REPORT_UPDATES.name: ("report-update",),
}
"""Topic to the messages that travel on it."""


def asyncapi_document() -> dict[str, Any]:
    """Return the document of everything Careledger says and hears through Kafka."""
    structs = [*EVENT_TYPES.values(), *(struct for struct, _ in PLAIN_MESSAGES.values())]
    _, schemas = struct_schemas(structs, _SCHEMA_REF)
    for struct in EVENT_TYPES.values():
        schemas[f"Intake{struct.__name__}"] = intake_schema(schemas[struct.__name__])
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Careledger events",
            "version": version("careledger"),
            "description": "What services, and partners with Kafka access, tell each other. "
            "Topic names may carry the installation's prefix.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": CONTENT_TYPE,
        "servers": {
            "kafka": {
                "host": "{bootstrap}",
                "protocol": "kafka",
                "description": "Apache Kafka of the installation.",
                "variables": {"bootstrap": {"default": "localhost:9092"}},
            }
        },
        "channels": {topic.name: _channel(topic) for topic in TOPICS},
        "operations": _operations(),
        "components": {"messages": _messages(), "schemas": schemas},
    }


def _channel(topic: Topic) -> dict[str, Any]:
    settings = topic.settings
    return {
        "address": topic.name,
        "description": topic.says,
        "servers": [{"$ref": "#/servers/kafka"}],
        "messages": {
            name: {"$ref": f"#/components/messages/{name}"} for name in MESSAGES_OF[topic.name]
        },
        "bindings": {
            "kafka": {
                "topic": topic.name,
                "partitions": topic.partitions,
                "topicConfiguration": {
                    "cleanup.policy": [settings["cleanup.policy"]],
                    "retention.ms": int(settings["retention.ms"]),
                    "message.timestamp.type": settings["message.timestamp.type"],
                },
                **_BINDING,
            }
        },
    }


def _operations() -> dict[str, Any]:
    operations: dict[str, Any] = {}
    for topic in TOPICS:
        for action, services in (("send", topic.producers), ("receive", topic.consumers)):
            for service in services:
                operations[f"{service}.{action}.{topic.name}"] = {
                    "action": action,
                    "channel": {"$ref": f"#/channels/{topic.name}"},
                    "summary": f"{service} {_SAYS[action]} {topic.name}.",
                    "tags": [{"name": service}],
                    "messages": [
                        {"$ref": f"#/channels/{topic.name}/messages/{name}"}
                        for name in MESSAGES_OF[topic.name]
                    ],
                }
    return operations


_SAYS: Final = {"send": "writes to", "receive": "reads from"}


def _messages() -> dict[str, Any]:
    keys = {name: topic.key for topic in TOPICS for name in MESSAGES_OF[topic.name]}
    messages: dict[str, Any] = {}
    for event_type, struct in EVENT_TYPES.items():
        for prefix, schema in ((_INTAKE, f"Intake{struct.__name__}"), ("", struct.__name__)):
            name = f"{prefix}{event_type}"
            messages[name] = {
                **_message(name, schema, keys[name]),
                "summary": (struct.__doc__ or "").strip(),
                "headers": _headers(event_type),
                "examples": [
                    {"headers": _example_headers(event_type), "payload": examples.DATA[event_type]}
                ],
            }
    for name, (struct, example) in PLAIN_MESSAGES.items():
        messages[name] = {
            **_message(name, struct.__name__, keys[name]),
            "examples": [{"payload": example}],
        }
    return messages


def _message(name: str, schema: str, key: str) -> dict[str, Any]:
    return {
        "name": name,
        "title": name,
        "contentType": CONTENT_TYPE,
        "payload": {"$ref": _SCHEMA_REF.format(name=schema)},
        "bindings": {"kafka": {"key": {"type": "string", "description": key}, **_BINDING}},
    }


def _headers(event_type: str) -> Schema:
    properties = {f"ce_{name}": one for name, one in attribute_schemas(event_type).items()}
    return {
        "type": "object",
        "properties": {**properties, "content-type": {"const": CONTENT_TYPE}},
        "required": [*properties, "content-type"],
    }


def _example_headers(event_type: str) -> dict[str, str]:
    headers = {f"ce_{name}": value for name, value in examples.attributes(event_type).items()}
    return {**headers, "content-type": CONTENT_TYPE}
