"""Named places where a process ends itself as if killed, for tests of what happens then.

Off unless CARELEDGER_FAIL_POINT names one: `extraction-kept@3` ends the process when it comes to
that place for the third time.
"""

from __future__ import annotations

import os
import signal
from typing import Final, Literal, get_args

from careledger.errors import ConfigurationError

FailPoint = Literal[
    "extraction-read",  # rows are read and compared, nothing is kept
    "extraction-kept",  # rows and records are kept, nothing is sent
    "extraction-half-sent",  # some of a chunk's records are sent
    "extraction-sent",  # all are sent, and it is not kept that they are
    "extraction-struck",  # and that is kept
    "extraction-before-totals",  # everything is read, the run has not ended
    "extraction-before-end",  # its control totals are kept
    "file-read",  # a portion of a file is judged and kept in a transaction that goes on
    "file-kept",  # all of a file is kept, nothing is sent
]
NAMES: Final[tuple[str, ...]] = get_args(FailPoint)


class FailPoints:
    """The places of one process."""

    def __init__(self, named: str = "") -> None:
        """Name at most one, with the number of the visit at which it acts.

        Raises:
            ConfigurationError: if there is no such place.
        """
        self._name, _, times = named.partition("@")
        if self._name and (self._name not in NAMES or not times.isdigit()):
            raise ConfigurationError(f"a fail point is one of {', '.join(NAMES)}, @ and a number")
        self._left = int(times or 0)

    def reach(self, name: FailPoint) -> None:
        """Pass a place, unless this is where the process is to end."""
        if name != self._name:
            return
        self._left -= 1
        if self._left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
