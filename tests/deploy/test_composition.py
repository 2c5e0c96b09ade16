"""The composition for Docker is the same stack as the one of `make up`, and its scripts work."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from deploy.local.kafka_jars import KAFKA
from deploy.local.services import PREPARATIONS, SERVICES, Service
from deploy.local.settings import CLONE

from careledger.database_roles import SERVICES as SERVICE_NAMES
from careledger.database_roles import DatabaseService, parse_passwords, role_of

DOCKER = CLONE / "deploy" / "docker"


@pytest.fixture(scope="module")
def composition() -> dict[str, Any]:
    return yaml.safe_load((CLONE / "docker-compose.yml").read_text())


def pins(lock: Path) -> set[str]:
    return set(re.findall(r"^[a-z0-9._-]+(?:\[.*\])?==[^ ]+", lock.read_text(), re.MULTILINE))


def draw(folder: Path) -> None:
    environment = {"PATH": f"{Path(sys.executable).parent}:{os.defpath}"}
    subprocess.run([DOCKER / "draw-secrets", folder], check=True, env=environment)


def settings_in(folder: Path, **given: str) -> dict[str, str]:
    environment = {
        "PATH": os.defpath,
        "CARELEDGER_SECRETS": str(folder),
        **given,
    }
    answer = subprocess.run(
        [DOCKER / "with-secrets", "env"],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    return dict(line.split("=", 1) for line in answer.stdout.splitlines())


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_every_service_of_make_up_is_composed(
    service: Service, composition: dict[str, Any]
) -> None:
    composed = composition["services"][service.name]

    assert composed["command"] == list(service.command)
    assert dict(service.environment).items() <= composed["environment"].items()
    if service.port_setting is not None:
        assert f"CARELEDGER_{service.port_setting}" in composed["environment"]


@pytest.mark.parametrize("name", PREPARATIONS)
def test_every_preparation_runs_before_the_services(name: str, composition: dict[str, Any]) -> None:
    services = composition["services"]

    assert services[name]["command"] == list(PREPARATIONS[name])
    for service in SERVICES:
        condition = services[service.name]["depends_on"][name]["condition"]
        assert condition == "service_completed_successfully"


def test_both_ways_run_the_same_kafka(composition: dict[str, Any]) -> None:
    image = composition["services"]["kafka"]["image"]

    assert image == f"apache/kafka:{KAFKA.rpartition(':')[2]}"


def test_every_foreign_image_is_pinned_to_a_version(composition: dict[str, Any]) -> None:
    images = {service["image"] for service in composition["services"].values()}

    for image in images - {"careledger:local"}:
        assert re.search(r":\d+\.\d+", image), image


def test_only_the_services_are_reachable_and_only_from_this_machine(
    composition: dict[str, Any],
) -> None:
    ports = {n: s["ports"] for n, s in composition["services"].items() if "ports" in s}

    assert set(ports) == {"ingest", "report-api"}
    assert all(port.startswith("127.0.0.1:") for pair in ports.values() for port in pair)


def test_the_image_gets_the_versions_of_the_workspace() -> None:
    assert pins(DOCKER / "requirements.lock") <= pins(CLONE / "requirements.lock")


def test_the_secrets_are_drawn_once(tmp_path: Path) -> None:
    draw(tmp_path)
    first = settings_in(tmp_path)

    draw(tmp_path)

    assert settings_in(tmp_path) == first
    assert len(first["CARELEDGER_SECRET"]) == 64


def test_every_server_gets_the_password_its_clients_use(tmp_path: Path) -> None:
    draw(tmp_path)
    settings = settings_in(tmp_path, CARELEDGER_LOGIN="owner")

    postgres = (tmp_path / "postgres-password").read_text()
    valkey = (tmp_path / "valkey.conf").read_text().removeprefix("requirepass ").strip()

    assert f"careledger:{postgres}@postgres:5432" in settings["CARELEDGER_DATABASE_URL"]
    assert f"redis://:{valkey}@valkey:6379" in settings["CARELEDGER_REDIS_URL"]
    assert stat.S_IMODE((tmp_path / "env").stat().st_mode) == 0o600


@pytest.mark.parametrize("service", SERVICE_NAMES)
def test_a_service_signs_in_to_postgresql_as_its_own_role(
    service: DatabaseService, tmp_path: Path
) -> None:
    draw(tmp_path)

    owner = settings_in(tmp_path, CARELEDGER_LOGIN="owner")
    settings = settings_in(tmp_path, CARELEDGER_LOGIN=service)

    passwords = parse_passwords(owner["CARELEDGER_DATABASE_PASSWORDS"])
    address = urlsplit(settings["CARELEDGER_DATABASE_URL"])
    assert (address.username, address.password) == (role_of(service), passwords[service])
    assert "CARELEDGER_DATABASE_PASSWORDS" not in settings
    assert stat.S_IMODE((tmp_path / f"login-{service}").stat().st_mode) == 0o600


def test_every_container_names_its_login(composition: dict[str, Any]) -> None:
    logins = {
        name: service["environment"].get("CARELEDGER_LOGIN")
        for name, service in composition["services"].items()
        if service["image"] == "careledger:local" and name not in {"secrets", "topics"}
    }

    assert logins == {
        **{service: service for service in SERVICE_NAMES},
        "migrations": "owner",
        "demo-clinics": "report-api",
        "demo-data": "ingest",
    }


def test_what_a_container_was_given_comes_before_what_was_drawn(tmp_path: Path) -> None:
    draw(tmp_path)

    settings = settings_in(tmp_path, CARELEDGER_REDIS_URL="redis://elsewhere")

    assert settings["CARELEDGER_REDIS_URL"] == "redis://elsewhere"
