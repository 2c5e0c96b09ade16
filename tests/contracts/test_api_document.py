"""The OpenAPI document tells everything: examples that fit, errors described, names that stay."""

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from careledger.documents.services import openapi_documents

Json = dict[str, Any]
DOCUMENT: Json = openapi_documents()["report-api"]


def resolved(one: Json) -> Json:
    while "$ref" in one:
        found: Any = DOCUMENT
        for part in one["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        one = found
    return one


def operations() -> Iterator[tuple[str, Json]]:
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def bodies() -> Iterator[tuple[str, Json]]:
    for name, operation in operations():
        if "requestBody" in operation:
            for kind, content in resolved(operation["requestBody"])["content"].items():
                yield f"{name} request {kind}", content
        for status, response in operation["responses"].items():
            for kind, content in resolved(response).get("content", {}).items():
                yield f"{name} {status} {kind}", content


def examples_of(content: Json) -> list[Any]:
    named = [resolved(one)["value"] for one in content.get("examples", {}).values()]
    own = [content["example"]] if "example" in content else []
    return own + named + resolved(content.get("schema", {})).get("examples", [])


@pytest.mark.parametrize("body", [pytest.param(one, id=name) for name, one in bodies()])
def test_every_body_has_examples_that_fit_its_schema(body: Json) -> None:
    # References lead into the schema itself, which carries what they name.
    schema = {**body.get("schema", {}), "components": DOCUMENT["components"]}
    validator: Any = Draft202012Validator(schema)

    found = examples_of(body)

    assert found
    assert [error.message for one in found for error in validator.iter_errors(one)] == []


def test_every_operation_has_a_name_of_its_own_and_says_what_it_does() -> None:
    told = [
        (name, operation.get("operationId"), operation.get("summary"), operation.get("description"))
        for name, operation in operations()
    ]

    assert [one for one in told if None in one] == []
    names = [name for _, name, _, _ in told]
    assert len(set(names)) == len(names)


def test_every_response_is_described_and_every_error_is_a_problem() -> None:
    for name, operation in operations():
        responses = {status: resolved(one) for status, one in operation["responses"].items()}
        assert all(one.get("description") for one in responses.values()), name
        errors = {status for status in responses if status[0] in "45" and status != "503"}
        assert {"4XX", "5XX", "422"} <= errors, name
        assert all(
            "application/problem+json" in responses[status]["content"] for status in errors
        ), name


def test_whatever_needs_a_token_says_what_happens_without() -> None:
    for name, operation in operations():
        if "security" in operation:
            assert {"401", "403", "429"} <= set(operation["responses"]), name
