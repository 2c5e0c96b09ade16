"""The checkpoint file: one line of JSON a checkpoint, appended and never rewritten."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from careledger.audit_chain.checkpoints import Checkpoint, CheckpointError, from_line, to_line

_LINE_BYTES_MAX: Final = 1_024
_MODE: Final = 0o640


def read_checkpoints(
    path: Path, *, newest: int | None = None
) -> Iterator[Checkpoint | CheckpointError]:
    """Read the checkpoints of a file in order; in place of a line that is none, why.

    Args:
        path: the file; one that does not exist yet holds none.
        newest: read about so many from the end only.

    Raises:
        OSError: if the file cannot be read.
    """
    if not path.exists():
        return
    with path.open("rb") as file:
        if newest is not None:
            end = file.seek(0, os.SEEK_END)
            begin = max(0, end - newest * _LINE_BYTES_MAX)
            file.seek(begin)
            if begin:
                file.readline()
        for line in file:
            try:
                yield from_line(line)
            except CheckpointError as error:
                yield error


def append_checkpoint(path: Path, checkpoint: Checkpoint) -> None:
    """Append a checkpoint and wait until it is on the disk.

    Raises:
        OSError: if the file cannot be written.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, _MODE)
    with os.fdopen(descriptor, "r+b", buffering=0) as file:
        # A line cut off by a crash must not swallow the next one.
        end = file.seek(0, os.SEEK_END)
        torn = end > 0 and os.pread(file.fileno(), 1, end - 1) != b"\n"
        file.write((b"\n" if torn else b"") + to_line(checkpoint) + b"\n")
        os.fsync(file.fileno())
