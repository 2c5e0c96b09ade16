"""Ends everything a stack started, the services before the servers they talk to."""

import signal
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor

from deploy.local.processes import stop
from deploy.local.progress import Report
from deploy.local.records import Records

SERVERS = ("postgres", "kafka", "valkey")
_PATIENCE_SECONDS = 60
# It has written everything down already; one whose folder was deleted would not end at all.
_SHORT_PATIENCE_SECONDS = {"valkey": 10}
# PostgreSQL ends open sessions on SIGINT; on SIGTERM it would wait for them.
_SIGNALS = {"postgres": signal.SIGINT}


def stop_everything(
    records: Records, report: Report, *, only: Collection[str] | None = None
) -> None:
    """End every remembered process, or those of ``only``, with its children."""
    names = [name for name in records.processes() if only is None or name in only]
    services = [name for name in names if name not in SERVERS]
    servers = [name for name in names if name in SERVERS]
    for group in (services, servers):
        with ThreadPoolExecutor(max(1, len(group))) as pool:
            for name in group:
                pool.submit(_stop_one, records, name, report)


def _stop_one(records: Records, name: str, report: Report) -> None:
    identity = records.process(name)
    if identity is None:
        return
    report.doing(name, "stopping")
    sign = _SIGNALS.get(name, signal.SIGTERM)
    patience_seconds = _SHORT_PATIENCE_SECONDS.get(name, _PATIENCE_SECONDS)
    stop(identity, patience_seconds=patience_seconds, sign=sign)
    records.forget_process(name)
    report.done(name, "stopped")
