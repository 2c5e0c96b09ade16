"""`report-api quarantine`: refused records, listed, looked at, replayed or dismissed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final

import typer

from careledger import audit_trail
from careledger.commands import in_transaction
from careledger.errors import ConfigurationError
from careledger.events.audit import AuditAction
from careledger.postgres import Connection
from report_api.cli.output import print_table
from report_api.deciding import Decider
from report_api.quarantine import Dismissal, Filters, QuarantinedRecord, Status, list_records
from report_api.run_control import RunControl
from report_api.settings import SERVICE, control_settings

app = typer.Typer(help="Quarantine: records that were refused.", no_args_is_help=True)
_LISTED_MAX: Final = 200
_AMOUNTS: Final = frozenset({"amount", "fee"})

_Number = Annotated[int, typer.Argument(min=1, help="The record's number in the list.")]


@app.command("list")
def show_list(
    status: Annotated[Status, typer.Option(help="What was decided about them.")] = "open",
    source: Annotated[str | None, typer.Option(help="Only those of one source.")] = None,
    reason: Annotated[str | None, typer.Option(help="Only those refused for one reason.")] = None,
    before: Annotated[int | None, typer.Option(help="Only those before this number.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=_LISTED_MAX, help="Most records.")] = 50,
) -> None:
    """List refused records, the latest first."""
    filters = Filters(before=before, source=source, reason=reason, status=status, limit=limit)

    async def work(connection: Connection) -> list[QuarantinedRecord]:
        records = await list_records(connection, filters, None, patients=True)
        await _audit(connection, "quarantine.viewed", "quarantine", {"count": len(records)})
        return records

    print_table(
        ("number", "recorded_at", "source", "reason", "problem", "status"),
        [
            (
                str(one.quarantine_id),
                f"{one.recorded_at:%Y-%m-%d %H:%M}",
                one.source or one.topic,
                one.reason,
                one.problem,
                one.status,
            )
            for one in in_transaction(SERVICE, work)
        ],
    )


@app.command("show")
def show(quarantine_id: _Number) -> None:
    """Show what is kept of a refused record: ids, amounts and dates, never its payload."""

    async def work(connection: Connection) -> QuarantinedRecord:
        record = await _decider(connection).found(quarantine_id)
        await _audit(
            connection, "quarantine.viewed", _resource(quarantine_id), {"reason": record.reason}
        )
        return record

    _print(in_transaction(SERVICE, work))


@app.command("replay")
def replay(
    quarantine_id: _Number,
    corrections: Annotated[
        list[str] | None,
        typer.Option("--set", help="A field put right, as currency=USD; again for more."),
    ] = None,
) -> None:
    """Have a record judged again; what passes is published under its own id.

    Amounts are minor units: --set amount=12500 is 125.00 of a currency with cents.
    """
    settings = control_settings()
    corrected = _corrections(corrections or ())

    async def work(connection: Connection) -> QuarantinedRecord:
        control = RunControl(settings.ingest_url, settings.secret.get_secret_value())
        try:
            record = await _decider(connection).replay(quarantine_id, corrected, control)
        finally:
            await control.close()
        await _audit_decision(connection, record, sorted(corrected))
        return record

    typer.echo(f"replayed: the event lies at {in_transaction(SERVICE, work).became}")


@app.command("dismiss")
def dismiss(
    quarantine_id: _Number,
    reason: Annotated[Dismissal, typer.Option(help="Why it needs nothing more.")],
) -> None:
    """Say that a record needs nothing more, and why."""

    async def work(connection: Connection) -> None:
        record = await _decider(connection).dismiss(quarantine_id, reason)
        await _audit_decision(connection, record, [])

    in_transaction(SERVICE, work)
    typer.echo("dismissed")


def _corrections(texts: Sequence[str]) -> dict[str, str | int]:
    corrections: dict[str, str | int] = {}
    for text in texts:
        field, equals, value = text.partition("=")
        if not field or not equals:
            raise ConfigurationError("--set takes a field and its value, as currency=USD")
        if field in _AMOUNTS:
            try:
                corrections[field] = int(value)
            except ValueError:
                raise ConfigurationError(f"{field} is a whole number of minor units") from None
        else:
            corrections[field] = value
    return corrections


def _print(record: QuarantinedRecord) -> None:
    told = record.model_dump(mode="json", exclude={"fields"}, exclude_none=True)
    told.update({f"fields.{name}": value for name, value in sorted(record.fields.items())})
    width = max(map(len, told))
    for name, value in told.items():
        typer.echo(f"{name.ljust(width)}  {value}")


def _decider(connection: Connection) -> Decider:
    return Decider(connection=connection, by=audit_trail.operator())


def _resource(quarantine_id: int) -> str:
    return f"quarantine/{quarantine_id}"


async def _audit_decision(
    connection: Connection, record: QuarantinedRecord, corrected: list[str]
) -> None:
    await _audit(
        connection,
        "quarantine.decided",
        _resource(record.quarantine_id),
        {
            "reason": record.reason,
            "decision": record.status,
            "corrected": corrected,
        },
    )


async def _audit(
    connection: Connection,
    action: AuditAction,
    resource: str,
    details: dict[str, str | int | list[str]],
) -> None:
    await audit_trail.record(
        connection, audit_trail.command_record(SERVICE, action, resource, details=details)
    )
