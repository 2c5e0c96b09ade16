"""Reference pages for whoever runs Careledger: settings and commands."""

from __future__ import annotations

import json
from typing import Any, Final

import typer
from typer.cli import get_docs_for_click

from careledger import kafka, postgres
from careledger.documents.pages import page, table
from careledger.documents.services import COMMANDS, SETTINGS, announced
from careledger.settings import PREFIX, EnvironmentSettings

_PREPARATIONS: Final[dict[str, type[EnvironmentSettings]]] = {
    "migrations": postgres.MigrationSettings,
    "topics": kafka.TopicSettings,
}
_MODULES: Final = (
    ("python -m careledger.postgres migrate", "Brings the schema to the newest revision."),
    ("python -m careledger.kafka create-topics", "Makes the topics that are missing."),
    ("python -m careledger.documents", "Writes these pages, the schemas and the API documents."),
)


def described_settings() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of every setting, by name in lower case, with `readers` added."""
    described: dict[str, dict[str, Any]] = {}
    for reader, settings in {**announced(SETTINGS), **_PREPARATIONS}.items():
        schema = settings.model_json_schema()
        for name, one in schema["properties"].items():
            # The preparations repeat some settings without describing them again.
            required = name in schema.get("required", ())
            setting = described.setdefault(name, {**one, "required": required, "readers": []})
            setting["readers"].append(reader)
    return dict(sorted(described.items()))


def settings_page() -> str:
    """Return the page of every setting, with who reads it."""
    return page(
        "Settings",
        "Settings come from the environment, or from `.env` in the working folder; the environment "
        "wins. A service checks all of them at start and names every wrong one. `.env.example` "
        "lists them with those of the local stack.",
        table(
            ("setting", "meaning", "default", "allowed", "read by"),
            (
                (
                    f"`{PREFIX}{name.upper()}`",
                    one.get("description", ""),
                    _default(one),
                    _allowed(one),
                    ", ".join(one["readers"]),
                )
                for name, one in described_settings().items()
            ),
        ),
    )


def _default(schema: dict[str, Any]) -> str:
    if schema["required"]:
        return "required"
    default = schema.get("default")
    return "empty" if default in ("", None) else f"`{json.dumps(default).strip(chr(34))}`"


def _allowed(schema: dict[str, Any]) -> str:
    limits = {
        "minimum": "from {}",
        "exclusiveMinimum": "above {}",
        "maximum": "to {}",
        "pattern": "`{}`",
    }
    return " ".join(text.format(schema[name]) for name, text in limits.items() if name in schema)


def commands_page() -> str:
    """Return the page of every command."""
    return page(
        "Commands",
        "`make help` lists the commands for working on Careledger. These are the commands of an "
        "installation; `--help` works on each.",
        table(("command", "what it does"), ((f"`{line}`", says) for line, says in _MODULES)),
        *(_command(name, app) for name, app in announced(COMMANDS).items()),
    )


def _command(name: str, app: typer.Typer) -> str:
    command = typer.main.get_command(app)
    context = typer.Context(command, info_name=name)
    return get_docs_for_click(obj=command, ctx=context, indent=1, name=name).strip()
