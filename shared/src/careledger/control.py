"""How report-api asks ingest to start or stop a run: the messages, and the token that opens it.

The route is internal. Its token is derived from the root secret, which both services have.
"""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from msgspec import Struct

from careledger.deidentification import derive_key

RUNS_PATH: Final = "/internal/extraction/runs"
REPLAYS_PATH: Final = "/internal/quarantine/replays"
_PURPOSE: Final = "internal-control"

RunMode = Literal["incremental", "range", "full", "reconcile"]


class RunRequest(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """Asks for a run."""

    mode: RunMode = "incremental"
    first_day: date | None = None
    last_day: date | None = None
    """Both, and only for a range."""
    accept_refusals: bool = False
    accept_deletions: bool = False
    by: str
    """Who asks, as the audit log names them."""


class CancelRequest(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """Asks a run to stop."""

    by: str


class RunAnswer(Struct, kw_only=True, frozen=True):
    """The run that was started, or the one that is in the way."""

    run_id: str | None


class ReplayRequest(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """Asks for a refused record to be judged again, with some fields put right."""

    topic: str
    partition: int
    offset: int
    digest: str
    corrections: dict[str, str | int]
    by: str


class ReplayAnswer(Struct, kw_only=True, frozen=True):
    """Where the event lies now, or why it is refused again."""

    became: str | None = None
    """Partition and offset, `0:1523`."""
    problem: str | None = None


def control_token(secret: str) -> str:
    """Return the bearer token of the internal routes."""
    return derive_key(secret, _PURPOSE).hex()
