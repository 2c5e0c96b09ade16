"""Puts pdf-worker together; Celery finds the application here as `app`."""

from __future__ import annotations

import asyncio
import gc
import logging
import resource
import sys
from datetime import timedelta
from typing import Final

from celery import Celery, signals

from careledger.errors import ConfigurationError
from careledger.settings import load
from careledger.storage import open_store
from careledger.tasks import CELERY_SETTINGS, RENDER_TIME_LIMIT
from careledger.telemetry import configure_logging
from pdf_worker.render import Workshop
from pdf_worker.settings import SERVICE, PdfWorkerSettings
from pdf_worker.startup import check_parts
from pdf_worker.tasks import RenderExport
from pdf_worker.weasy import prepare

_TIME_TO_END: Final = timedelta(seconds=20)
"""Between the moment a rendering is told to stop and the moment its process is killed."""
_SECONDS_TO_PREPARE: Final = 60
_TASKS_OF_A_PROCESS: Final = 50
_RESIDENT_KIB_MAX: Final = 600 * 1024
"""A process that has grown beyond this is replaced after its task."""
_OBJECTS_BEFORE_COLLECTION: Final = 200_000
_TALKATIVE: Final = ("fontTools", "weasyprint.progress")
"""At INFO these tell of every page and font."""


def create_app(settings: PdfWorkerSettings) -> Celery:
    """Build the Celery application.

    Args:
        settings: of this worker.
    """
    app = Celery(SERVICE, broker=settings.redis_url.get_secret_value(), set_as_current=False)
    app.conf.update(CELERY_SETTINGS)
    limit_seconds = RENDER_TIME_LIMIT.total_seconds()
    app.conf.update(
        broker_connection_retry_on_startup=True,
        task_soft_time_limit=limit_seconds - _TIME_TO_END.total_seconds(),
        task_time_limit=limit_seconds,
        # A rendering goes on without Redis: its end is written in PostgreSQL.
        worker_cancel_long_running_tasks_on_connection_loss=False,
        worker_concurrency=settings.pdf_worker_processes,
        worker_max_memory_per_child=_RESIDENT_KIB_MAX,
        worker_max_tasks_per_child=_TASKS_OF_A_PROCESS,
        worker_prefetch_multiplier=1,
        worker_proc_alive_timeout=_SECONDS_TO_PREPARE,
        worker_send_task_events=False,
        worker_soft_shutdown_timeout=settings.pdf_worker_stop_seconds,
    )
    workshop = Workshop(
        database_url=settings.database_url.get_secret_value(),
        store=open_store(settings),
        lease=timedelta(seconds=settings.pdf_worker_lease_seconds),
        statement_timeout_ms=settings.pdf_worker_statement_timeout_ms,
    )
    app.register_task(RenderExport(workshop))
    _prepare_processes(settings)
    return app


def _prepare_processes(settings: PdfWorkerSettings) -> None:
    """Let the worker check its parts before it starts, and each of its processes be limited."""

    def log(**_: object) -> None:
        configure_logging(SERVICE, settings.log_level)
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel("WARNING")

    def check(**_: object) -> None:
        try:
            asyncio.run(check_parts(settings))
        except ConfigurationError as error:
            _give_up(error)

    def limit(**_: object) -> None:
        memory = settings.pdf_worker_memory_mib * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        # A layout makes a million objects that all live until its end: looking for garbage among
        # them at the default rate took a third of the time.
        prepare()
        gc.freeze()
        gc.set_threshold(_OBJECTS_BEFORE_COLLECTION, 20, 50)

    signals.setup_logging.connect(log, weak=False)
    signals.celeryd_init.connect(check, weak=False)
    signals.worker_process_init.connect(limit, weak=False)


def _give_up(error: ConfigurationError) -> None:
    sys.stderr.write(f"{error}\n")
    sys.exit(1)


def __getattr__(name: str) -> Celery:
    """Return the application built from the environment, when Celery's command asks for it."""
    if name != "app":
        raise AttributeError(name)
    try:
        app = create_app(load(PdfWorkerSettings))
    except ConfigurationError as error:
        _give_up(error)
        raise
    globals()["app"] = app
    return app
