"""PostgreSQL, Kafka and Valkey of the benchmarks: durable, their data kept for the next run."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from deploy.local.installation import Installation
from deploy.local.lifecycle import start_stack
from deploy.local.progress import Silence
from deploy.local.settings import CLONE, load_settings
from deploy.local.stack import Addresses
from deploy.local.stopping import stop_everything

HOME: Final = CLONE / ".local" / "bench"


@contextmanager
def lasting_stack() -> Generator[Addresses]:
    """Start the stack below .local/bench, or use what the environment names; stop it at the end."""
    settings = load_settings().model_copy(update={"local_home": HOME})
    installation = Installation(settings)
    try:
        yield start_stack(installation, Silence())
    finally:
        stop_everything(installation.records, Silence())
