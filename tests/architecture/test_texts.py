"""No file names a package registry or a path of one machine, and nothing is left unfinished."""

import pytest

from support.architecture.sources import Source, sources
from support.architecture.texts import machine_paths, registry_hosts, unfinished

# Images, fonts, data and generated clients of others are not ours to word; locks are checked.
TEXTS = sources(
    "*",
    ":!*.csv",
    ":!*.woff2",
    ":!*.png",
    ":!*.ico",
    ":!*.gz",
    ":!*.pdf",
    ":!*.gen.ts",
    ":!LICENSE",
)
REGISTRY = "https://" + "pypi" + ".org/simple"
PLACE = "/" + "work/main/shared"


def test_no_file_names_a_package_registry() -> None:
    assert [problem for one in TEXTS for problem in registry_hosts(one)] == []


def test_a_planted_registry_is_found() -> None:
    assert len(registry_hosts(Source("README.md", f"pip install -i {REGISTRY}"))) == 1


def test_no_file_names_a_path_of_one_machine() -> None:
    assert [problem for one in TEXTS for problem in machine_paths(one)] == []


@pytest.mark.parametrize("text", [PLACE, f"cd {PLACE}", f'"{PLACE}"', "/home" + "/anna/code"])
def test_a_planted_path_is_found(text: str) -> None:
    assert len(machine_paths(Source("README.md", text))) == 1


@pytest.mark.parametrize("text", ["a/work/b", "~/work/x", "docs/root/page"])
def test_a_relative_path_is_no_machine_path(text: str) -> None:
    assert machine_paths(Source("README.md", text)) == []


def test_nothing_is_left_unfinished() -> None:
    assert [problem for one in TEXTS for problem in unfinished(one)] == []


def test_a_planted_mark_is_found() -> None:
    assert len(unfinished(Source("one.py", "# TO" + "DO: later"))) == 1
