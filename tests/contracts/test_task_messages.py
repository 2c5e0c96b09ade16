"""Celery takes JSON on both sides of the queue; a pickled message is refused unread."""

import pickle
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from kombu.exceptions import ContentDisallowed
from pydantic import SecretStr

from pdf_worker.app import create_app
from pdf_worker.settings import PdfWorkerSettings
from report_api.queue import ExportBell

_kombu: Any = import_module("kombu.serialization")
NO_REDIS = "redis://127.0.0.1:1/0"


class Exploding:
    """Unpickling it would run something."""

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        """Name what would be run."""
        return (pytest.fail, ("a pickled message was read",))


@pytest.fixture(params=["report-api", "pdf-worker"])
def accepted(request: pytest.FixtureRequest, tmp_path: Path) -> set[str]:
    if request.param == "report-api":
        bell = ExportBell(NO_REDIS)
        content = bell.settings["accept_content"]
        bell.close()
    else:
        settings = PdfWorkerSettings(
            database_url=SecretStr("postgresql://nobody@127.0.0.1:1/none"),
            redis_url=SecretStr(NO_REDIS),
            export_dir=tmp_path,
        )
        content = create_app(settings).conf.accept_content
    return set(_kombu.prepare_accept_content(content))


def test_a_pickled_message_is_refused(accepted: set[str]) -> None:
    with pytest.raises(ContentDisallowed):
        _kombu.loads(
            pickle.dumps(Exploding()), "application/x-python-serialize", "binary", accepted
        )


def test_a_message_of_json_is_taken(accepted: set[str]) -> None:
    assert _kombu.loads(b'["x"]', "application/json", "utf-8", accepted) == ["x"]
