"""What a person needs to know once everything runs: addresses, users, commands to try."""

from deploy.local.endpoints import Endpoints
from deploy.local.installation import Installation
from rich.console import Console
from rich.table import Table


def print_summary(console: Console, endpoints: Endpoints) -> None:
    """Print addresses, users and commands that can be pasted as they are."""
    console.print()
    console.print(_addresses(endpoints))
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
    api = endpoints["report_api"]
    finance = next(user for user in endpoints["users"] if user["role"] == "finance")
    credentials = f"-d username={finance['name']} -d password='{finance['password']}'"
    extract = "python3 -c 'import json, sys; print(json.load(sys.stdin)[\"access_token\"])'"
    get = 'curl -s -H "Authorization: Bearer $TOKEN"'
    sign_in = f"curl -s {api}/api/v1/auth/token -d grant_type=password {credentials}"
    return [
        f"TOKEN=$({sign_in} | {extract})",
        f"{get} '{api}/api/v1/reports/revenue?granularity=month'",
        f"{get} '{api}/api/v1/reports/outstanding?limit=5'",
    ]


def _addresses(endpoints: Endpoints) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_row("report API", endpoints["report_api"])
    table.add_row("  documents", f"{endpoints['report_api']}/docs")
    table.add_row("ingest", endpoints["ingest"])
    table.add_row("Kafka", endpoints["kafka"])
    table.add_row("everything", ".local/endpoints.json")
    return table


def _users(endpoints: Endpoints) -> Table:
    table = Table("user", "role", "password", box=None)
    for user in endpoints["users"]:
        table.add_row(user["name"], user["role"], user["password"])
    return table
