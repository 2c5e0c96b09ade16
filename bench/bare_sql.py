"""The same year of daily revenue by SQL alone, under pgbench: the most the database could do."""

from __future__ import annotations

import asyncio
import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import typer

from careledger.reports.statements import fragment

_RATE: Final = re.compile(rb"tps = ([0-9.]+)")
_DEBIAN: Final = "/usr/lib/postgresql"


async def measure(url: str, *, clinics: int, days: int, connections: int, seconds: int) -> float:
    """Return how many times a second the statement of the report can be run.

    Args:
        url: a postgresql:// address.
        clinics: numbers 1 to so many are asked about.
        days: length of the ledger; years end on any of its later days.
        connections: how many sessions ask at once.
        seconds: how long.
    """
    program = _pgbench()
    with TemporaryDirectory() as folder:
        script = Path(folder) / "year.sql"
        script.write_text(_script(clinics, days), encoding="utf-8")
        running = await asyncio.create_subprocess_exec(
            program,
            *("-n", "-M", "prepared", "-c", str(connections), "-j", "2", "-T", str(seconds)),
            *("-f", str(script), f"{url}?options=-csearch_path%3Dreporting"),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        told, _ = await running.communicate()
    found = _RATE.search(told)
    if running.returncode or found is None:
        raise typer.BadParameter(told.decode(errors="replace"))
    return round(float(found[1]), 1)


def _script(clinics: int, days: int) -> str:
    text = fragment("revenue/dated_currencies") + fragment("revenue/days")
    values = {
        ":clinic_nos": "ARRAY[:clinic::integer]",
        ":as_of": "current_date",
        ":start": "current_date - :back::integer - 364",
        ":last": "current_date - :back::integer",
    }
    for name, value in values.items():
        text = text.replace(name, value)
    lines = [line for line in text.splitlines() if not line.startswith("--")]
    return "\n".join(
        (
            f"\\set clinic random(1, {clinics})",
            f"\\set back random(1, {days - 366})",
            "BEGIN;",
            *lines,
            ";",
            "COMMIT;",
        )
    )


def _pgbench() -> str:
    found = shutil.which("pgbench") or next(
        (str(path) for path in sorted(Path(_DEBIAN).glob("*/bin/pgbench"), reverse=True)), None
    )
    if found is None:
        raise typer.BadParameter("pgbench is needed; on Debian: apt-get install postgresql-contrib")
    return found
