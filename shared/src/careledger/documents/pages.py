"""Reference pages of the contracts: events, topics, tables and metric definitions."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from sqlalchemy.dialects import postgresql

from careledger.documents import examples
from careledger.documents.schemas import Schema, attribute_schemas, struct_schemas
from careledger.events.payments import EVENT_TYPES, FACT_ID_FIELDS
from careledger.events.topics import TOPICS
from careledger.reports.catalog import CATALOG
from careledger.tables.catalog import TABLES, VIEWS
from careledger.tables.declaration import SCHEMA, Table

GENERATED: Final = "<!-- Written by `make docs`; change the code instead. -->"


def page(title: str, introduction: str, *parts: str) -> str:
    """Return a page: its heading, what it is, and its parts, with blank lines between."""
    return "\n\n".join([f"# {title}", GENERATED, introduction, *parts]) + "\n"


def table(heading: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table."""
    columns = list(heading)
    lines = [columns, ["---"] * len(columns), *(list(row) for row in rows)]
    return "\n".join(f"| {' | '.join(_cell(text) for text in line)} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def events_page() -> str:
    """Return the page of the event vocabulary."""
    return page(
        "Events",
        "Every event is a CloudEvent 1.0. On Kafka it travels in binary mode: attributes in `ce_*` "
        "headers, data in the value, the patient id as key. Its identity is `source` and `id`; a "
        "*fact* is told once per clinic, by the field named here. Unknown fields are never stored. "
        "Amounts are integers of the currency's minor unit. The schemas lie in "
        "`shared/schemas/events/`.",
        "## Attributes\n\n"
        + table(
            ("attribute", "meaning"),
            (
                (f"`{name}`", one.get("description", f"`{one.get('const')}`"))
                for name, one in attribute_schemas("(one of the types below)").items()
            ),
        ),
        *(_event(name) for name in EVENT_TYPES),
    )


def _event(event_type: str) -> str:
    struct = EVENT_TYPES[event_type]
    _, definitions = struct_schemas([struct], "#/$defs/{name}")
    schema = definitions[struct.__name__]
    fact = FACT_ID_FIELDS.get(event_type)
    told = f"Told once per clinic and `{fact}`." if fact else "May be told more than once."
    fields = table(
        ("field", "type", "", "meaning"),
        (
            (
                f"`{name}`",
                _type_of(one),
                "required" if name in schema["required"] else "",
                _meaning(one, definitions),
            )
            for name, one in schema["properties"].items()
        ),
    )
    example = json.dumps(examples.DATA[event_type], indent=2)
    return f"## {event_type}\n\n{struct.__doc__}\n\n{told}\n\n{fields}\n\n```json\n{example}\n```"


def _main(schema: Schema) -> Schema:
    choices: list[Schema] = schema.get("anyOf", [schema])
    return choices[0]


def _meaning(schema: Schema, definitions: dict[str, Schema]) -> str:
    one = _main(schema)
    if "enum" in one:
        return "One of " + ", ".join(f"`{value}`" for value in one["enum"]) + "."
    if one.get("type") == "array":
        item = definitions[one["items"]["$ref"].rpartition("/")[2]]
        members = ", ".join(f"`{name}`" for name in item["properties"])
        return f"Each has {members}. {item['description']}"
    return str(one.get("description", ""))


def _type_of(schema: Schema) -> str:
    one = _main(schema)
    return str(one.get("format") or one.get("type", "string"))


def topics_page() -> str:
    """Return the page of the topics."""
    return page(
        "Topics",
        "Partition counts are fixed: changing that of `payment-events` means draining it and "
        "rebuilding. Every record carries Kafka's append time, the clock of every rule that needs "
        "one. Names may carry the installation's prefix.",
        table(
            ("topic", "says", "key", "written by", "read by", "partitions", "kept"),
            (
                (
                    f"`{topic.name}`",
                    topic.says,
                    topic.key,
                    ", ".join(topic.producers),
                    ", ".join(topic.consumers) or "people",
                    str(topic.partitions),
                    _time(topic.retention),
                )
                for topic in TOPICS
            ),
        ),
    )


def _time(kept: timedelta | None) -> str:
    if kept is None:
        return "for ever"
    hours = int(kept.total_seconds()) // 3600
    return f"{hours} hours" if hours <= 24 else f"{hours // 24} days"  # noqa: PLR2004 - a day


def tables_page() -> str:
    """Return the page of the tables and views."""
    return page(
        "Tables",
        "All lie in the schema `reporting`. Each has one writer: the only service that changes and "
        "deletes its rows. Where others insert, they do nothing else.",
        table(
            ("table", "what a row is", "writer", "others insert"),
            (
                (
                    f"[`{one.__tablename__}`](#{one.__tablename__})",
                    one.__doc__ or "",
                    one.writer,
                    ", ".join(one.inserters),
                )
                for one in TABLES
            ),
        ),
        *(_columns(one) for one in TABLES),
        "## Views\n\n"
        + table(("view", "what it shows"), ((f"`{view.name}`", view.says) for view in VIEWS)),
    )


def _columns(declared: type[Table]) -> str:
    described: Any = Table.metadata.tables[f"{SCHEMA}.{declared.__tablename__}"]
    rows = [
        (
            f"`{column.name}`",
            _database_type(column),
            "key" if column.primary_key else "",
            "" if column.nullable else "not null",
        )
        for column in described.columns
    ]
    return f"## {declared.__tablename__}\n\n" + table(("column", "type", "", ""), rows)


def _database_type(column: Any) -> str:  # noqa: ANN401 - SQLAlchemy's columns are typed loosely
    written: str = column.type.compile(dialect=postgresql.dialect())
    return written.partition(" COLLATE")[0].lower().removeprefix(f"{SCHEMA}.")


def metrics_page() -> str:
    """Return the page of the metric definitions."""
    return page(
        "Metric definitions",
        "What each figure means. A change of meaning is a new version; every answer names the "
        "definitions it used, with their versions.",
        table(
            ("id", "version", "unit", "formula", "what counts", "source"),
            (
                (
                    f"`{one.id}`",
                    str(one.version),
                    one.unit,
                    one.formula,
                    one.inclusion,
                    one.source,
                )
                for one in CATALOG
            ),
        ),
    )
