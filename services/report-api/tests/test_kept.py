"""Answers in memory: found by question and edition, within bounds."""

from report_api.kept import KeptAnswer, KeptAnswers, QuestionKey
from report_api.permissions import Permission

QUESTION = QuestionKey("/api/v1/reports/revenue", b"")


def answer(etag: str, size: int = 10_000) -> KeptAnswer:
    return KeptAnswer(
        head=b"x" * size,
        tail=b"",
        watermark="0:1",
        etag=etag,
        permission=Permission.REVENUE_READ,
        action="report.viewed",
        route=None,
        clinic_ids=(),
        noted={},
    )


def test_an_answer_is_found_in_its_edition_only() -> None:
    kept = KeptAnswers(100_000)
    kept.keep(QUESTION, answer("one"))

    assert kept.knows(QUESTION)
    assert kept.find(QUESTION, "one") is not None
    assert kept.find(QUESTION, "two") is None
    assert kept.find(QuestionKey(QUESTION.path, b"a=1"), "one") is None


def test_what_was_not_asked_for_longest_makes_room() -> None:
    kept = KeptAnswers(25_000)
    kept.keep(QUESTION, answer("one"))
    kept.keep(QUESTION, answer("two"))
    kept.find(QUESTION, "one")
    kept.keep(QUESTION, answer("three"))

    assert kept.find(QUESTION, "two") is None
    assert kept.find(QUESTION, "one") is not None
    assert kept.size_bytes <= 25_000


def test_the_same_answer_again_takes_no_more_room() -> None:
    kept = KeptAnswers(100_000)
    kept.keep(QUESTION, answer("one"))
    size = kept.size_bytes
    kept.keep(QUESTION, answer("one"))

    assert kept.size_bytes == size


def test_an_answer_larger_than_the_memory_is_not_kept() -> None:
    kept = KeptAnswers(5_000)
    kept.keep(QUESTION, answer("one"))

    assert not kept.knows(QUESTION)
