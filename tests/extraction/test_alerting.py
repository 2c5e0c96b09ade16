"""Administrators hear of it once when runs begin to fail, and once when they work again."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from ingest.settings import IngestSettings
from ingest.sources.payloads import SourceUnreadableError
from support.extracting import extract
from support.practice import make_practice
from support.receivers import web_hook

pytestmark = pytest.mark.integration


async def test_a_failing_source_alerts_once_and_once_more_when_it_is_read_again(
    ingest_settings: IngestSettings, tmp_path: Path
) -> None:
    practice = make_practice(tmp_path)
    with web_hook() as (hook, messages):
        settings = ingest_settings.model_copy(update={"alert_urls": SecretStr(hook)})
        await extract(settings, practice)
        practice.do("ALTER TABLE payments RENAME COLUMN amount TO amount_paid")
        for _ in range(2):
            with pytest.raises(SourceUnreadableError):
                await extract(settings, practice)
        practice.do("ALTER TABLE payments RENAME COLUMN amount_paid TO amount")
        await extract(settings, practice)
        await extract(settings, practice)

    assert [(one["type"], one["title"][2:]) for one in messages] == [
        ("failure", "urn:practice:billing is not read"),
        ("success", "urn:practice:billing is read again"),
    ]
    assert "run ingest mapping check" in messages[0]["message"]
