"""The doorbell: a message names an export, and what is to be done stands in its row."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from typing import Final

import structlog
from celery import Task

from careledger.tasks import RENDER_EXPORT
from pdf_worker.outages import OUTAGES
from pdf_worker.render import Workshop, render_export

_log = structlog.stdlib.get_logger(__name__)

_EXPORT_ID: Final = re.compile(r"[0-9a-f-]{36}", re.ASCII)
_A_MOMENT: Final = timedelta(seconds=1)


class RenderExport(Task):
    """Renders the export a message names; harmless however often it is told."""

    name = RENDER_EXPORT
    max_retries = None

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop

    def run(self, export_id: object = None, *_: object, **__: object) -> None:
        """Render an export; one that another worker holds, or that failed, is looked at again."""
        if not isinstance(export_id, str) or not _EXPORT_ID.fullmatch(export_id):
            _log.warning("message_refused")
            return
        worker = f"{self.request.hostname} {os.getpid()}"
        try:
            held = render_export(self._workshop, export_id, worker=worker)
        except OUTAGES as error:
            # report-api rings again for as long as the export waits.
            _log.warning("export_left", export_id=export_id, error=type(error).__name__)
            return
        if held is not None:
            raise self.retry(countdown=(held.wait + _A_MOMENT).total_seconds())
