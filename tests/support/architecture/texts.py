"""Rules of text: what no file of the repository may say."""

from __future__ import annotations

import re
from typing import Final

from support.architecture.sources import Source

# Put together, so that this file does not say them.
_HOSTS: Final = (
    *(f"{name}.org" for name in ("pypi", "files.pythonhosted", "registry.npmjs", "repo1.maven")),
    *(f"{name}.org" for name in ("repo.maven.apache", "deb.debian", "proxy.golang")),
    *(f"{name}.com" for name in ("registry.yarnpkg", "registry-1.docker")),
    *(f"{name}.io" for name in ("crates", "docker", "ghcr", "quay")),
)
_PLACES: Final = ("work", "root", "tmp/helpers", "home/[a-z][a-z0-9]*", "Users/[A-Za-z]+")
_UNFINISHED: Final = ("TO" + "DO", "FIX" + "ME", "HA" + "CK")

_HOST: Final = re.compile(rf"(?<![\w.-])({'|'.join(map(re.escape, _HOSTS))})\b")
_PLACE: Final = re.compile(rf"(?<![\w.~*$}}>/-])/({'|'.join(_PLACES)})/")
_MARK: Final = re.compile(rf"\b({'|'.join(_UNFINISHED)})\b")


def _lines_with(pattern: re.Pattern[str], source: Source, advice: str) -> list[str]:
    return [
        f"{source.path}:{number}: {found[0]}: {advice}"
        for number, line in enumerate(source.text.splitlines(), 1)
        if (found := pattern.search(line))
    ]


def registry_hosts(source: Source) -> list[str]:
    """The address of a package registry: whoever installs has their own."""
    return _lines_with(_HOST, source, "name no package registry; its client knows where it is")


def machine_paths(source: Source) -> list[str]:
    """A path of somebody's machine."""
    return _lines_with(_PLACE, source, "a path of one machine; start from the repository's root")


def unfinished(source: Source) -> list[str]:
    """A mark of work left lying."""
    return _lines_with(_MARK, source, "finish it, or write an issue")
