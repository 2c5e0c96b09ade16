"""The horizon: how far back answers reach since older stories are removed; pure.

Whoever asks behind it is refused and told the day. Nothing is ever answered from what happens to be
left of a removed month.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from careledger.reports.errors import QuestionError
from careledger.reports.watermark import Watermark

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Horizon:
    """The first day that answers reach back to, and the least they must know."""

    day: date
    watermark: Watermark
    """Everything removed was recorded below it."""
    totals_day: date | None
    """The first day of which daily totals are kept; None keeps all."""

    def check_set(self, as_of: date, watermark: Watermark) -> None:
        """Refuse an as-of date or a watermark that lies behind the horizon.

        The evening before the horizon is the last that can be refused and is not: all that is
        removed had happened by then, so the opening balance of the first day is exact.

        Raises:
            QuestionError: naming the first day.
        """
        if as_of < self.day - _ONE_DAY:
            raise QuestionError("as_of", self._problem(self.day))
        if not watermark.covers(self.watermark):
            raise QuestionError(
                "watermark",
                f"behind what is kept; the earliest that can be asked is {self.watermark}",
            )

    def check_day(self, parameter: str, day: date) -> None:
        """Refuse a question about single facts of a day before the horizon.

        Raises:
            QuestionError: naming the first day.
        """
        if day < self.day:
            raise QuestionError(parameter, self._problem(self.day))

    def check_totals(self, parameter: str, day: date) -> None:
        """Refuse a question about daily totals of a day whose totals are no longer kept.

        Raises:
            QuestionError: naming the first day.
        """
        if self.totals_day is not None and day < self.totals_day:
            raise QuestionError(parameter, self._problem(self.totals_day))

    @staticmethod
    def _problem(day: date) -> str:
        return f"older than what is kept; the first day that can be asked about is {day}"
