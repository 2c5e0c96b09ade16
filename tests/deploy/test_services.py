"""Services are started with the settings of the installation and waited for."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from deploy.local.endpoints import write_endpoints
from deploy.local.environment import keep_settings, service_settings
from deploy.local.errors import PartDidNotStartError
from deploy.local.installation import ROLES, Installation
from deploy.local.logins import own_settings
from deploy.local.progress import Silence
from deploy.local.services import Service, start_service
from deploy.local.settings import LocalSettings
from deploy.local.stack import Addresses
from deploy.local.stopping import stop_everything

from careledger.database_roles import parse_passwords

pytestmark = pytest.mark.enable_socket
ADDRESSES = Addresses("postgresql://u:p@db/careledger", "kafka:9092", "redis://:p@valkey/0")
ANSWERING = """
import http.server, os
class Handler(http.server.BaseHTTPRequestHandler):
    asked = 0
    def do_GET(self):
        Handler.asked += 1
        self.send_response(503 if Handler.asked == 1 else 200)
        self.end_headers()
port = int(os.environ["CARELEDGER_INGEST_PORT"])
http.server.HTTPServer(("127.0.0.1", port), Handler).serve_forever()
"""


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    for name in ("DATABASE_URL", "KAFKA_BOOTSTRAP", "REDIS_URL", "INGEST_PORT"):
        monkeypatch.delenv(f"CARELEDGER_{name}", raising=False)
    installation = Installation(LocalSettings(local_home=tmp_path / "home"))
    installation.places.make()
    yield installation
    stop_everything(installation.records, Silence())


def service(script: str) -> Service:
    return Service("ingest", ("python", "-c", script), "INGEST_PORT")


def test_a_service_is_waited_for_until_it_says_it_is_ready(installation: Installation) -> None:
    settings = service_settings(installation, ADDRESSES)

    said = start_service(service(ANSWERING), installation, settings)

    assert said == f"ready at http://127.0.0.1:{settings['CARELEDGER_INGEST_PORT']}"
    assert installation.records.running() == ["ingest"]


def test_a_running_service_is_left_alone_and_keeps_its_port(installation: Installation) -> None:
    settings = service_settings(installation, ADDRESSES)
    start_service(service(ANSWERING), installation, settings)
    process = installation.records.process("ingest")

    assert service_settings(installation, ADDRESSES) == settings
    assert start_service(service(ANSWERING), installation, settings) == "already running"
    assert installation.records.process("ingest") == process


def test_a_service_that_ends_is_told_with_the_end_of_its_log(installation: Installation) -> None:
    settings = service_settings(installation, ADDRESSES)

    with pytest.raises(PartDidNotStartError, match=r"(?s)ingest ended .*CARELEDGER_X is wrong"):
        start_service(service("print('CARELEDGER_X is wrong')"), installation, settings)


def test_what_the_user_has_set_wins(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARELEDGER_INGEST_PORT", "8081")
    monkeypatch.setenv("CARELEDGER_LOG_LEVEL", "DEBUG")

    settings = service_settings(installation, ADDRESSES)

    assert settings["CARELEDGER_INGEST_PORT"] == "8081"
    assert settings["CARELEDGER_LOG_LEVEL"] == "DEBUG"
    assert settings["CARELEDGER_DATABASE_URL"] == ADDRESSES.postgres


def test_the_secrets_stay_from_one_start_to_the_next(installation: Installation) -> None:
    first = service_settings(installation, ADDRESSES)

    again = Installation(installation.settings)

    assert service_settings(again, ADDRESSES)["CARELEDGER_SECRET"] == first["CARELEDGER_SECRET"]
    assert len(first["CARELEDGER_SECRET"]) == 64


def test_each_process_signs_in_to_our_postgresql_as_its_own_role(
    installation: Installation,
) -> None:
    settings = service_settings(installation, ADDRESSES)
    passwords = installation.secrets().database_passwords

    address = own_settings("pdf-worker", installation, settings)["CARELEDGER_DATABASE_URL"]
    owner = own_settings("migrations", installation, settings)

    assert address == f"postgresql://careledger_pdf_worker:{passwords['pdf-worker']}@db/careledger"
    assert owner["CARELEDGER_DATABASE_URL"] == ADDRESSES.postgres
    assert parse_passwords(owner["CARELEDGER_DATABASE_PASSWORDS"]) == passwords


def test_a_given_database_is_used_as_it_was_given(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARELEDGER_DATABASE_URL", "postgresql://mine")
    settings = service_settings(installation, ADDRESSES)

    for name in ("ingest", "migrations"):
        assert own_settings(name, installation, settings) == settings


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("ingest", {"CARELEDGER_SECRET", "CARELEDGER_INGEST_TOKENS"}),
        ("aggregator", {"CARELEDGER_SECRET"}),
        ("report-api", {"CARELEDGER_SECRET"}),
        ("pdf-worker", set[str]()),
    ],
)
def test_a_process_is_given_the_secrets_it_has_a_use_for(
    installation: Installation, name: str, held: set[str]
) -> None:
    settings = service_settings(installation, ADDRESSES)

    given = own_settings(name, installation, settings)

    assert {"CARELEDGER_SECRET", "CARELEDGER_INGEST_TOKENS"} & set(given) == held


def test_secrets_of_an_earlier_version_stay_and_new_ones_are_drawn(
    installation: Installation,
) -> None:
    installation.secrets()
    kept = installation.places.home / "secrets.json"
    earlier = {k: v for k, v in json.loads(kept.read_text()).items() if k != "database_passwords"}
    kept.write_text(json.dumps(earlier))

    drawn = installation.secrets()

    assert drawn.root == earlier["root"]
    assert len(set(drawn.database_passwords.values())) == 4
    assert installation.secrets() == drawn


def test_other_settings_are_noticed(installation: Installation) -> None:
    settings = service_settings(installation, ADDRESSES)

    assert keep_settings(installation, settings)
    assert not keep_settings(installation, settings)
    assert keep_settings(installation, {**settings, "CARELEDGER_REDIS_URL": "redis://other"})


def test_the_endpoints_are_for_their_owner_only_and_name_a_user_per_role(
    installation: Installation,
) -> None:
    write_endpoints(installation, service_settings(installation, ADDRESSES))

    file = installation.places.home / "endpoints.json"
    endpoints = json.loads(file.read_text())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {user["role"] for user in endpoints["users"]} == set(ROLES)
    assert endpoints["postgres"] == ADDRESSES.postgres
    assert endpoints["kafka"] == ADDRESSES.kafka
    assert endpoints["redis"] == ADDRESSES.redis
    assert endpoints["ingest"].startswith("http://127.0.0.1:")
    assert endpoints["report_api"].startswith("http://127.0.0.1:")
    assert len(endpoints["ingest_token"]) >= 32


def test_a_step_is_done_once_for_each_database(installation: Installation) -> None:
    done: list[str] = []
    one = {"CARELEDGER_DATABASE_URL": "postgresql://one"}
    two = {"CARELEDGER_DATABASE_URL": "postgresql://two"}

    for settings in (one, one, two):
        installation.once(
            "step", settings, lambda at=settings: done.append(at["CARELEDGER_DATABASE_URL"]) or "ok"
        )

    assert done == ["postgresql://one", "postgresql://two"]
