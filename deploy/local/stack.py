"""PostgreSQL, Kafka and Valkey as one: started side by side."""

import fcntl
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from deploy.local import kafka, postgres, valkey
from deploy.local.kafka import Kafka
from deploy.local.places import Places
from deploy.local.postgres import Postgres
from deploy.local.progress import Report, do_at_once
from deploy.local.records import Records
from deploy.local.settings import LocalSettings
from deploy.local.valkey import Valkey


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the three parts are, passwords included."""

    postgres: str
    kafka: str
    redis: str


class Stack:
    """The parts of one stack that the environment does not already name."""

    def __init__(
        self, places: Places, records: Records, settings: LocalSettings, *, durable: bool = True
    ) -> None:
        """Describe the stack; ``durable=False`` trades safety against power loss for speed."""
        self._settings = settings
        self._postgres = Postgres(places, records, durable=durable)
        self._kafka = Kafka(places, records, settings)
        self._valkey = Valkey(places, records)

    def start(self, report: Report) -> Addresses:
        """Start what is not running yet, all three at once; what runs is left alone.

        Raises:
            LocalStackError: one line or more for each part that could not be started.
        """
        given = self._settings
        starts: dict[str, Callable[[], str]] = {
            postgres.NAME: _as_given if given.database_url else self._postgres.start,
            kafka.NAME: _as_given if given.kafka_bootstrap else partial(self._kafka.start, report),
            valkey.NAME: _as_given if given.redis_url else self._valkey.start,
        }
        do_at_once(starts, report)
        return self.addresses()

    def addresses(self) -> Addresses:
        """Where the parts are; they must have been started once."""
        return Addresses(
            postgres=self._settings.database_url or self._postgres.url(),
            kafka=self._settings.kafka_bootstrap or self._kafka.bootstrap(),
            redis=self._settings.redis_url or self._valkey.url(),
        )


def _as_given() -> str:
    return "as the environment says"


@contextmanager
def only_one_command(places: Places) -> Generator[None]:
    """Hold back a second command on the same stack until this one is done or killed."""
    places.make()
    with (places.home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
