"""Ends everything a stack started, the services before the servers they talk to."""

import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from deploy.local.processes import stop
from deploy.local.records import Records

SERVERS = ("postgres", "kafka", "valkey")
_PATIENCE_SECONDS = 60
# PostgreSQL ends open sessions on SIGINT; on SIGTERM it would wait for them.
_SIGNALS = {"postgres": signal.SIGINT}


def stop_everything(records: Records, report: Callable[[str, str], None]) -> None:
    """End every remembered process with its children, and wait until they are gone."""
    names = list(records.processes())
    services = [name for name in names if name not in SERVERS]
    servers = [name for name in names if name in SERVERS]
    for group in (services, servers):
        with ThreadPoolExecutor(max(1, len(group))) as pool:
            for name in group:
                pool.submit(_stop_one, records, name, report)


def _stop_one(records: Records, name: str, report: Callable[[str, str], None]) -> None:
    identity = records.process(name)
    if identity is None:
        return
    report(name, "stopping")
    sign = _SIGNALS.get(name, signal.SIGTERM)
    stop(identity, patience_seconds=_PATIENCE_SECONDS, sign=sign)
    records.forget_process(name)
    report(name, "stopped")
