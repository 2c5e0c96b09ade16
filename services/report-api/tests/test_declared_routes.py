"""Every mounted route says who may use it, and the OpenAPI document says every route."""

from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from openapi_spec_validator import validate
from pydantic import SecretStr

from report_api.access import Rule
from report_api.app import create_app
from report_api.declared import allowed_methods, declared_routes
from report_api.settings import ReportApiSettings


@pytest.fixture
def app() -> FastAPI:
    return create_app(
        ReportApiSettings(
            database_url=SecretStr("postgresql://nowhere/none"),
            kafka_bootstrap="nowhere:1",
            secret=SecretStr("a root secret that only tests know, 32 characters"),
            redis_url=SecretStr("redis://nowhere"),
            export_dir=Path("/nowhere"),
        )
    )


@pytest.fixture
def document(app: FastAPI) -> dict[str, Any]:
    return app.openapi()


def test_a_route_that_declares_nothing_stops_the_service(app: FastAPI) -> None:
    app.add_api_route("/api/v1/reports/secret", lambda: None)

    with pytest.raises(RuntimeError, match="/api/v1/reports/secret must declare one rule"):
        declared_routes(app)


def test_a_mounted_application_stops_the_service(app: FastAPI) -> None:
    app.mount("/other", FastAPI())

    with pytest.raises(RuntimeError, match="/other"):
        declared_routes(app)


def test_only_these_routes_need_no_token(app: FastAPI) -> None:
    public = {route.path for route in declared_routes(app) if not isinstance(route.rule, Rule)}

    assert public == {
        "/",
        "/livez",
        "/readyz",
        "/api/v1/auth/token",
        "/api/v1/auth/revoke",
        "/api/v1/auth/providers",
        "/api/v1/files/{export_id}",
        "/staff/reports",
        "/staff/reports/assets/{name}",
        "/staff/reports/{address}",
        "/docs",
        "/docs/start.js",
        "/docs/{name}",
        "/openapi.json",
        "/problems/{slug}",
    }


def test_the_document_is_valid(document: dict[str, Any]) -> None:
    validate(document)

    assert document["openapi"].startswith("3.1")


def test_the_document_holds_every_route(app: FastAPI, document: dict[str, Any]) -> None:
    mounted = {(r.method, r.path) for r in declared_routes(app) if r.operation_id is not None}
    told = {(method.upper(), path) for path, item in document["paths"].items() for method in item}

    assert told == mounted


def test_operation_ids_are_chosen_and_unique(document: dict[str, Any]) -> None:
    ids = [one["operationId"] for item in document["paths"].values() for one in item.values()]

    assert len(ids) == len(set(ids))
    assert all(one.isidentifier() and "_" not in one for one in ids)


def test_the_document_knows_problems_and_no_other_errors(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]

    assert "Problem" in schemas
    assert not {"HTTPValidationError", "ValidationError"} & set(schemas)


def test_protected_operations_name_their_scheme(app: FastAPI, document: dict[str, Any]) -> None:
    for route in declared_routes(app):
        if isinstance(route.rule, Rule):
            operation = document["paths"][route.path][route.method.lower()]
            assert operation["security"] == [{"careledger": []}], route.path
            assert {"401", "403", "422"} <= set(operation["responses"])


def test_a_wrong_method_is_told_every_right_one(app: FastAPI) -> None:
    assert allowed_methods(app, "/api/v1/clinics/north") == ["GET", "PUT"]


def operations(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method.upper()} {path}", operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
    ]


def test_every_operation_says_what_it_does(document: dict[str, Any]) -> None:
    for where, operation in operations(document):
        assert operation["summary"], where
        assert len(operation["description"]) > 20, where
        assert operation["tags"], where


def test_every_operation_describes_its_errors(document: dict[str, Any]) -> None:
    described = document["components"]["responses"]
    assert all(one["description"] for one in described.values())
    assert document["components"]["schemas"]["Problem"]["examples"]

    for where, operation in operations(document):
        assert {"422", "4XX", "5XX"} <= set(operation["responses"]), where
        if "security" in operation:
            assert "429" in operation["responses"], where


def test_every_tag_in_use_is_described(document: dict[str, Any]) -> None:
    used = {tag for _, operation in operations(document) for tag in operation["tags"]}

    assert used <= {tag["name"] for tag in document["tags"] if tag["description"]}


def test_every_report_answers_in_editions_and_says_so(document: dict[str, Any]) -> None:
    editions = {where for where, one in operations(document) if "304" in one["responses"]}

    assert {
        "GET /api/v1/reports/revenue",
        "GET /api/v1/reports/patients",
        "GET /api/v1/reports/patients/{patient_id}/history",
        "GET /api/v1/reports/outstanding",
        "GET /api/v1/reports/outstanding/summary",
        "GET /api/v1/reports/outstanding/exceptions",
        "GET /api/v1/reports/outstanding/detail",
    } <= editions
