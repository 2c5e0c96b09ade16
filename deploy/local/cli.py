"""The commands behind ``make up``, ``down``, ``demo`` and ``clean``."""

import signal
import sys
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType
from typing import Annotated

import typer
from deploy.local import demo as demonstration
from deploy.local import lifecycle
from deploy.local.errors import LocalStackError
from deploy.local.installation import this_installation
from deploy.local.kafka_jars import write_lock
from deploy.local.progress import Display
from deploy.local.summary import print_summary, status_table
from rich.console import Console

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
_INTERRUPTED = 130
_console = Console(stderr=False, highlight=False)


@app.command()
def up() -> None:
    """Start the stack and the services in the background."""
    with _told_plainly():
        installation = this_installation()
        with Display(_console) as display:
            endpoints = lifecycle.up(installation, display)
        print_summary(_console, endpoints, installation.places.home)
        _console.print("make down stops everything; the data stay.", style="bold")


@app.command()
def stack_up() -> None:
    """Start PostgreSQL, Kafka and Valkey only, and print their addresses."""
    with _told_plainly():
        with Display(_console) as display:
            addresses = lifecycle.start_stack(this_installation(), display)
        _console.print(
            f"{addresses.postgres}\n{addresses.kafka}\n{addresses.redis}", soft_wrap=True
        )


@app.command()
def down() -> None:
    """Stop everything; the data stay."""
    with _told_plainly(), Display(_console) as display:
        lifecycle.down(this_installation(), display)


@app.command()
def clean() -> None:
    """Stop everything and forget the data."""
    with _told_plainly(), Display(_console) as display:
        lifecycle.clean(this_installation(), display)


@app.command()
def demo(
    *, seconds: Annotated[float | None, typer.Option(help="End by itself after this time.")] = None
) -> None:
    """Start everything, load the demo's data and keep live traffic going until Ctrl-C."""
    with _told_plainly():
        demonstration.run(this_installation(), _console, seconds=seconds)


@app.command()
def status() -> None:
    """Show which processes of the stack are running."""
    with _told_plainly():
        _console.print(status_table(this_installation()))


@app.command()
def lock_kafka() -> None:
    """Resolve the jars of Kafka anew and write their lock."""
    with _told_plainly():
        _console.print(
            f"{write_lock(mirror=this_installation().settings.maven_mirror)} jars locked"
        )


@contextmanager
def _told_plainly() -> Generator[None]:
    """Turn what a user can mend into one message, and a request to end into an interrupt."""
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGHUP, _interrupt)
    try:
        yield
    except LocalStackError as error:
        _console.print(f"error: {error}", soft_wrap=True, markup=False)
        raise typer.Exit(1) from error
    except KeyboardInterrupt:
        raise typer.Exit(_INTERRUPTED) from None


def _interrupt(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise KeyboardInterrupt


def main() -> None:
    """Run the command of this process."""
    app(prog_name="python -m deploy.local")
    sys.exit()
