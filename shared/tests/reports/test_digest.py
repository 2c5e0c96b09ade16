"""A digest depends on every figure of an answer, and on nothing else."""

from datetime import date

from careledger.reports.answers import Page, Sum
from careledger.reports.provenance import digest, digest_of_plain
from careledger.reports.receivables import BucketAmounts


def test_a_digest_does_not_depend_on_the_order_of_keys() -> None:
    assert digest({"a": 1, "b": [2, {"c": 3, "d": 4}]}) == digest(
        {"b": [2, {"d": 4, "c": 3}], "a": 1}
    )


def test_a_digest_changes_with_any_figure() -> None:
    assert digest({"sum": Sum(amount=1, count=1)}) != digest({"sum": Sum(amount=2, count=1)})


def test_what_tells_of_the_answer_is_no_part_of_the_digest() -> None:
    figures = {"points": [{"amount": 1}]}
    told = {"points": [{"amount": 1, "partial": True}], "page": Page(limit=1, next="x")}

    assert digest(told) == digest(figures)


def test_the_digest_of_models_is_that_of_the_json_they_are_served_as() -> None:
    amounts = BucketAmounts.model_validate({"1-30": 5})

    assert digest({"day": date(2026, 1, 2), "buckets": amounts}) == digest_of_plain(
        {
            "day": "2026-01-02",
            "buckets": {"current": 0, "1-30": 5, "31-60": 0, "61-90": 0, "over_90": 0},
        }
    )
