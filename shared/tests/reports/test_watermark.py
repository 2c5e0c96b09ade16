"""A watermark is written in one way, and read again or refused."""

import pytest

from careledger.reports.errors import QuestionError
from careledger.reports.watermark import Watermark, parse_watermark, resolve_watermark


def test_a_watermark_is_written_in_the_order_of_partitions() -> None:
    assert str(Watermark({1: 1_498, 0: 1_523, 10: 3})) == "0:1523,1:1498,10:3"


@pytest.mark.parametrize("text", ["", "0:0", "0:1523,1:1498", "3:7"])
def test_what_is_written_is_read_again(text: str) -> None:
    assert str(parse_watermark(text)) == text


@pytest.mark.parametrize(
    "text", ["x", "0", "0:", ":1", "0:-1", "0:1,", "0:1,0:2", "0:1 ,1:2", "00:1", "40000:1", "0:٣"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(QuestionError) as refused:
        parse_watermark(text)

    assert refused.value.parameter == "watermark"


def test_a_partition_that_is_not_named_is_not_known_at_all() -> None:
    assert parse_watermark("0:5,3:7").vector == [5, 0, 0, 7]


def test_without_a_watermark_the_current_one_holds() -> None:
    current = Watermark({0: 5})

    assert resolve_watermark(current, None) is current


@pytest.mark.parametrize("text", ["0:6", "0:5,1:1", "1:1"])
def test_a_watermark_above_the_current_one_in_any_partition_is_refused(text: str) -> None:
    with pytest.raises(QuestionError, match="not recorded yet; the current watermark is 0:5"):
        resolve_watermark(Watermark({0: 5}), text)


def test_an_earlier_watermark_is_taken_as_it_is() -> None:
    assert resolve_watermark(Watermark({0: 5, 1: 9}), "1:3") == Watermark({1: 3})
