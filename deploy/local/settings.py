"""The environment as the local stack sees it; the only module here that reads it."""

import os
from pathlib import Path
from typing import Literal

from deploy.local.errors import LocalStackError
from dotenv import dotenv_values
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

CLONE = Path(__file__).resolve().parents[2]
PREFIX = "CARELEDGER_"


class LocalSettings(BaseSettings):
    """What may be set from outside; everything has a default that works on a fresh machine."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=CLONE / ".env", env_ignore_empty=True, extra="ignore"
    )

    database_url: str | None = None
    """A PostgreSQL to use instead of an own one, ``postgresql://user:password@host:port/name``."""
    kafka_bootstrap: str | None = None
    """A Kafka to use instead of an own one, ``host:port[,host:port]``."""
    redis_url: str | None = None
    """A Redis or Valkey to use instead of an own one, ``redis://:password@host:port/0``."""
    local_home: Path = CLONE / ".local"
    """Where logs, addresses, secrets and data of this clone lie."""
    cache_dir: Path | None = None
    """Where downloaded jars are kept for all clones; default: the user's cache folder."""
    maven_mirror: str | None = None
    """A Maven repository to download the jars from instead of Maven Central."""
    kafka_heap_mib: int = Field(default=512, ge=256)
    """Largest heap of the Kafka process."""
    kafka_compiler: Literal["quick", "full"] = "quick"
    """Java compiler: ``quick`` starts sooner, ``full`` runs faster after some minutes."""
    xdg_cache_home: Path | None = Field(default=None, validation_alias="XDG_CACHE_HOME")
    java_home: Path | None = Field(default=None, validation_alias="JAVA_HOME")

    def jar_cache(self) -> Path:
        """The folder in which verified jars are kept between clones."""
        user_cache = self.xdg_cache_home or Path.home() / ".cache"
        return (self.cache_dir or user_cache / "careledger") / "jars"


def load_settings() -> LocalSettings:
    """Read and check the environment.

    Raises:
        LocalStackError: naming every wrong setting.
    """
    try:
        return LocalSettings()
    except ValidationError as error:
        wrong = "; ".join(
            f"{PREFIX}{'.'.join(map(str, problem['loc'])).upper()}: {problem['msg']}"
            for problem in error.errors()
        )
        raise LocalStackError(f"Wrong settings: {wrong}") from error


def inherited_environment() -> dict[str, str]:
    """The caller's environment, as a child process of a service gets it."""
    return dict(os.environ)  # noqa: TID251 - this is the settings module


def given_settings() -> dict[str, str]:
    """Every setting of the product the user has chosen: the environment wins over ``.env``."""
    chosen = {**dotenv_values(CLONE / ".env"), **inherited_environment()}
    return {name: value for name, value in chosen.items() if name.startswith(PREFIX) and value}


def server_environment() -> dict[str, str]:
    """The little a database or broker needs: no locale, no secrets, no Java options of the user."""
    path = os.environ.get("PATH", os.defpath)  # noqa: TID251 - this is the settings module
    return {"PATH": path, "LC_ALL": "C", "TZ": "UTC"}
