"""The one file that tells a person or a program where everything is and how to sign in."""

import json
from collections.abc import Mapping
from typing import TypedDict

from deploy.local.environment import SOURCE
from deploy.local.installation import Installation
from deploy.local.records import write_private
from deploy.local.services import SERVICES, address
from deploy.local.settings import PREFIX

FILE = "endpoints.json"


class User(TypedDict):
    """Someone who may sign in."""

    name: str
    password: str
    role: str


class Endpoints(TypedDict):
    """The content of the file."""

    postgres: str
    kafka: str
    redis: str
    ingest: str
    report_api: str
    users: list[User]
    ingest_token: str


def write_endpoints(installation: Installation, settings: Mapping[str, str]) -> Endpoints:
    """Write the file, readable by its owner only."""
    drawn = installation.secrets()
    at = {s.name: address(s, settings) for s in SERVICES if s.port_setting is not None}
    tokens = dict(pair.split(":", 1) for pair in settings[f"{PREFIX}INGEST_TOKENS"].split(","))
    endpoints = Endpoints(
        postgres=settings[f"{PREFIX}DATABASE_URL"],
        kafka=settings[f"{PREFIX}KAFKA_BOOTSTRAP"],
        redis=settings[f"{PREFIX}REDIS_URL"],
        ingest=at["ingest"],
        report_api=at["report-api"],
        users=[User(name=r, password=p, role=r) for r, p in drawn.passwords.items()],
        ingest_token=tokens.get(SOURCE) or next(iter(tokens.values())),
    )
    write_private(installation.places.home / FILE, json.dumps(endpoints, indent=2) + "\n")
    return endpoints
