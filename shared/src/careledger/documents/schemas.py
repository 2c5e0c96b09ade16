"""JSON Schemas of everything that travels: closed, with an example each."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from msgspec import Struct

from careledger.documents import examples
from careledger.events.audit import AuditRecord
from careledger.events.checkpoints import SignedStatement
from careledger.events.dead_letters import DeadLetter
from careledger.events.envelope import CONTENT_TYPE, SPEC_VERSION
from careledger.events.fields import IDENTIFIER_PATTERN
from careledger.events.payments import EVENT_TYPES
from careledger.events.updates import ReportUpdate

Schema = dict[str, Any]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_IDENTIFIER: Final[Schema] = {"type": "string", "pattern": IDENTIFIER_PATTERN}

PLAIN_MESSAGES: Final[dict[str, tuple[type[Struct], dict[str, Any]]]] = {
    "audit-record": (AuditRecord, examples.AUDIT_RECORD),
    "audit-checkpoint": (SignedStatement, examples.AUDIT_CHECKPOINT),
    "dead-letter": (DeadLetter, examples.DEAD_LETTER),
    "report-update": (ReportUpdate, examples.REPORT_UPDATE),
}
"""Messages without CloudEvents attributes: name to struct and example."""

PATIENT_NAME: Final[Schema] = {
    "type": "object",
    "description": "Becomes keyed hashes at ingest, and goes no further.",
    "properties": {
        "family": {"type": ["string", "null"]},
        "given": {
            "anyOf": [
                {"type": "string"},
                {"type": "array", "items": {"type": "string"}},
                {"type": "null"},
            ]
        },
    },
}


def attribute_schemas(event_type: str) -> dict[str, Schema]:
    """Return the schema of each CloudEvents attribute of an event of a type."""
    return {
        "specversion": {"const": SPEC_VERSION},
        "id": {**_IDENTIFIER, "description": "With source, the event's identity for ever."},
        "source": {**_IDENTIFIER, "description": "The system that tells it."},
        "type": {"const": event_type},
        "time": {
            "type": "string",
            "format": "date-time",
            "description": "When it occurred, RFC 3339 with offset.",
        },
    }


def event_schema(event_type: str) -> Schema:
    """Return the schema of a published event of a type, in CloudEvents' JSON format."""
    struct = EVENT_TYPES[event_type]
    [data], definitions = struct_schemas([struct], "#/$defs/{name}")
    required = attribute_schemas(event_type)
    return {
        "$schema": DIALECT,
        "$id": f"urn:careledger:schema:{event_type}",
        "title": event_type,
        "description": definitions[struct.__name__]["description"],
        "type": "object",
        "properties": {**required, "datacontenttype": {"const": CONTENT_TYPE}, "data": data},
        "required": [*required, "data"],
        "additionalProperties": False,
        "$defs": definitions,
        "examples": [{**examples.attributes(event_type), "data": examples.DATA[event_type]}],
    }


def plain_schema(name: str) -> Schema:
    """Return the schema of a message that is one JSON object."""
    struct, example = PLAIN_MESSAGES[name]
    _, definitions = struct_schemas([struct], "#/$defs/{name}")
    own = definitions.pop(struct.__name__)
    return {
        "$schema": DIALECT,
        "$id": f"urn:careledger:schema:{name}",
        **own,
        "$defs": definitions,
        "examples": [example],
    }


def struct_schemas(
    structs: list[type[Struct]], ref_template: str
) -> tuple[list[Schema], dict[str, Schema]]:
    """Return references to structs, and the closed schemas of all they are made of, by name."""
    references, definitions = msgspec.json.schema_components(structs, ref_template=ref_template)
    closed = {
        name: {**schema, "additionalProperties": False} for name, schema in definitions.items()
    }
    return list(references), closed


def intake_schema(published: Schema) -> Schema:
    """Return what senders may write for a published schema: a name is taken, the rest dropped."""
    properties: dict[str, Schema] = dict(published["properties"])
    del properties["name_tokens"]
    return {
        **published,
        "properties": {**properties, "patient_name": PATIENT_NAME},
        "additionalProperties": True,
    }
