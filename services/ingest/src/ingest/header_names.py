"""Lets aiokafka read records whose header names are not UTF-8.

Kafka, and clients written in C, let any bytes pass as a header's name. aiokafka raises at such a
record and never gets past it: one record of one partner would stop everybody's. Here the bytes
that are no text are read as question marks, and the record is judged like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from aiokafka.consumer import fetcher
from aiokafka.record import default_records, memory_records

_default_records: Any = default_records
_memory_records: Any = memory_records
_MAGIC_WITH_HEADERS: Final = 2
_ASCII_LAST: Final = 0x7F


def accept_any_header_name() -> None:
    """Make the consumers of this process read forgivingly; aiokafka has no setting for it."""
    fetcher.MemoryRecords = ForgivingRecords


class ForgivingRecords:
    """What a fetch returned, batch by batch."""

    def __init__(self, text: bytes) -> None:
        self._records = _memory_records._MemoryRecordsPy(text)  # noqa: SLF001

    def size_in_bytes(self) -> int:
        """Return the size of all of it."""
        return self._records.size_in_bytes()

    def has_next(self) -> bool:
        """Tell whether there is another batch."""
        return self._records.has_next()

    def next_batch(self) -> Any:  # noqa: ANN401 - aiokafka's own class, or one that acts as it
        """Return the next batch, or None at the end."""
        text: memoryview | None = self._records._next_slice  # noqa: SLF001
        batch = self._records.next_batch()
        if text is None or batch is None or batch.magic < _MAGIC_WITH_HEADERS:
            return batch
        return _ForgivingBatch(batch, text)


class _ForgivingBatch:
    """A batch read by aiokafka's fast reader as far as that gets, and by its patient one onward."""

    def __init__(self, batch: Any, text: memoryview) -> None:  # noqa: ANN401 - as above
        self._batch = batch
        self._text = text

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the batch has
        return getattr(self._batch, name)

    def __iter__(self) -> Iterator[Any]:
        read = 0
        try:
            for record in self._batch:
                yield record
                read += 1
        except UnicodeDecodeError:
            yield from islice(_read_patiently(self._text), read, None)


def _read_patiently(text: memoryview) -> Iterator[Any]:
    batch = _default_records._DefaultRecordBatchPy(text)  # noqa: SLF001
    batch._maybe_uncompress()  # noqa: SLF001
    for _ in range(batch._num_records):  # noqa: SLF001
        record = None
        while record is None:
            try:
                record = batch._read_msg()  # noqa: SLF001
            except UnicodeDecodeError as error:
                _mask(batch, bytes(error.object))
        yield record


def _mask(batch: Any, name: bytes) -> None:  # noqa: ANN401 - as above
    """Write question marks over what is no text, where the name stands in the record at hand."""
    start = batch._buffer.index(name, batch._pos)  # noqa: SLF001
    masked = bytes(byte if byte <= _ASCII_LAST else ord("?") for byte in name)
    batch._buffer[start : start + len(name)] = masked  # noqa: SLF001
