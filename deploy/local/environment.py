"""The settings the services are started with, also written to a file that a shell can read."""

import shlex

from deploy.local.installation import Installation
from deploy.local.records import write_private
from deploy.local.services import SERVICES
from deploy.local.settings import PREFIX, given_settings
from deploy.local.stack import Addresses

SOURCE = "demo"
FILE = "env"


def service_settings(installation: Installation, addresses: Addresses) -> dict[str, str]:
    """Every setting of the services; what the user has set wins over what we chose."""
    drawn = installation.secrets()
    chosen = {
        "DATABASE_URL": addresses.postgres,
        "KAFKA_BOOTSTRAP": addresses.kafka,
        "REDIS_URL": addresses.redis,
        "SECRET": drawn.root,
        "INGEST_TOKENS": f"{SOURCE}:{drawn.ingest_token}",
        "INGEST_HOST": "127.0.0.1",
        "REPORT_API_HOST": "127.0.0.1",
        "EXPORT_DIR": str(installation.places.home / "exports"),
        "AUDIT_CHECKPOINT_FILE": str(installation.places.home / "audit-checkpoints.jsonl"),
        "RETENTION_REPORT_MONTHS": "0",
        "RETENTION_AUDIT_MONTHS": "0",
        "RETENTION_RUN_MONTHS": "0",
    }
    given = given_settings()
    for service in SERVICES:
        if service.port_setting is not None and PREFIX + service.port_setting not in given:
            chosen[service.port_setting] = str(_port(installation, service.name))
    settings = {**{PREFIX + name: value for name, value in chosen.items()}, **given}
    settings.setdefault(
        f"{PREFIX}INGEST_URL", f"http://127.0.0.1:{settings[f'{PREFIX}INGEST_PORT']}"
    )
    return settings


def keep_settings(installation: Installation, settings: dict[str, str]) -> bool:
    """Write the settings for shells and later commands; returns whether they differ from before."""
    lines = "".join(f"{name}={shlex.quote(value)}\n" for name, value in sorted(settings.items()))
    path = installation.places.home / FILE
    if path.exists() and path.read_text(encoding="utf-8") == lines:
        return False
    write_private(path, lines)
    return True


def _port(installation: Installation, name: str) -> int:
    """The port a service has if it is running, otherwise one it can have."""
    if installation.records.is_running(name):
        return installation.records.port(name)
    return installation.records.claim_port(name)
