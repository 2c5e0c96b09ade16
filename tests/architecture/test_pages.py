"""Documents lead where they say, and every decision has the shape that makes it usable."""

import pytest

from support.architecture.pages import SECTIONS, dead_links, misshapen, missing_paths
from support.architecture.sources import Source, sources
from support.repository import ROOT

PAGES = sources("*.md", ":!frontend")
DECISIONS = sources("docs/decisions/0*.md")
INDEX = ROOT / "docs" / "decisions" / "README.md"
SOUND = "# 0001 Title\n\nStatus: accepted\\\nDate: 2026-11-23\n\n" + "".join(
    f"{section}\n**One sentence.**\n" for section in SECTIONS
)


def exists(path: str) -> bool:
    return (ROOT / path).exists()


def nothing_exists(_path: str) -> bool:
    return False


def test_every_link_leads_to_a_file() -> None:
    assert [problem for page in PAGES for problem in dead_links(page, exists)] == []


def test_a_planted_dead_link_is_found() -> None:
    page = Source("docs/page.md", "[a](gone.md#part) [b](https://example.org/gone.md) [c](#here)")

    assert dead_links(page, nothing_exists) == ["docs/page.md: gone.md: leads nowhere"]


def test_every_path_a_page_names_is_there() -> None:
    assert [problem for page in PAGES for problem in missing_paths(page, exists)] == []


def test_a_planted_missing_path_is_found() -> None:
    page = Source("docs/page.md", "see `tests/gone/` and `make test`")

    assert missing_paths(page, nothing_exists) == ["docs/page.md: tests/gone/: is not there"]


def test_every_decision_has_its_shape() -> None:
    assert [problem for decision in DECISIONS for problem in misshapen(decision)] == []


@pytest.mark.parametrize(
    ("sound", "planted"),
    [
        ("Status: accepted", "Status: perhaps"),
        ("# 0001", "# 0002"),
        ("## Alternatives", "## Options"),
        ("## Decision\n**One sentence.**", "## Decision\nSeveral. Sentences."),
    ],
)
def test_a_planted_misshapen_decision_is_found(sound: str, planted: str) -> None:
    path = "docs/decisions/0001-title.md"

    assert misshapen(Source(path, SOUND)) == []
    assert len(misshapen(Source(path, SOUND.replace(sound, planted, 1)))) == 1


def test_decisions_are_numbered_without_a_gap_and_listed() -> None:
    numbers = [decision.name[:4] for decision in DECISIONS]

    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
    assert [one for one in DECISIONS if f"]({one.name}.md)" not in INDEX.read_text()] == []
