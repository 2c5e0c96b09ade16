"""An example of every body in the OpenAPI document, made from its schema, so that none is stale.

Names decide what a value looks like, and a schema's own example comes first. The values fit their
schemas and show a shape; they are not the figures of one clinic, so sums need not close.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

Schema = Mapping[str, Any]

_MANY: Final = 12_500
_BY_FORMAT: Final = {
    "date": "2026-03-31",
    "date-time": "2026-03-31T14:00:00Z",
    "uri": "https://example.org/",
    "uri-reference": "/",
    "uuid": "01960c3f-7c00-7000-8000-000000000000",
    "password": "a long passphrase of one's own",
    "binary": "",
}
_BY_NAME: Final[dict[str, object]] = {
    "action": "report.viewed",
    "actor": "finance",
    "bearer_methods": "header",
    "clinic_id": "north",
    "clinic_ids": "north",
    "currency": "USD",
    "cursor": "c1.b3BhcXVl",
    "detail": "`errors` names each place.",
    "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "event_id": "evt-77120",
    "export_id": "01960c3f-7c00-7000-8000-000000000000",
    "exponent": 2,
    "href": "/api/v1/files/01960c3f-7c00-7000-8000-000000000000?kind=user",
    "invoice_id": "inv-5541",
    "method": "card",
    "name": "Ada Adams",
    "next": "c1.b3BhcXVl",
    "patient_id": "P-20417",
    "payment_id": "pay-8812",
    "provider": "dr-adams",
    "remote": "192.0.2.7",
    "request_id": "01960c3f-7c00-7000-8000-000000000000",
    "resource": "GET /api/v1/reports/revenue",
    "role": "finance",
    "run_id": "01960c3f-7c00-7000-8000-000000000000",
    "scope": "revenue:read",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "source": "practice",
    "terms_days": 30,
    "time_zone": "America/New_York",
    "time_zones": "America/New_York",
    "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736",
    "version": 1,
    "watermark": "0:1523,1:1498",
}
_REFERENCE: Final = "#/components/schemas/"


class Examples:
    """Makes examples of the schemas of one document."""

    def __init__(self, schemas: Mapping[str, Schema]) -> None:
        self._schemas = schemas

    def of(self, schema: Schema, name: str = "") -> Any:  # noqa: ANN401 - JSON
        """Return a value that fits a schema.

        Args:
            schema: what it must fit.
            name: of the member it stands in.
        """
        told = [schema.get("const"), schema.get("default"), *schema.get("examples", ())]
        told += schema.get("enum", ())
        for one in told:
            if one is not None:
                return one
        if "$ref" in schema:
            return self.of(self._schemas[schema["$ref"].removeprefix(_REFERENCE)], name)
        for either in ("anyOf", "oneOf", "allOf"):
            if either in schema:
                first = next(one for one in schema[either] if one.get("type") != "null")
                return self.of(first, name)
        return self._of_type(schema, name)

    def _of_type(self, schema: Schema, name: str) -> Any:  # noqa: ANN401 - JSON
        match schema.get("type"):
            case "object":
                return self._object(schema)
            case "array":
                return self._array(schema, name)
            case "integer" | "number":
                return _number(schema, name)
            case "boolean":
                return False
            case "string":
                return _text(schema, name)
            case _:
                return None

    def _object(self, schema: Schema) -> dict[str, Any]:
        return {name: self.of(one, name) for name, one in schema.get("properties", {}).items()}

    def _array(self, schema: Schema, name: str) -> list[Any]:
        fixed = [self.of(one, name) for one in schema.get("prefixItems", ())]
        if fixed or schema.get("maxItems") == 0 or "items" not in schema:
            return fixed
        return [self.of(schema["items"], name)]


def with_examples(document: dict[str, Any]) -> None:
    """Give every body of a document that has no example one."""
    examples = Examples(document["components"]["schemas"])
    for path in document["paths"].values():
        for operation in path.values():
            bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
            for media in (one for body in bodies for one in body.get("content", {}).items()):
                _give(media, examples)


def _give(media: tuple[str, dict[str, Any]], examples: Examples) -> None:
    kind, content = media
    if "example" in content or "examples" in content:
        return
    if kind == "application/pdf":
        content["example"] = "%PDF-1.7"
        return
    content["example"] = examples.of(content.get("schema", {}))


def _number(schema: Schema, name: str) -> int | float:
    told = _BY_NAME.get(name)
    value = told if isinstance(told, int) else _MANY
    if any(word in name for word in ("count", "attempts", "page", "percent", "limit", "sequence")):
        value = 1
    lowest, highest = schema.get("minimum"), schema.get("maximum")
    value = value if lowest is None else max(value, lowest)
    return value if highest is None else min(value, highest)


def _text(schema: Schema, name: str) -> str:
    told = _BY_NAME.get(name)
    if isinstance(told, str):
        return told
    return _BY_FORMAT.get(schema.get("format", ""), "text")
