"""A PostgreSQL of one test file's own, to be crashed; it keeps what it acknowledged."""

import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from deploy.local.places import places_of
from deploy.local.postgres import NAME, Postgres
from deploy.local.processes import stop
from deploy.local.records import Records

_PATIENCE_SECONDS = 30


@dataclass
class OwnPostgres:
    """A server and its process."""

    server: Postgres
    records: Records

    @property
    def url(self) -> str:
        """Where to connect, also after a restart."""
        return self.server.url("postgres")

    def crash(self, sign: signal.Signals) -> None:
        """End it at once, in the midst of every transaction, and all its processes."""
        process = self.records.process(NAME)
        assert process is not None
        stop(process, patience_seconds=_PATIENCE_SECONDS, sign=sign)

    def start(self) -> None:
        """Start it with the data it had; it recovers what was committed."""
        self.server.start()


@pytest.fixture(scope="module")
def own_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnPostgres]:
    """A fresh server, gone after the tests of a file."""
    places = places_of(tmp_path_factory.mktemp("postgres") / "stack")
    places.make()
    # The server has an account of its own, which must be able to reach its folder.
    for folder in places.home.parents:
        if folder.stat().st_uid == os.geteuid() and folder.name.startswith("pytest-"):
            folder.chmod(0o711)
    records = Records(places.home / "state.json")
    own = OwnPostgres(Postgres(places, records, durable=True), records)
    own.start()
    try:
        yield own
    finally:
        own.crash(signal.SIGQUIT)
        places.forget()
