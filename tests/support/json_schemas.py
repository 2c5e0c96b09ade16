"""Holds JSON values against JSON Schemas, of the draft each schema says it is written in."""

from __future__ import annotations

from typing import Any

from jsonschema.validators import validator_for


def problems(schema: dict[str, Any], value: object) -> list[str]:
    """Return what of a value does not fit a schema; empty when all of it does.

    Raises:
        jsonschema.SchemaError: if the schema itself is none.
    """
    validator: Any = validator_for(schema)
    validator.check_schema(schema)
    return [error.message for error in validator(schema).iter_errors(value)]
