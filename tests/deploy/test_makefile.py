"""`make` is the only front door, and says what is behind it."""

import os
import re
import subprocess

from deploy.local.settings import CLONE

TARGETS = [
    "help",
    "demo",
    "up",
    "down",
    "clean",
    "frontend",
    "check",
    "test",
    "test-fast",
    "test-dashboard",
    "test-long",
    "test-keycloak",
    "test-mariadb",
    "mutants",
    "bench-apply",
    "bench-pdf",
    "bench-extract",
    "bench-api",
    "lighthouse",
    "docs",
    "lock",
    "sbom",
    "audit",
]


def test_help_lists_every_target_a_user_types_and_is_what_make_alone_shows() -> None:
    answers = [
        subprocess.run(
            command, capture_output=True, text=True, check=True, cwd=CLONE, env={"PATH": os.defpath}
        ).stdout
        for command in (["make"], ["make", "help"])
    ]

    assert answers[0] == answers[1]
    assert re.findall(r"^  make (\S+) +\S", answers[0], re.MULTILINE) == TARGETS


def test_the_ci_runs_the_two_commands_of_a_contributor() -> None:
    lines = (CLONE / ".ci" / "run").read_text().splitlines()

    assert [line for line in lines if line.startswith("make")] == ["make check", "make test"]
    assert "set -euo pipefail" in lines


def test_downloads_trust_whom_the_machine_trusts_unless_told_otherwise() -> None:
    command = ["make", "--eval", "show:; @env", "show"]
    shown = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=True,
        cwd=CLONE,
        env={"PATH": os.defpath, "MACHINE_CERTIFICATES": "machine.crt", "PIP_CERT": "mine.crt"},
    ).stdout.splitlines()

    for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"):
        assert f"{name}=machine.crt" in shown
    assert "PIP_CERT=mine.crt" in shown
