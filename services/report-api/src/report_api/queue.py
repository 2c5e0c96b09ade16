"""The doorbell of pdf-worker: sends Celery tasks; the only module here that knows Celery."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import structlog
from celery import Celery

from careledger.tasks import CELERY_SETTINGS, EXPORTS_QUEUE, RENDER_EXPORT

_log = structlog.stdlib.get_logger(__name__)


class ExportBell:
    """Rings for exports whose rows are committed; the sweeper repeats a ring that was lost."""

    def __init__(self, redis_url: str) -> None:
        self._celery: Any = Celery("report-api", broker=redis_url, set_as_current=False)
        self._celery.conf.update(CELERY_SETTINGS)
        # Celery's client blocks, so it has a thread of its own; one is enough to keep the order.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="export-bell")

    @property
    def settings(self) -> Mapping[str, Any]:
        """What Celery is set to on this side of the queue."""
        return self._celery.conf

    async def ring(self, export_id: str) -> bool:
        """Tell the workers of an export; returns whether the message was taken."""
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._thread, self._send, export_id)
        except Exception as error:  # noqa: BLE001 - whatever it is, the row stays and is rung for again
            _log.warning("export_not_rung", export_id=export_id, error=type(error).__name__)
            return False
        return True

    def _send(self, export_id: str) -> None:
        self._celery.send_task(
            RENDER_EXPORT, args=(export_id,), queue=EXPORTS_QUEUE, retry=False, ignore_result=True
        )

    def close(self) -> None:
        """Let the thread and the connections go."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._celery.close()
