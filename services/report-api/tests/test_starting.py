"""Starting: every wrong setting and every missing part is named at once, without a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from deploy.local.stack import Addresses

pytestmark = pytest.mark.integration

PROGRAM = Path(sys.executable).parent / "report-api"
GOOD = {
    "CARELEDGER_KAFKA_BOOTSTRAP": "127.0.0.1:1",
    "CARELEDGER_SECRET": "a root secret that only tests know, 32 characters",
}


def serve(folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.defpath, **GOOD, **settings}  # nothing of ours is inherited
    return subprocess.run(
        [PROGRAM, "serve"],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_every_wrong_setting_is_named(tmp_path: Path) -> None:
    wrong = {"CARELEDGER_SECRET": "short", "CARELEDGER_REPORT_API_PORT": "http"}

    result = serve(tmp_path, **wrong)

    assert result.returncode == 1
    for name in ("DATABASE_URL", "REDIS_URL", "EXPORT_DIR", "SECRET", "REPORT_API_PORT"):
        assert f"CARELEDGER_{name}:" in result.stderr
    assert "short" not in result.stderr
    assert "Traceback" not in result.stderr


def test_every_missing_part_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    result = serve(
        tmp_path,
        CARELEDGER_DATABASE_URL="postgresql://nobody:hidden@127.0.0.1:1/none",
        CARELEDGER_REDIS_URL="redis://:hidden@127.0.0.1:1/0",
        CARELEDGER_EXPORT_DIR=str(tmp_path / "file" / "exports"),
    )

    assert result.returncode == 1
    for name in ("DATABASE_URL", "REDIS_URL", "EXPORT_DIR"):
        assert f"CARELEDGER_{name}" in result.stderr
    assert "hidden" not in result.stderr
    assert "Traceback" not in result.stderr


def test_a_schema_that_is_not_there_is_named_with_the_remedy(
    tmp_path: Path, stack: Addresses
) -> None:
    result = serve(
        tmp_path,
        CARELEDGER_DATABASE_URL=stack.postgres,
        CARELEDGER_REDIS_URL=stack.redis,
        CARELEDGER_EXPORT_DIR=str(tmp_path / "exports"),
    )

    assert result.returncode == 1
    assert "careledger.postgres migrate" in result.stderr
