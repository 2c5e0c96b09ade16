"""Answers kept in memory, so that asking again while nothing changed computes nothing.

Only answers without patients are kept. The memory is bounded and of one process; an answer is found
by its question and its edition, so another scope or watermark never meets it.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from careledger.events.audit import AuditAction
from careledger.reports.provenance import Freshness
from report_api.permissions import Permission

_OVERHEAD_BYTES: Final = 1_024


class QuestionKey(NamedTuple):
    """A question as it was sent."""

    path: str
    query: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """An answer without what `meta` says of its freshness, and what its audit record tells."""

    head: bytes
    tail: bytes
    watermark: str
    etag: str
    permission: Permission
    action: AuditAction
    route: Any
    clinic_ids: tuple[str, ...]
    noted: dict[str, str | int | list[str]]

    def body(self, freshness: Freshness) -> bytes:
        """Return the answer as it reads now."""
        return self.head + freshness.as_json() + self.tail

    @property
    def size_bytes(self) -> int:
        """About what it takes."""
        return len(self.head) + len(self.tail) + _OVERHEAD_BYTES


class KeptAnswers:
    """The answers last asked for, up to a number of bytes."""

    def __init__(self, bytes_max: int) -> None:
        self._bytes_max: Final = bytes_max
        self._bytes = 0
        self._answers: OrderedDict[tuple[QuestionKey, str], KeptAnswer] = OrderedDict()
        self._editions: dict[QuestionKey, int] = {}

    @property
    def size_bytes(self) -> int:
        """About what all of them take."""
        return self._bytes

    def knows(self, question: QuestionKey) -> bool:
        """Tell whether any edition of an answer is kept."""
        return question in self._editions

    def find(self, question: QuestionKey, etag: str) -> KeptAnswer | None:
        """Return the answer in one edition."""
        key = (question, etag)
        found = self._answers.get(key)
        if found is not None:
            self._answers.move_to_end(key)
        return found

    def keep(self, question: QuestionKey, answer: KeptAnswer) -> None:
        """Keep an answer; those not asked for longest make room."""
        if answer.size_bytes > self._bytes_max:
            return
        key = (question, answer.etag)
        if key in self._answers:
            self._forget(key)
        self._answers[key] = answer
        self._bytes += answer.size_bytes
        self._editions[question] = self._editions.get(question, 0) + 1
        while self._bytes > self._bytes_max:
            self._forget(next(iter(self._answers)))

    def _forget(self, key: tuple[QuestionKey, str]) -> None:
        self._bytes -= self._answers.pop(key).size_bytes
        question, _ = key
        self._editions[question] -= 1
        if not self._editions[question]:
            del self._editions[question]
