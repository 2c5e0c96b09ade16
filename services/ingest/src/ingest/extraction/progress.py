"""How far a run is, shown in its row; and what ends it early: a person, or too many refusals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from careledger.errors import CareledgerError
from ingest.extraction.telling import Chunk
from ingest.runs import Run, RunCounts

Report = Callable[[RunCounts, int], None]
"""Told after each chunk what was done so far, and of how many rows in all."""

REFUSED_MIN: Final = 500
REFUSED_SHARE_MAX: Final = 0.2


class RunStoppedError(CareledgerError):
    """A run that a person or a limit ended; what was told so far stays, and is right."""


class Progress:
    """The counts of a run."""

    def __init__(self, run: Run, report: Report, *, refusals_accepted: bool) -> None:
        """Show them in the run's row, and to who started it."""
        self._run = run
        self._report = report
        self._refusals_accepted = refusals_accepted
        self.expected = 0
        self.counts: Final = RunCounts()

    async def add(self, rows: int, chunk: Chunk) -> None:
        """Count what was told.

        Raises:
            RunStoppedError: if the run is to end here.
        """
        counts = self.counts
        counts.read += rows
        counts.published += chunk.events
        counts.unchanged += chunk.unchanged
        counts.quarantined += chunk.refused
        counts.deleted += chunk.deleted
        if chunk.through is not None:
            counts.data_through = max(counts.data_through or chunk.through, chunk.through)
        asked_by = await self._run.count(counts)
        self._report(counts, self.expected)
        if asked_by is not None:
            raise RunStoppedError(f"{asked_by} stopped it; the next run goes on where it stands")
        too_many = max(REFUSED_MIN, REFUSED_SHARE_MAX * counts.read)
        if counts.quarantined > too_many and not self._refusals_accepted:
            raise RunStoppedError(
                f"{counts.quarantined} of {counts.read} rows were refused, which is too many to go "
                "on: see the quarantine, mend the mapping or the source, or accept them"
            )
