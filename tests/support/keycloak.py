"""A real Keycloak for the tests that are about one: fetched from Maven, started with a realm."""

import hashlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
import urllib.request
import zipfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.error import URLError
from urllib.parse import urlencode

import msgspec
from deploy.local.java import find_java
from deploy.local.settings import LocalSettings
from jgo.maven import MavenContext

from support.waiting import wait_until

VERSION: Final = "26.7.3"
SHA256: Final = "27a6535553c3cdcd083872ba40629efafb3475e3b758e0c6f691395561dd0f1f"
REALM: Final = "clinic"
CLIENT: Final = "careledger-dashboard"
AUDIENCE: Final = "careledger"
USER: Final = "ada"
PASSWORD: Final = "correct horse battery staple"  # noqa: S105 - of a realm that lives as long as its tests
_START_SECONDS: Final = 600


@dataclass(frozen=True)
class Keycloak:
    """One that answers."""

    address: str

    @property
    def issuer(self) -> str:
        """What its tokens name."""
        return f"{self.address}/realms/{REALM}"

    def sign_in(self) -> dict[str, str]:
        """Return the tokens of its user, as the dashboard's client gets them."""
        return self._post(
            f"{self.issuer}/protocol/openid-connect/token",
            grant_type="password",
            client_id=CLIENT,
            username=USER,
            password=PASSWORD,
            scope="openid profile",
        )

    def add_key(self) -> None:
        """Let it sign with a new key from now on; the one before stays listed."""
        admin = self._post(
            f"{self.address}/realms/master/protocol/openid-connect/token",
            grant_type="password",
            client_id="admin-cli",
            username="admin",
            password=PASSWORD,
        )["access_token"]
        key = {
            "name": "newer",
            "providerId": "rsa-generated",
            "providerType": "org.keycloak.keys.KeyProvider",
            "config": {"priority": ["1000"]},
        }
        request = urllib.request.Request(  # noqa: S310 - loopback
            f"{self.address}/admin/realms/{REALM}/components",
            data=json.dumps(key).encode(),
            headers={"content-type": "application/json", "authorization": f"Bearer {admin}"},
        )
        urllib.request.urlopen(request, timeout=60).close()  # noqa: S310 - loopback

    def is_ready(self) -> bool:
        """Tell whether the realm is there."""
        try:
            urllib.request.urlopen(  # noqa: S310 - loopback
                f"{self.issuer}/.well-known/openid-configuration", timeout=10
            ).close()
        except (URLError, OSError):
            return False
        return True

    def _post(self, address: str, **form: str) -> dict[str, Any]:
        with urllib.request.urlopen(address, urlencode(form).encode(), timeout=60) as answer:  # noqa: S310 - loopback
            return msgspec.json.decode(answer.read(), type=dict[str, Any])


@contextmanager
def running_keycloak(folder: Path) -> Generator[Keycloak]:
    """Start one in a folder of its own and end it with the context."""
    home = _unpacked(folder)
    (home / "data" / "import").mkdir(parents=True)
    (home / "data" / "import" / "realm.json").write_text(json.dumps(_realm()))
    port = _free_port()
    settings = LocalSettings()
    java = find_java(settings.java_home).path
    with (folder / "keycloak.log").open("wb") as log:
        process = subprocess.Popen(
            [
                *("bash", str(home / "bin" / "kc.sh"), "start-dev", "--import-realm"),
                *(f"--http-port={port}", "--http-host=127.0.0.1"),
            ],
            env={
                "PATH": f"{java.parent}:{os.defpath}",
                "JAVA_OPTS_KC_HEAP": "-Xms64m -Xmx512m",
                "KC_BOOTSTRAP_ADMIN_USERNAME": "admin",
                "KC_BOOTSTRAP_ADMIN_PASSWORD": PASSWORD,
            },
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    keycloak = Keycloak(f"http://127.0.0.1:{port}")
    try:
        wait_until(
            lambda: process.poll() is not None or keycloak.is_ready(),
            timeout_seconds=_START_SECONDS,
        )
        assert process.poll() is None, (folder / "keycloak.log").read_text()
        yield keycloak
    finally:
        os.killpg(process.pid, 9)
        process.wait()


def _unpacked(folder: Path) -> Path:
    settings = LocalSettings()
    kept = settings.jar_cache() / f"keycloak-{VERSION}-{SHA256[:12]}.zip"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as draft:
            mirror = settings.maven_mirror
            context = MavenContext(
                repo_cache=Path(draft), remote_repos={"mirror": mirror} if mirror else None
            )
            project = context.project("org.keycloak", "keycloak-quarkus-dist")
            archive = project.at_version(VERSION).artifact(packaging="zip").resolve()
            with archive.open("rb") as file:
                assert hashlib.file_digest(file, "sha256").hexdigest() == SHA256
            shutil.move(archive, kept)
    with zipfile.ZipFile(kept) as archive:
        archive.extractall(folder)
    return folder / f"keycloak-{VERSION}"


def _realm() -> dict[str, Any]:
    def mapper(name: str, kind: str, **config: str) -> dict[str, Any]:
        return {
            "name": name,
            "protocol": "openid-connect",
            "protocolMapper": kind,
            "config": {"access.token.claim": "true", **config},
        }

    return {
        "realm": REALM,
        "enabled": True,
        "roles": {"realm": [{"name": "careledger-finance"}]},
        "clients": [
            {
                "clientId": CLIENT,
                "publicClient": True,
                "directAccessGrantsEnabled": True,
                "redirectUris": ["http://127.0.0.1/*"],
                "protocolMappers": [
                    mapper(
                        "audience",
                        "oidc-audience-mapper",
                        **{"included.custom.audience": AUDIENCE},
                    ),
                    mapper(
                        "clinics",
                        "oidc-hardcoded-claim-mapper",
                        **{
                            "claim.name": "clinics",
                            "claim.value": "*",
                            "jsonType.label": "String",
                        },
                    ),
                ],
            }
        ],
        "users": [
            {
                "username": USER,
                "enabled": True,
                "email": "ada@example.org",
                "emailVerified": True,
                "firstName": "Ada",
                "lastName": "Example",
                "credentials": [{"type": "password", "value": PASSWORD}],
                "realmRoles": ["careledger-finance"],
            }
        ],
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
