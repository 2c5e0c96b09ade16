"""`aggregator names`: the blind index of patient names, by generation of its key."""

from __future__ import annotations

from typing import Annotated

import typer

from aggregator.name_keys import count_generations, forget_generation
from aggregator.settings import SERVICE
from careledger.audit_trail import operator
from careledger.commands import in_transaction

app = typer.Typer(help="The blind index of patient names.", no_args_is_help=True)


@app.command("list-keys")
def list_keys() -> None:
    """Show of each key how many patients can be found by it, and how many by it alone.

    A key may be forgotten when nobody hangs on it alone any more.
    """
    typer.echo("key_id  patients  by it alone")
    for one in in_transaction(SERVICE, count_generations):
        typer.echo(f"{one.key_id:6}  {one.patients:8}  {one.only_here:11}")


@app.command("forget-key")
def forget_key(
    key_id: Annotated[str, typer.Argument(help="The key, no longer in CARELEDGER_NAME_KEYS.")],
) -> None:
    """Delete every token under a key; patients with no other are found by id alone."""
    gone = in_transaction(
        SERVICE, lambda connection: forget_generation(connection, key_id, by=operator())
    )
    typer.echo(f"{gone} tokens deleted")
