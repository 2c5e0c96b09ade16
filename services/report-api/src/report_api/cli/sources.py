"""`report-api sources`: keys by which sources send events to ingest."""

from __future__ import annotations

from typing import Annotated

import typer

from careledger.audit_trail import operator
from careledger.commands import in_transaction
from report_api import source_keys
from report_api.cli.output import print_table
from report_api.settings import SERVICE, root_secret

app = typer.Typer(help="Sources: keys by which they send events.", no_args_is_help=True)


@app.command("add-key")
def add_key(
    source: Annotated[str, typer.Argument(help="What the sender is called in the audit log.")],
    *,
    webhook: Annotated[
        bool, typer.Option("--webhook", help="A secret that signs, instead of a bearer token.")
    ] = False,
) -> None:
    """Give a source one more key; it is shown once. To change a key: add one, then disable it."""
    kind: source_keys.KeyKind = "webhook" if webhook else "token"
    secret = root_secret()
    key_id, key = in_transaction(
        SERVICE,
        lambda connection: source_keys.add_key(connection, secret, source, kind, by=operator()),
    )
    typer.echo(f"key_id: {key_id}\nkey: {key}")


@app.command("disable-key")
def disable_key(key_id: Annotated[str, typer.Argument(help="The key's id.")]) -> None:
    """Withdraw a key; ingest refuses it within seconds."""
    in_transaction(
        SERVICE, lambda connection: source_keys.disable_key(connection, key_id, by=operator())
    )
    typer.echo("disabled")


@app.command("list")
def show() -> None:
    """List the keys; those of ingest's own settings are not among them."""
    print_table(
        ("key_id", "source", "kind", "created_at", "state"),
        [
            (
                row["key_id"],
                row["source"],
                row["kind"],
                f"{row['created_at']:%Y-%m-%d}",
                "disabled" if row["disabled_at"] else "active",
            )
            for row in in_transaction(SERVICE, source_keys.list_keys)
        ],
    )
