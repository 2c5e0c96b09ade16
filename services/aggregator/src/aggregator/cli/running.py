"""`aggregator run`: applies events until it is told to stop."""

from __future__ import annotations

import gc
import os
import sys
from typing import Final

import typer
import uvicorn
import uvloop

from aggregator.app import create_app, open_parts
from aggregator.settings import Settings
from careledger.errors import CareledgerError
from careledger.settings import load
from careledger.telemetry import configure_logging

_LOG_BROKEN: Final = 3
_SCHEDULE_ENDED: Final = 4


def run() -> None:
    """Apply events from Kafka to the reports until stopped."""
    # A crashed consumer task must end the process, not be restarted without limit inside it.
    os.environ["FASTSTREAM_SUPERVISOR_DISABLED"] = "1"  # noqa: TID251 - FastStream has no other switch
    try:
        settings = load(Settings)
        configure_logging("aggregator", settings.log_level)
        uvloop.run(serve(settings))
    except CareledgerError as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(1) from None


async def serve(settings: Settings) -> None:
    """Apply events until stopped.

    Raises:
        UnavailableError: naming every part that does not answer at the start.
        typer.Exit: with code 3 over a broken log, 4 when the schedule has ended by itself.
    """
    # Every batch makes and drops half a million objects, none in a cycle: looking for cycles
    # at the default rate took half of the time that Python spent on an event. The schedule looks.
    gc.freeze()
    gc.disable()
    parts = await open_parts(settings)
    server: uvicorn.Server | None = None
    schedule_ended = False

    def stop() -> None:
        nonlocal schedule_ended
        schedule_ended = True
        if server is not None:
            server.should_exit = True

    server = uvicorn.Server(
        uvicorn.Config(
            create_app(parts, settings, stop),
            host=settings.aggregator_health_host,
            port=settings.aggregator_health_port,
            log_config=None,
            access_log=False,
            lifespan="on",
        )
    )
    await server.serve()
    if any(inlet.broken is not None for inlet in parts.inlets):
        raise typer.Exit(_LOG_BROKEN)
    if schedule_ended:
        raise typer.Exit(_SCHEDULE_ENDED)
