"""The command `ingest` as a process of its own."""

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from ingest.settings import IngestSettings

_PROGRAM = Path(sys.executable).with_name("ingest")


@dataclass
class Ended:
    """How it ended and what it wrote."""

    code: int | None
    out: str
    err: str


def environment(settings: IngestSettings, **changes: str) -> dict[str, str]:
    """Write settings as the environment of a process."""
    values = {
        f"CARELEDGER_{name.upper()}": value.get_secret_value()
        if isinstance(value, SecretStr)
        else str(value)
        for name, value in settings
    }
    return {**values, **changes}


async def start(*arguments: str, env: Mapping[str, str], cwd: Path) -> asyncio.subprocess.Process:
    """Start the command in a folder that holds no .env."""
    return await asyncio.create_subprocess_exec(
        _PROGRAM,
        *arguments,
        env=dict(env),
        cwd=cwd,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def run(*arguments: str, env: Mapping[str, str], cwd: Path) -> Ended:
    """Run the command to its end."""
    process = await start(*arguments, env=env, cwd=cwd)
    out, err = await process.communicate()
    return Ended(process.returncode, out.decode(), err.decode())
