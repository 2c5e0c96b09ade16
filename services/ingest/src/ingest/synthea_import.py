"""Brings a Synthea export in, ever again with the dates, zone and currency of its first import.

The shift that makes its dates recent is part of the event ids, and zone and currency are part of
what the events say: other ones would make other events of the same rows.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import structs

from careledger import clock
from careledger.errors import ConfigurationError
from ingest.auditing import Actor
from ingest.imports import Importer, ImportTally
from ingest.parts import Parts
from ingest.runs import started
from ingest.sources.synthea import SyntheaOptions, last_activity_on, read_events, shift_until

_FIXED = ("shift_days", "time_zone", "currency")


class SyntheaImport:
    """The use case of importing Synthea exports."""

    def __init__(self, parts: Parts, actor: Actor) -> None:
        """Import on somebody's behalf."""
        self._pool = parts.pool
        self._importer = Importer(parts.intake, parts.audit, actor)
        self._actor = actor

    async def run(
        self,
        folder: Path,
        options: SyntheaOptions,
        *,
        shift_days: int | None,
        report: Callable[[ImportTally], None],
    ) -> ImportTally:
        """Import an export as one run.

        Args:
            folder: of the CSV files.
            options: what the export does not say about itself; their shift is not used.
            shift_days: days to add to every date; None for what its first import had, or, if this
                is the first, for a last activity in the week that ends yesterday.
            report: told the tally after each batch.

        Raises:
            ConfigurationError: if an earlier import had another shift, zone or currency.
            SourceUnreadableError: if the export cannot be read.
            RunInProgressError: if the export is being imported.
            UnavailableError: if Kafka or PostgreSQL is away; import it again.
        """
        source = _source(options)
        async with started(self._pool, source, "import", by=self._actor.name) as run:
            known = await run.first_checkpoint()
            if known is not None and shift_days is None:
                shift_days = known.get("shift_days")
            if shift_days is None:
                today = clock.today(options.time_zone)
                shift_days = shift_until(today, last_activity_on(folder, options))
            fixed = structs.replace(options, shift_days=shift_days)
            _compare(fixed, known)
            await run.keep({name: getattr(fixed, name) for name in _FIXED})
            events = read_events(folder, fixed)
            return await self._importer.bring_in(source, events, run, report=report)


def _source(options: SyntheaOptions) -> str:
    return f"urn:synthea:{options.dataset}"


def _compare(options: SyntheaOptions, known: dict[str, Any] | None) -> None:
    for name in _FIXED if known is not None else ():
        if known is not None and known.get(name) != getattr(options, name):
            raise ConfigurationError(
                f"{_source(options)} was imported before with {name} {known.get(name)}; with "
                "another its rows would be counted again as other events. Give the export another "
                "dataset name if that is meant."
            )
