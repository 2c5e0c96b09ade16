"""Logs as one JSON line an event, with a net that takes personal numbers and addresses out."""

from __future__ import annotations

import json
import logging
import re
import sys
from typing import Final

import structlog
from structlog.typing import EventDict, Processor

_REMOVED: Final = "[removed]"
_PERSONAL: Final = re.compile(r"\b\d{3}-\d{2}-\d{4}\b|[\w.+-]+@[\w-]+\.[\w.]+", re.ASCII)
_TRACE: Final = re.compile(r"00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}", re.ASCII)
# At DEBUG these write keys and values of records, queries and their parameters into the log.
_TALKATIVE: Final = ("aiokafka", "asyncio", "asyncpg", "faststream", "sqlalchemy", "uvicorn")


def trace_id_of(traceparent: str) -> str | None:
    """Return the trace a caller's request belongs to; None for a header that names none.

    Args:
        traceparent: as W3C Trace Context, level 1, writes it; anything else could be a name.
    """
    found = _TRACE.fullmatch(traceparent)
    return found[1] if found and found[1].strip("0") else None


def configure_logging(service: str, level: str = "INFO") -> None:
    """Send every log line of this process, also those of libraries, to standard error as JSON.

    Args:
        service: written on every line.
        level: DEBUG, INFO, WARNING or ERROR; libraries say no more than WARNING.
    """

    def name_service(_logger: object, _method: str, event: EventDict) -> EventDict:
        event["service"] = service
        return event

    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        name_service,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                _render,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel("ERROR" if level == "ERROR" else "WARNING")


def _render(_logger: object, _method: str, event: EventDict) -> str:
    """Write one line, without SSNs and e-mail addresses: the net below the rule, not the rule."""
    return _PERSONAL.sub(_REMOVED, json.dumps(event, default=repr))
