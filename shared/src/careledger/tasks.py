"""Contract 3: the Celery tasks, who sends and who runs them, and what both sides must agree on."""

from __future__ import annotations

from datetime import timedelta
from typing import Final, Literal

RENDER_EXPORT: Final = "pdf_worker.render_export"
"""Sent by report-api, run by pdf-worker, with one argument: the export's id. It is a doorbell: the
row of `exports` is the truth, so a lost or repeated message loses and repeats nothing."""

Paper = Literal["letter", "a4"]
"""The sheets a document can be made for."""

DocumentLocale = Literal["en-AU", "en-CA", "en-GB", "en-IE", "en-IN", "en-NZ", "en-US", "en-ZA"]
"""How a document writes figures and dates; its words are English."""

EXPORTS_QUEUE: Final = "exports"

RENDER_TIME_LIMIT: Final = timedelta(minutes=5)
"""The longest one rendering may take; shorter than the visibility time-out, or Redis would hand
the message to a second worker meanwhile."""

ATTEMPTS_MAX: Final = 3
"""After so many attempts that ended or died an export has failed (the view `export_states`)."""

VISIBILITY_TIMEOUT: Final = timedelta(minutes=10)

# Every process that shares the broker must say the same: the shortest visibility time-out wins.
_BROKER_OPTIONS: Final[dict[str, int]] = {
    "visibility_timeout": int(VISIBILITY_TIMEOUT.total_seconds()),
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 10,
    "socket_connect_timeout": 3,
}

CELERY_SETTINGS: Final[dict[str, object]] = {
    "accept_content": ["json"],
    "broker_transport_options": _BROKER_OPTIONS,
    "result_accept_content": ["json"],
    "task_acks_late": True,
    "task_default_queue": EXPORTS_QUEUE,
    "task_ignore_result": True,
    "task_reject_on_worker_lost": True,
    "task_serializer": "json",
}
"""Settings both sides of the queue share; pickle is refused."""
