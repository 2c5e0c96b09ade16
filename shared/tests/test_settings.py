"""Every setting is read under the one prefix, whatever a class is put together from."""

from typing import Any

import pytest
from pydantic_settings import BaseSettings, SettingsConfigDict

from careledger.documents.services import SETTINGS, announced
from careledger.settings import (
    PREFIX,
    CommonSettings,
    DatabaseSettings,
    EnvironmentSettings,
    StorageSettings,
    load,
)


def test_a_base_that_reads_other_names_cannot_be_mixed_in() -> None:
    class Stranger(BaseSettings):
        other: str = ""

    with pytest.raises(TypeError, match="env_prefix"):
        type("Mixed", (DatabaseSettings, Stranger), {"__annotations__": {}})


def test_a_class_cannot_change_how_settings_are_read() -> None:
    changed: dict[str, Any] = {
        "model_config": SettingsConfigDict(env_prefix="OTHER_"),
        "__annotations__": {},
    }

    with pytest.raises(TypeError, match="env_prefix"):
        type("Changed", (EnvironmentSettings,), changed)


def test_settings_of_several_bases_are_read_under_the_prefix(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Mixed(StorageSettings, DatabaseSettings):
        pass

    monkeypatch.setenv("CARELEDGER_DATABASE_URL", "postgresql://one")
    monkeypatch.setenv("CARELEDGER_EXPORT_BUCKET", "documents")

    mixed = load(Mixed)

    assert (mixed.database_url.get_secret_value(), mixed.export_bucket) == (
        "postgresql://one",
        "documents",
    )


@pytest.mark.parametrize("service", ["aggregator", "ingest", "pdf-worker", "report-api"])
def test_every_service_reads_its_settings_under_the_prefix(service: str) -> None:
    settings = announced(SETTINGS)[service]

    assert issubclass(settings, EnvironmentSettings)
    assert settings.model_config.get("env_prefix") == PREFIX
    assert issubclass(settings, CommonSettings) or service == "pdf-worker"
