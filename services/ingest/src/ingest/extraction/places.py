"""Which mapping and which database a run is about, from the settings or as told."""

from __future__ import annotations

from pathlib import Path

from careledger.errors import ConfigurationError
from careledger.settings import PREFIX
from ingest.settings import IngestSettings
from ingest.sources.practice.database import PracticeDatabase
from ingest.sources.practice.mapping import Mapping, read_mapping


def mapping_of(settings: IngestSettings, path: Path | None = None) -> Mapping:
    """Return the mapping of a file, by default that of the settings.

    Raises:
        ConfigurationError: if there is none, or it is wrong.
    """
    found = path or settings.extraction_mapping
    if found is None:
        raise ConfigurationError(
            f"name a mapping file: --mapping FILE or {PREFIX}EXTRACTION_MAPPING"
        )
    return read_mapping(found)


def database_of(settings: IngestSettings, url: str | None = None) -> PracticeDatabase:
    """Return the practice's database at an address, by default that of the settings.

    Raises:
        ConfigurationError: if there is no address, or it is none that is understood.
        SourceUnreadableError: if it names a file that is not there.
    """
    found = url or (settings.extraction_url.get_secret_value() if settings.extraction_url else "")
    if not found:
        raise ConfigurationError(f"name the database: --url URL or {PREFIX}EXTRACTION_URL")
    return PracticeDatabase(found, query_seconds_max=settings.extraction_query_seconds_max)
