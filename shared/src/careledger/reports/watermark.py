"""Watermarks: the vector of next offsets that says which records an answer knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from careledger.reports.errors import QuestionError

_PART: Final = re.compile(r"(0|[1-9]\d{0,4}):(0|[1-9]\d{0,17})", re.ASCII)
_PARTITION_MAX: Final = 32_767


@dataclass(frozen=True, slots=True)
class Watermark:
    """The next offset of each partition: a record below it is known, all others are not."""

    offsets: Mapping[int, int]

    def __str__(self) -> str:
        return ",".join(f"{partition}:{self.offsets[partition]}" for partition in self.partitions)

    @property
    def partitions(self) -> list[int]:
        """The partitions named, ascending."""
        return sorted(self.offsets)

    @property
    def vector(self) -> list[int]:
        """The offsets as SQL reads them: element p + 1 is the offset of partition p."""
        width = max(self.offsets, default=-1) + 1
        return [self.offsets.get(partition, 0) for partition in range(width)]

    def covers(self, other: Watermark) -> bool:
        """Tell whether everything known at the other watermark is known at this one."""
        return all(
            offset <= self.offsets.get(partition, 0) for partition, offset in other.offsets.items()
        )


def parse_watermark(text: str) -> Watermark:
    """Read a watermark such as "0:1523,1:1498".

    Raises:
        QuestionError: if it is anything else, or names a partition twice.
    """
    offsets: dict[int, int] = {}
    for part in text.split(",") if text else ():
        match = _PART.fullmatch(part)
        if match is None or int(match[1]) > _PARTITION_MAX or int(match[1]) in offsets:
            raise QuestionError("watermark", "a watermark is written partition:offset,… (0:15,1:9)")
        offsets[int(match[1])] = int(match[2])
    return Watermark(offsets)


def resolve_watermark(current: Watermark, text: str | None) -> Watermark:
    """Return the watermark of a question: the one given, else the current one.

    Raises:
        QuestionError: if it is malformed, or lies above the current one in any partition.
    """
    if text is None:
        return current
    asked = parse_watermark(text)
    if not current.covers(asked):
        raise QuestionError("watermark", f"not recorded yet; the current watermark is {current}")
    return asked
