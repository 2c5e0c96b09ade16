"""The aggregator's errors; each says whether the batch may be tried again."""

from datetime import datetime

from careledger.errors import CareledgerError


class RecordsSkippedError(CareledgerError):
    """The consumer stands beyond the stored offsets; it must seek back to them."""

    def __init__(self, stored: dict[int, int]) -> None:
        super().__init__("records were skipped; seek back to the stored offsets")
        self.stored = stored


class TooManyRefusedError(CareledgerError):
    """So many records are refused that a person must look before more are put aside."""

    def __init__(self, problem: str, appended_at: datetime) -> None:
        """Say how many, and when Kafka took the last of them."""
        super().__init__(problem)
        self.appended_at = appended_at


class LogBrokenError(CareledgerError):
    """Records are gone for good, or the log is another one: stop and alert, never guess."""
