"""What every explainer is given, and what it returns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from careledger.postgres import Connection
from careledger.reports.clinics import Clinic
from careledger.reports.explain.models import Component, ExplainedLeg, ExplainQuery
from careledger.reports.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: where to read, what may be known, which figure."""

    connection: Connection
    clinics: Sequence[Clinic]
    snapshot: Snapshot
    query: ExplainQuery
    component: Component | None

    @property
    def span(self) -> tuple[date, date]:
        """The days of the figure, cut by the as-of day; parameters are checked by then."""
        end = self.query.end_date or self.snapshot.as_of
        start = self.query.start_date or end
        return start, min(end, self.snapshot.as_of)


@dataclass(frozen=True, slots=True)
class Figure:
    """A page of legs, the sum of all of them, and the figure as served."""

    legs: list[ExplainedLeg]
    following: str | None
    sum: int
    served: int
