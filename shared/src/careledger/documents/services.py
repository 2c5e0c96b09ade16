"""What the services say of themselves through entry points: settings, HTTP applications, commands.

So this package documents every service and imports none.
"""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Any, Final

from pydantic_core import PydanticUndefined

from careledger.settings import EnvironmentSettings

SETTINGS: Final = "careledger.settings"
"""Group of settings classes."""
APPLICATIONS: Final = "careledger.applications"
"""Group of functions that build an HTTP application from settings, without any server."""
COMMANDS: Final = "careledger.commands"
"""Group of Typer applications."""


def announced(group: str) -> dict[str, Any]:
    """Return what services announce in a group, by service, in order of name."""
    return {one.name: one.load() for one in sorted(entry_points(group=group))}


def openapi_documents() -> dict[str, dict[str, Any]]:
    """Return the OpenAPI document of each service with an HTTP API, by service."""
    settings = announced(SETTINGS)
    return {
        name: create_app(_placeholders(settings[name])).openapi()
        for name, create_app in announced(APPLICATIONS).items()
    }


def _placeholders(settings: type[EnvironmentSettings]) -> EnvironmentSettings:
    """Fill settings with their defaults, whatever the environment of the moment says."""
    # A default that is checked need not do by itself.
    missing = {
        name: ""
        for name, one in settings.model_fields.items()
        if one.default is PydanticUndefined or one.validate_default
    }
    return settings.model_construct(None, **missing)
