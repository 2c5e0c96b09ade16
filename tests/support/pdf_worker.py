"""A real pdf-worker for a test: Celery's own command in a process, on the test's database."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest
from pydantic import SecretStr

from careledger.settings import StorageSettings
from report_api.settings import ReportApiSettings

LEASE_SECONDS = 3
_STOP_SECONDS = 30


@dataclass
class PdfWorker:
    """One worker process with its children."""

    environment: Mapping[str, str]
    log: Path
    process: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        """Start it; it answers when it is ready, which nobody has to wait for."""
        command = [
            *(sys.executable, "-m", "celery", "--app", "pdf_worker.app", "--quiet", "worker"),
            *("--without-gossip", "--without-mingle"),
        ]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def children(self) -> list[psutil.Process]:
        """The processes that render, as they are now."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def kill(self) -> None:
        """End it and its children as a machine that loses its power does."""
        for process in [psutil.Process(self.process.pid), *self.children()]:
            process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End it as a supervisor does, and make sure that nothing of it is left."""
        if self.process.poll() is not None:
            return
        children = self.children()
        self.process.terminate()
        try:
            self.process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
        for child in children:
            if child.is_running():
                child.kill()


def kill_children(worker: PdfWorker) -> None:
    """End the processes that render, and leave the worker."""
    for child in worker.children():
        child.send_signal(signal.SIGKILL)


StartPdfWorker = Callable[..., PdfWorker]


@pytest.fixture
def start_pdf_worker(
    report_api_settings: ReportApiSettings, tmp_path: Path
) -> Iterator[StartPdfWorker]:
    """Start workers beside the test's report-api; they end with the test."""
    with ExitStack() as running:

        def start(**settings: object) -> PdfWorker:
            worker = PdfWorker(
                worker_environment(report_api_settings, **settings), tmp_path / "pdf-worker.log"
            )
            worker.start()
            running.callback(worker.stop)
            return worker

        yield start


def worker_environment(shared: ReportApiSettings, **settings: object) -> dict[str, str]:
    """The environment of a worker on the parts of a report-api, with settings of its own."""
    own = {"pdf_worker_lease_seconds": LEASE_SECONDS, **settings}
    return {
        "REMAP_SIGTERM": "SIGQUIT",
        **{name: value for name, value in os.environ.items() if name in {"PATH", "HOME"}},  # noqa: TID251 - of the test's machine
        "CARELEDGER_DATABASE_URL": shared.database_url.get_secret_value(),
        "CARELEDGER_KAFKA_BOOTSTRAP": shared.kafka_bootstrap,
        "CARELEDGER_SECRET": shared.secret.get_secret_value(),
        "CARELEDGER_REDIS_URL": shared.redis_url.get_secret_value(),
        **{f"CARELEDGER_{name.upper()}": str(value) for name, value in own.items()},
        **{f"CARELEDGER_{name.upper()}": value for name, value in _storage(shared)},
    }


def _storage(shared: StorageSettings) -> Iterator[tuple[str, str]]:
    for name in StorageSettings.model_fields:
        value = getattr(shared, name)
        if value is not None:
            yield name, value.get_secret_value() if isinstance(value, SecretStr) else str(value)
