"""Wrong formulas are caught: each mutant of tests/mutants/mutants.toml makes a test fail.

The quick test holds the list against the sources; `make mutants` runs the mutants themselves.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from support.repository import ROOT

LIST = Path(__file__).with_name("mutants.toml")
MUTANTS: list[dict[str, str]] = tomllib.loads(LIST.read_text())["mutant"]
COPIED = ("shared/src", "shared/migrations", "services/aggregator/src")
SOURCES = ("shared/src", "services/aggregator/src")
FIGURES = (
    "shared/tests/reports/test_indicators.py",
    "tests/pipeline/test_worked_examples.py",
    "shared/tests/reports/test_receivable_examples.py",
    "shared/tests/reports/test_balances_equal_the_oracle.py",
    "shared/tests/reports/test_answers_equal_the_oracle.py",
    "shared/tests/reports/test_receivable_orders.py",
    "shared/tests/reports/test_explain.py",
)
FAILED = 1


def name_of(mutant: dict[str, str]) -> str:
    return mutant["name"]


def test_there_are_enough_mutants_and_no_two_are_the_same() -> None:
    assert len(MUTANTS) >= 10
    assert len({(one["file"], one["right"], one["wrong"]) for one in MUTANTS}) == len(MUTANTS)


@pytest.mark.parametrize("mutant", MUTANTS, ids=name_of)
def test_the_right_formula_stands_in_its_file_once(mutant: dict[str, str]) -> None:
    assert (ROOT / mutant["file"]).read_text().count(mutant["right"]) == 1


@pytest.mark.long
@pytest.mark.integration
@pytest.mark.parametrize("mutant", MUTANTS, ids=name_of)
def test_a_mutant_is_caught(mutant: dict[str, str], tmp_path: Path) -> None:
    for folder in COPIED:
        shutil.copytree(ROOT / folder, tmp_path / folder)
    file = tmp_path / mutant["file"]
    file.write_text(file.read_text().replace(mutant["right"], mutant["wrong"]))

    run = run_figures(tmp_path)

    assert run.returncode == FAILED, run.stdout[-2_000:]


def run_figures(copy: Path) -> "subprocess.CompletedProcess[str]":
    """Run the tests of the figures against a copy of the sources, until the first failure."""
    first = os.pathsep.join(str(copy / folder) for folder in SOURCES)
    environment: dict[str, Any] = {**os.environ, "PYTHONPATH": first}  # noqa: TID251 - a subprocess
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-m", "not long", "--no-header", *FIGURES],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
