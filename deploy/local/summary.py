"""What a person needs to know once everything runs: addresses, users, commands to try."""

from pathlib import Path

from deploy.local.endpoints import FILE, Endpoints
from deploy.local.installation import Installation
from rich.console import Console
from rich.table import Table

_A_PATIENT = "Loyd Kub"
"""One of the simulated patients of the demo; the name goes no further than ingest."""


def print_summary(console: Console, endpoints: Endpoints, home: Path) -> None:
    """Print addresses, users and commands that can be pasted as they are."""
    console.print()
    console.print(_addresses(endpoints, home))
    console.print()
    console.print(_users(endpoints))
    console.print("\nTry it, as the finance user:\n", style="bold")
    for line in _examples(endpoints):
        console.print(line, soft_wrap=True, markup=False)
    console.print()


def status_table(installation: Installation) -> Table:
    """One row per process that was started, with its number and whether it is still there."""
    table = Table("process", "state", "pid", "log", box=None)
    for name, identity in installation.records.processes().items():
        state = "running" if installation.records.is_running(name) else "gone"
        table.add_row(name, state, str(identity.pid), str(installation.places.log(name)))
    return table


def _examples(endpoints: Endpoints) -> list[str]:
    finance = next(user for user in endpoints["users"] if user["role"] == "finance")
    password = f"-d username={finance['name']} -d password='{finance['password']}'"
    sign_in = f"curl -s $API/api/v1/auth/token -d grant_type=password {password}"
    get = 'curl -s -H "Authorization: Bearer $TOKEN"'
    post = f'{get} -H "Content-Type: application/json"'
    reports = "$API/api/v1/reports"
    export = f'{post} {reports}/exports -d \'{{"report": "revenue"}}\''
    link = _field(f"{get} {reports}/exports/$EXPORT", '["file"]["href"]')
    return [
        f"API={endpoints['report_api']}",
        'field() { python3 -c "import json, sys; print(json.load(sys.stdin)$1)"; }',
        "TOKEN=" + _field(sign_in, '["access_token"]'),
        f'{get} "{reports}/revenue?granularity=month" | python3 -m json.tool',
        f'{get} "{reports}/outstanding?limit=5" | python3 -m json.tool',
        f'{post} {reports}/patients/search -d \'{{"name": "{_A_PATIENT}"}}\'',
        "EXPORT=" + _field(export, '["export_id"]'),
        f"for i in {{1..20}}; do LINK={link} && break; sleep 1; done 2>/dev/null",
        'curl -s -o revenue.pdf "$API$LINK"',
    ]


def _field(command: str, path: str) -> str:
    return f"$({command} | field '{path}')"


def _addresses(endpoints: Endpoints, home: Path) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_row("dashboard", f"{endpoints['report_api']}/staff/reports")
    table.add_row("report API", endpoints["report_api"])
    table.add_row("  documents", f"{endpoints['report_api']}/docs")
    table.add_row("ingest", endpoints["ingest"])
    table.add_row("Kafka", endpoints["kafka"])
    table.add_row("everything", str(home / FILE))
    return table


def _users(endpoints: Endpoints) -> Table:
    table = Table("user", "role", "password", box=None)
    for user in endpoints["users"]:
        table.add_row(user["name"], user["role"], user["password"])
    return table
