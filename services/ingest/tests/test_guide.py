"""The commands of the guide work as they are printed."""

import asyncio
import json
import re
import shutil
from pathlib import Path

import pytest

from support.ingest import TOKEN, WEBHOOK_SECRET, RunningIngest

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(
        not all(map(shutil.which, ("curl", "openssl", "od"))), reason="needs curl, openssl and od"
    ),
]

GUIDE = Path(__file__).parents[3] / "docs" / "how-to" / "send-events.md"


async def test_an_event_is_accepted_with_a_token_and_with_a_signature(
    ingest: RunningIngest, tmp_path: Path
) -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    with_token, signed, _ = re.findall(r"```sh\n(.*?)```", guide, re.DOTALL)
    event = re.search(r"-d '(.*?)'", with_token, re.DOTALL)
    assert event is not None
    (tmp_path / "event.json").write_text(event[1], encoding="utf-8")
    given = f"INGEST='{ingest.url}' TOKEN='{TOKEN}' SECRET='{WEBHOOK_SECRET}'\n"

    for command in (with_token, signed):
        process = await asyncio.create_subprocess_exec(
            "bash", "-c", given + command, cwd=tmp_path, stdout=asyncio.subprocess.PIPE
        )
        answer, _ = await process.communicate()
        assert json.loads(answer)["accepted_count"] == 1
