"""At start the worker names everything that is wrong, and takes no export before it is right."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from report_api.settings import ReportApiSettings
from support.pdf_worker import worker_environment

pytestmark = pytest.mark.integration

_SECONDS = 60
_NOWHERE = "redis://127.0.0.1:1/0"


def start(environment: Mapping[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "celery", "--app", "pdf_worker.app", "--quiet", "worker"]
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=_SECONDS,
    )


def test_every_wrong_setting_is_named_without_its_value(tmp_path: Path) -> None:
    environment = {
        "CARELEDGER_LOG_LEVEL": "short-secret",
        "CARELEDGER_PDF_WORKER_PROCESSES": "none-of-them",
    }

    run = start(environment, tmp_path)

    assert run.returncode == 1
    for name in ("DATABASE_URL", "LOG_LEVEL", "REDIS_URL", "EXPORT_DIR", "PDF_WORKER_PROCESSES"):
        assert f"CARELEDGER_{name}" in run.stderr
    assert "short-secret" not in run.stderr
    assert "none-of-them" not in run.stderr
    assert "Traceback" not in run.stderr


def test_every_part_that_is_away_is_named(
    report_api_settings: ReportApiSettings, tmp_path: Path
) -> None:
    (tmp_path / "a-file").touch()
    environment = {
        **worker_environment(report_api_settings),
        "CARELEDGER_DATABASE_URL": "postgresql://nobody:secret@127.0.0.1:1/none",
        "CARELEDGER_REDIS_URL": _NOWHERE,
        "CARELEDGER_EXPORT_DIR": str(tmp_path / "a-file"),
    }

    run = start(environment, tmp_path)

    assert run.returncode == 1
    for name in ("DATABASE_URL", "REDIS_URL", "EXPORT_DIR"):
        assert f"CARELEDGER_{name}" in run.stderr
    assert "nobody:secret" not in run.stderr
    assert "Traceback" not in run.stderr
