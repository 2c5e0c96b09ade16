"""So many refused records in a row, or such a share of the latest ones, are too many."""

from datetime import timedelta

import pytest

from aggregator.errors import TooManyRefusedError
from aggregator.judging import Record, Refused
from aggregator.limit import WINDOW, RefusalLimit
from careledger.events.rejection import EventRejectedError
from support.records import APPENDED_AT, event, record

ERROR = EventRejectedError("body_invalid", "no event")


class Consumer:
    """Applies batches, written as G for a good record and B for a refused one."""

    def __init__(self, *, share_max: float = 0.2, in_a_row_max: int = 500) -> None:
        self.limit = RefusalLimit(share_max=share_max, in_a_row_max=in_a_row_max)
        self._told = event("patient.recorded")
        self._offset = 0

    def apply(self, batch: str) -> None:
        records: list[Record] = []
        for _ in batch:
            records.append(record(self._told, offset=self._offset))
            self._offset += 1
        refused = [
            Refused(one, ERROR) for one, kind in zip(records, batch, strict=True) if kind == "B"
        ]
        self.limit.keep(self.limit.judge(records, refused))


def test_so_many_in_a_row_stop_also_over_the_border_of_batches() -> None:
    consumer = Consumer(in_a_row_max=5)
    consumer.apply("GBBBBG")
    consumer.apply("GBBB")

    with pytest.raises(TooManyRefusedError, match="last 5 records are all refused"):
        consumer.apply("BBG")


def test_a_good_record_between_them_lets_it_go_on() -> None:
    consumer = Consumer(in_a_row_max=5)

    for _ in range(100):
        consumer.apply("BBBB")
        consumer.apply("G")


def test_a_share_of_the_latest_records_stops_and_a_smaller_one_does_not() -> None:
    consumer = Consumer(share_max=0.2)
    for _ in range(3):
        consumer.apply("GGGGB" * (WINDOW // 5))

    with pytest.raises(TooManyRefusedError, match=f"of the last {WINDOW} records are refused"):
        consumer.apply("GGGBB" * 10)


def test_few_records_are_not_judged_by_their_share() -> None:
    Consumer(share_max=0.01).apply("B" * 90 + "G")


def test_old_refusals_leave_the_window() -> None:
    consumer = Consumer(share_max=0.01, in_a_row_max=1_000)

    for _ in range(5):
        consumer.apply("B" * 99)
        consumer.apply("G" * WINDOW)


def test_a_batch_that_is_not_kept_is_judged_anew_with_the_same_outcome() -> None:
    consumer = Consumer(in_a_row_max=5)
    consumer.apply("BBBB")
    for _ in range(3):
        with pytest.raises(TooManyRefusedError):
            consumer.apply("B")


def test_what_was_appended_before_a_person_accepted_it_does_not_count() -> None:
    consumer = Consumer(in_a_row_max=5)
    consumer.limit.accept_until(APPENDED_AT)
    consumer.apply("B" * 100)

    later = Consumer(in_a_row_max=5)
    later.limit.accept_until(APPENDED_AT - timedelta(seconds=1))
    with pytest.raises(TooManyRefusedError):
        later.apply("B" * 100)
