"""Writes every generated document; with --check it tells which are not as they would be written."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

from careledger.documents import operation_pages, pages
from careledger.documents.asyncapi import asyncapi_document
from careledger.documents.schemas import PLAIN_MESSAGES, event_schema, plain_schema
from careledger.documents.services import openapi_documents
from careledger.events.payments import EVENT_TYPES

ROOT: Final = Path(__file__).resolve().parents[4]
SCHEMAS: Final = "shared/schemas"
REFERENCE: Final = "docs/reference"


def documents() -> dict[str, str]:
    """Return every generated document: path below the repository's root, and content."""
    return {
        **{f"{SCHEMAS}/events/{name}.json": _json(event_schema(name)) for name in EVENT_TYPES},
        **{f"{SCHEMAS}/{name}.json": _json(plain_schema(name)) for name in PLAIN_MESSAGES},
        f"{REFERENCE}/asyncapi.json": _json(asyncapi_document()),
        **{
            f"{REFERENCE}/openapi/{name}.json": _json(document)
            for name, document in openapi_documents().items()
        },
        f"{REFERENCE}/events.md": pages.events_page(),
        f"{REFERENCE}/topics.md": pages.topics_page(),
        f"{REFERENCE}/tables.md": pages.tables_page(),
        f"{REFERENCE}/metrics.md": pages.metrics_page(),
        f"{REFERENCE}/settings.md": operation_pages.settings_page(),
        f"{REFERENCE}/commands.md": operation_pages.commands_page(),
    }


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def differing(expected: dict[str, str], root: Path) -> list[str]:
    """Return the paths whose file is not what is expected, and files nobody writes any more."""
    wrong = [path for path, content in expected.items() if _content(root / path) != content]
    return sorted([*wrong, *_strays(expected, root)])


def write(expected: dict[str, str], root: Path) -> None:
    """Write what is expected, and remove what nobody writes any more."""
    for path, content in expected.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content)
    for path in _strays(expected, root):
        (root / path).unlink()


def _content(path: Path) -> str | None:
    return path.read_text() if path.is_file() else None


def _strays(expected: dict[str, str], root: Path) -> list[str]:
    """Everything in the generated folders is generated."""
    files = (file for folder in (SCHEMAS, REFERENCE) for file in (root / folder).rglob("*"))
    present = {file.relative_to(root).as_posix() for file in files if file.is_file()}
    return sorted(present - expected.keys())


def main(arguments: list[str]) -> int:
    """Run `python -m careledger.documents [--check]`."""
    if arguments not in ([], ["--check"]):
        sys.stderr.write("usage: python -m careledger.documents [--check]\n")
        return 2
    expected = documents()
    if not arguments:
        write(expected, ROOT)
        return 0
    wrong = differing(expected, ROOT)
    if wrong:
        listed = "\n  ".join(wrong)
        sys.stderr.write(f"not as the code says; run make docs:\n  {listed}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
