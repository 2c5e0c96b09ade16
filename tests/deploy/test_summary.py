"""What is printed when everything runs names every door there is."""

from io import StringIO
from pathlib import Path

from deploy.local.endpoints import Endpoints
from deploy.local.summary import print_summary
from rich.console import Console

ENDPOINTS: Endpoints = {
    "postgres": "postgresql://127.0.0.1:1",
    "kafka": "127.0.0.1:2",
    "redis": "redis://127.0.0.1:3",
    "ingest": "http://127.0.0.1:4",
    "report_api": "http://127.0.0.1:5",
    "users": [{"name": "finance", "password": "drawn-anew", "role": "finance"}],
    "ingest_token": "a-token",
}


def test_the_summary_leads_to_the_dashboard_the_api_and_ingest() -> None:
    printed = StringIO()

    print_summary(Console(file=printed, width=100), ENDPOINTS, Path("/clone/.local"))

    lines = [line.split() for line in printed.getvalue().splitlines()]
    assert ["dashboard", "http://127.0.0.1:5/staff/reports"] in lines
    assert ["report", "API", "http://127.0.0.1:5"] in lines
    assert ["ingest", "http://127.0.0.1:4"] in lines
    assert ["finance", "finance", "drawn-anew"] in lines
