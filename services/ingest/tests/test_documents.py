"""The OpenAPI document describes what is served, and its page needs no other host."""

import pytest
from fastapi.testclient import TestClient
from openapi_spec_validator import validate
from pydantic import SecretStr

from ingest.app import create_app
from ingest.settings import IngestSettings


@pytest.fixture
def settings() -> IngestSettings:
    return IngestSettings(
        database_url=SecretStr("postgresql://nowhere"),
        kafka_bootstrap="nowhere:9092",
        secret=SecretStr("a root secret that only tests know, 32 characters"),
    )


def test_the_document_is_valid_and_names_every_route(settings: IngestSettings) -> None:
    document = create_app(settings).openapi()

    validate(document)
    assert sorted(document["paths"]) == ["/livez", "/readyz", "/v1/events"]
    answers = document["paths"]["/v1/events"]["post"]["responses"]
    assert sorted(answers) == ["202", "400", "401", "408", "413", "415", "422", "503"]


def test_the_page_of_the_document_loads_nothing_from_elsewhere(settings: IngestSettings) -> None:
    page = TestClient(create_app(settings)).get("/docs")

    assert page.status_code == 200
    assert "https://" not in page.text


def test_a_setting_takes_the_documents_away(settings: IngestSettings) -> None:
    client = TestClient(create_app(settings.model_copy(update={"ingest_docs": False})))

    assert client.get("/docs").status_code == 404
    assert client.get("/openapi.json").status_code == 404
