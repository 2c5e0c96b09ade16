"""The OpenAPI 3.1 document: what FastAPI derives, with our problems in place of its errors."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from report_api.errors import MEDIA_TYPE
from report_api.examples import with_examples

TITLE: Final = "Careledger report API"
DESCRIPTION: Final = """\
Payment reports of clinics: revenue, patient histories, receivables, and documents of them.

- Amounts are integers of the currency's minor unit; no sum crosses a currency.
- Every report takes `as_of` (a business date) and `watermark` (of an earlier answer), and opens
  with `meta`: where the figures come from, how fresh they are, and their digest.
- Answers hold patient ids, dates and amounts: pseudonymized PHI in a minimum-necessary view,
  not de-identified data. Every access is recorded before its answer leaves.
- Errors are problem documents (RFC 9457). Unknown and repeated query parameters are refused.
"""
TAGS: Final = [
    {"name": "Signing in", "description": "OAuth 2.0 tokens for people and partner systems."},
    {"name": "Revenue", "description": "Money received by period, on a cash basis."},
    {"name": "Indicators", "description": "Rates, days and the roll-forward, with their trend."},
    {"name": "Patients", "description": "Finding patients, and what they were charged and paid."},
    {"name": "Outstanding", "description": "Receivables, their aging, and what does not fit."},
    {"name": "Live", "description": "What changes, as it changes."},
    {"name": "Definitions", "description": "What the figures mean."},
    {"name": "Exports", "description": "Reports as PDF, rendered by a worker."},
    {"name": "Clinics", "description": "The registry of clinics, for administrators."},
    {"name": "Runs", "description": "Runs that bring the practice's data in."},
    {"name": "Quarantine", "description": "Refused records, and what becomes of them."},
    {"name": "Audit", "description": "Who did what, and proof that the record of it stands."},
    {"name": "Health", "description": "For process managers."},
]

_PROBLEM: Final = {"$ref": "#/components/responses/Problem"}
_TOO_MANY: Final = {
    "description": "Too many requests in a minute.",
    "headers": {
        "Retry-After": {
            "description": "Seconds after which to ask again.",
            "schema": {"type": "integer", "minimum": 1},
        }
    },
    "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
_IF_NONE_MATCH: Final = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "`ETag` of an answer still held; 304 says that it is the present one.",
    "schema": {"type": "string"},
    "examples": {"held": {"value": 'W/"0f343b0931126a20f133d67c2b018a3b"'}},
}
_PLACE: Final = {
    "type": "object",
    "required": ["location", "field", "problem"],
    "properties": {
        "location": {"type": "string", "examples": ["query"]},
        "field": {"type": "string", "examples": ["end_date"]},
        "problem": {"type": "string"},
    },
}
_SCHEMA: Final = {
    "type": "object",
    "description": "A problem document (RFC 9457); it repeats nothing of the request.",
    "required": ["type", "title", "status", "detail", "instance", "request_id"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string", "format": "uri"},
        "request_id": {"type": "string", "format": "uuid"},
        "trace_id": {"type": "string"},
        "parameter": {"type": "string", "description": "The parameter to change."},
        "error": {"type": "string", "description": "A code of RFC 6749, at the token endpoint."},
        "errors": {"type": "array", "items": _PLACE},
    },
    "examples": [
        {
            "type": "/problems/invalid-request",
            "title": "Something in the request is not valid",
            "status": 422,
            "detail": "`errors` names each place.",
            "instance": "urn:uuid:019ab6a0-7c00-7000-8000-000000000000",
            "request_id": "019ab6a0-7c00-7000-8000-000000000000",
            "errors": [
                {
                    "location": "query",
                    "field": "end_date",
                    "problem": "must be a date written YYYY-MM-DD",
                }
            ],
        }
    ],
}


def document(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """Return what builds the document of an application, once."""

    def build() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _with_problems(
                get_openapi(
                    title=TITLE,
                    version=version("careledger-report-api"),
                    description=DESCRIPTION,
                    routes=app.routes,
                    tags=TAGS,
                    servers=[{"url": "/", "description": "This installation."}],
                    license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
                )
            )
        return app.openapi_schema

    return build


def _with_problems(spec: dict[str, Any]) -> dict[str, Any]:
    components = spec.setdefault("components", {})
    schemas: dict[str, Any] = components.setdefault("schemas", {})
    for replaced in ("HTTPValidationError", "ValidationError"):
        schemas.pop(replaced, None)
    schemas["Problem"] = _SCHEMA
    components["responses"] = {
        "Problem": {
            "description": "A problem; its `type` leads to a page that says what to do.",
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        },
        "TooManyRequests": _TOO_MANY,
    }
    for operations in spec["paths"].values():
        for operation in operations.values():
            _add_problems(operation)
            _add_condition(operation)
    with_examples(spec)
    return spec


def _add_condition(operation: dict[str, Any]) -> None:
    """Say that a route that can answer 304 understands `If-None-Match`."""
    if "304" in operation["responses"]:
        operation.setdefault("parameters", []).append(_IF_NONE_MATCH)


def _add_problems(operation: dict[str, Any]) -> None:
    responses: dict[str, Any] = operation["responses"]
    responses["422"] = _PROBLEM
    if "security" in operation:
        responses["401"] = _PROBLEM
        responses["403"] = _PROBLEM
    if "security" in operation or "requestBody" in operation:
        responses["429"] = {"$ref": "#/components/responses/TooManyRequests"}
    responses["4XX"] = _PROBLEM
    responses["5XX"] = _PROBLEM
