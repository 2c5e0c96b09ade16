"""Prints the report API's OpenAPI document; asks no server for it."""  # noqa: INP001 - a script

import json
import sys
from pathlib import Path

from pydantic import SecretStr

from report_api.app import create_app
from report_api.settings import ReportApiSettings

_SETTINGS = ReportApiSettings(
    database_url=SecretStr("postgresql://nowhere/none"),
    kafka_bootstrap="nowhere:1",
    secret=SecretStr("not a secret: nothing is signed with it"),
    redis_url=SecretStr("redis://nowhere"),
    export_dir=Path("/nowhere"),
)

json.dump(create_app(_SETTINGS).openapi(), sys.stdout, indent=1)
