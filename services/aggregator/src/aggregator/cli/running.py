"""`aggregator run`: applies events until it is told to stop."""

from __future__ import annotations

import gc
import os
import sys

import typer
import uvicorn
import uvloop

from aggregator.app import create_app, open_parts
from aggregator.settings import Settings
from careledger.errors import CareledgerError
from careledger.settings import load
from careledger.telemetry import configure_logging


def run() -> None:
    """Apply events from Kafka to the reports until stopped."""
    # A crashed consumer task must end the process, not be restarted without limit inside it.
    os.environ["FASTSTREAM_SUPERVISOR_DISABLED"] = "1"  # noqa: TID251 - FastStream has no other switch
    try:
        settings = load(Settings)
        configure_logging("aggregator", settings.log_level)
        uvloop.run(_serve(settings))
    except CareledgerError as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(1) from None


async def _serve(settings: Settings) -> None:
    # Every batch makes and drops half a million objects, none in a cycle: looking for cycles
    # at the default rate took half of the time that Python spent on an event. The schedule looks.
    gc.freeze()
    gc.disable()
    parts = await open_parts(settings)
    app = create_app(parts, settings)
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            host=settings.aggregator_health_host,
            port=settings.aggregator_health_port,
            log_config=None,
            access_log=False,
            lifespan="on",
        )
    )
    await server.serve()
    if any(inlet.broken is not None for inlet in parts.inlets):
        raise typer.Exit(3)
