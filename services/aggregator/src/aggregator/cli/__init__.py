"""The command `aggregator`: applies events, verifies the log, keeps the index of names."""

from __future__ import annotations

import typer

from aggregator.cli import auditing, names, refusals, retention, running
from careledger.commands import run_command

app = typer.Typer(
    no_args_is_help=True,
    help="Facts become reports, each counted once.",
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("run")(running.run)
app.add_typer(auditing.app, name="audit")
app.add_typer(names.app, name="names")
app.add_typer(refusals.app, name="refusals")
app.add_typer(retention.app, name="retention")


def main() -> None:
    """Run the command; what is wrong is said in one line and no traceback."""
    run_command(app)
