"""The settings are known to whoever reads .env.example."""

from pathlib import Path

import pytest

from ingest.settings import IngestSettings

EXAMPLE = Path(__file__).parents[3] / ".env.example"


@pytest.mark.parametrize("name", sorted(IngestSettings.model_fields))
def test_each_setting_stands_in_the_example(name: str) -> None:
    assert f"CARELEDGER_{name.upper()}=" in EXAMPLE.read_text(encoding="utf-8")
