"""The command `aggregator`: applies events, verifies the log, keeps the index of names."""

from __future__ import annotations

import typer

from aggregator.cli import auditing, names, refusals, retention, running

main = typer.Typer(
    no_args_is_help=True,
    help="Facts become reports, each counted once.",
    add_completion=False,
    pretty_exceptions_enable=False,
)
main.command("run")(running.run)
main.add_typer(auditing.app, name="audit")
main.add_typer(names.app, name="names")
main.add_typer(refusals.app, name="refusals")
main.add_typer(retention.app, name="retention")
