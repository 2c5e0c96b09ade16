"""Files and functions stay short, modules say what they are, and tests are no packages."""

import pytest

from support.architecture.shape import (
    makes_tests_a_package,
    names_no_behavior,
    opens_without_a_word,
    says_nothing,
    too_long,
    too_long_functions,
)
from support.architecture.sources import Source, sources

PYTHON = sources("*.py")
TESTS = sources("*/test_*.py")
CALLS = "    one()\n"
LONGEST_FUNCTION = "def one() -> None:\n" + CALLS * 69


def test_no_file_is_too_long() -> None:
    assert [problem for one in sources("*.py", "*.sql", "*.sh") for problem in too_long(one)] == []


def test_a_planted_long_file_is_found() -> None:
    assert too_long(Source("shared/long.py", "\n" * 300)) == []
    assert len(too_long(Source("shared/long.py", "\n" * 301))) == 1


def test_no_function_is_too_long() -> None:
    assert [problem for one in PYTHON for problem in too_long_functions(one)] == []


def test_a_planted_long_function_is_found() -> None:
    assert too_long_functions(Source("shared/long.py", LONGEST_FUNCTION)) == []
    assert len(too_long_functions(Source("shared/long.py", LONGEST_FUNCTION + CALLS))) == 1


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [problem for one in PYTHON for problem in says_nothing(one)] == []


@pytest.mark.parametrize("path", ["shared/utils.py", "services/ingest/src/common/parsing.py"])
def test_a_planted_name_that_says_nothing_is_found(path: str) -> None:
    assert len(says_nothing(Source(path, ""))) == 1


def test_every_module_opens_with_a_sentence() -> None:
    assert [problem for one in PYTHON for problem in opens_without_a_word(one)] == []


@pytest.mark.parametrize("text", ["import re\n", '"""Utilities"""\n', ""])
def test_a_planted_module_without_a_sentence_is_found(text: str) -> None:
    assert len(opens_without_a_word(Source("shared/mute.py", text))) == 1


def test_no_test_folder_is_a_package() -> None:
    assert [problem for one in PYTHON for problem in makes_tests_a_package(one)] == []


def test_a_planted_package_of_tests_is_found() -> None:
    assert len(makes_tests_a_package(Source("services/ingest/tests/__init__.py", ""))) == 1


def test_every_test_is_named_by_a_sentence() -> None:
    assert [problem for one in TESTS for problem in names_no_behavior(one)] == []


def test_a_planted_test_without_a_sentence_is_found() -> None:
    assert len(names_no_behavior(Source("tests/test_one.py", "def test_case(): ..."))) == 1
