"""veraPDF, the reference validator of PDF/UA: one call of its jar judges any number of files."""

import json
import subprocess
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.local.java import find_java
from deploy.local.kafka_jars import LockedJar, bring_jars
from deploy.local.settings import LocalSettings

_LOCK = Path(__file__).with_name("verapdf.lock.toml")
_MAIN = "org.verapdf.apps.GreenfieldCliWrapper"
_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Verdict:
    """What veraPDF says of one file."""

    name: str
    checks: int
    failures: tuple[str, ...]
    """Each broken rule: its clause, what it asks for, and how often it is broken."""


def judge_as_pdf_ua_1(files: Sequence[Path]) -> list[Verdict]:
    """Validate files as PDF/UA-1 (ISO 14289-1), all in one run."""
    settings = LocalSettings()
    jars = bring_jars(
        [LockedJar(**jar) for jar in tomllib.loads(_LOCK.read_text())["jar"]],
        settings.jar_cache(),
        mirror=settings.maven_mirror,
        report=_unheard,
    )
    java = find_java(settings.java_home)
    command = [
        *(str(java.path), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
        *("-cp", ":".join(map(str, jars)), _MAIN),
        *("--flavour", "ua1", "--format", "json", *map(str, files)),
    ]
    run = subprocess.run(command, capture_output=True, check=False, timeout=_SECONDS)
    jobs: list[dict[str, Any]] = json.loads(run.stdout)["report"]["jobs"]
    return [_verdict(job) for job in jobs]


def _verdict(job: dict[str, Any]) -> Verdict:
    name = Path(job["itemDetails"]["name"]).name
    (result,) = job["validationResult"]
    details = result["details"]
    failures = tuple(
        f"{rule['clause']}-{rule['testNumber']} {rule['description']} ({rule['failedChecks']})"
        for rule in details["ruleSummaries"]
        if rule["ruleStatus"] == "FAILED"
    )
    return Verdict(name, details["passedChecks"] + details["failedChecks"], failures)


def _unheard(_line: str) -> None:
    """Take no note of downloads."""
