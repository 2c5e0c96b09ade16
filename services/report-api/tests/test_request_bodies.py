"""A body says what its route asks for and nothing else: no field can be smuggled in."""

from typing import Any

import pytest

from support.report_api import RunningReportApi

pytestmark = pytest.mark.integration


def resolved(document: dict[str, Any], schema: dict[str, Any]) -> list[dict[str, Any]]:
    if "$ref" in schema:
        return resolved(document, document["components"]["schemas"][schema["$ref"].split("/")[-1]])
    parts = schema.get("oneOf") or schema.get("anyOf")
    return [one for part in parts for one in resolved(document, part)] if parts else [schema]


async def test_every_json_body_is_closed(report_api: RunningReportApi) -> None:
    document = report_api.app.openapi()
    bodies = {
        f"{method} {path}": operation["requestBody"]["content"]["application/json"]["schema"]
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if "application/json" in operation.get("requestBody", {}).get("content", {})
    }

    assert bodies
    for route, schema in bodies.items():
        for one in resolved(document, schema):
            if one.get("type") != "null":
                assert one.get("additionalProperties") is False, route


@pytest.mark.parametrize("field", ["role", "tenant_id", "status", "clinic_ids", "owner_id"])
async def test_a_field_that_would_change_who_or_what_one_is_is_refused(
    report_api: RunningReportApi, field: str
) -> None:
    client = await report_api.user("admin")

    answer = await client.post("/api/v1/reports/exports", json={"report": "revenue", field: "x"})

    assert answer.status_code == 422
    assert {place["location"] for place in answer.json()["errors"]} == {"body"}
