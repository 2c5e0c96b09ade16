"""Generated documents follow the code, and what deviates is found."""

import re
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate

from careledger.documents.__main__ import differing, documents, write
from careledger.documents.operation_pages import described_settings
from careledger.documents.services import APPLICATIONS, SETTINGS, announced, openapi_documents
from support.repository import ROOT, SERVICES

DOCUMENTS = documents()


def test_documents_just_written_do_not_differ(tmp_path: Path) -> None:
    write(DOCUMENTS, tmp_path)

    assert differing(DOCUMENTS, tmp_path) == []


def test_a_changed_a_missing_and_a_stray_document_are_found(tmp_path: Path) -> None:
    write(DOCUMENTS, tmp_path)
    (tmp_path / "docs/reference/topics.md").write_text("by hand")
    (tmp_path / "docs/reference/events.md").unlink()
    (tmp_path / "shared/schemas/events/payment.forgotten.json").write_text("{}")

    assert differing(DOCUMENTS, tmp_path) == [
        "docs/reference/events.md",
        "docs/reference/topics.md",
        "shared/schemas/events/payment.forgotten.json",
    ]


def test_writing_removes_what_nobody_writes_any_more(tmp_path: Path) -> None:
    stray = tmp_path / "shared/schemas/events/payment.forgotten.json"
    stray.parent.mkdir(parents=True)
    stray.write_text("{}")

    write(DOCUMENTS, tmp_path)

    assert not stray.exists()


def test_every_service_announces_its_settings() -> None:
    assert set(announced(SETTINGS)) == set(SERVICES)


@pytest.mark.parametrize("service", announced(APPLICATIONS))
def test_an_openapi_document_is_valid(service: str) -> None:
    document: dict[str, Any] = openapi_documents()[service]

    validate(document)


@pytest.mark.parametrize("name", described_settings())
def test_every_setting_says_what_it_means(name: str) -> None:
    assert described_settings()[name].get("description")


def test_the_example_environment_names_every_setting() -> None:
    example = (ROOT / ".env.example").read_text()
    named = set(re.findall(r"^#?(CARELEDGER_\w+)=", example, re.MULTILINE))

    assert {f"CARELEDGER_{name.upper()}" for name in described_settings()} - named == set()
