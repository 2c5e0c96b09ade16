"""A session's servers end with it, however it ends."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from deploy.local.places import places_of
from deploy.local.processes import Identity, is_alive
from deploy.local.records import Records
from deploy.local.sessions import forget_session
from deploy.local.settings import CLONE, inherited_environment

from support.waiting import wait_until

pytestmark = pytest.mark.integration
OWNER = """
import os, sys
from deploy.local.sessions import start_session
start_session(os.getpid())
print("started", flush=True)
sys.stdin.read()
"""


class Session:
    """A process that owns a session, and what the session consists of."""

    def __init__(self, home: Path) -> None:
        """Start the owner and wait for its servers."""
        environment = {**inherited_environment(), "CARELEDGER_LOCAL_HOME": str(home)}
        self.owner = subprocess.Popen(
            [sys.executable, "-c", OWNER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            cwd=CLONE,
        )
        assert self.owner.stdout is not None
        assert self.owner.stdout.readline() == b"started\n"
        (self.home,) = (home / "sessions").iterdir()
        self.records = Records(self.home / "state.json")

    def alive(self) -> list[Identity]:
        """The processes of the session that are still there."""
        return [i for i in self.records.processes().values() if is_alive(i)]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = Session(tmp_path)
    yield session
    with session.owner:
        session.owner.kill()
    forget_session(places_of(session.home))


def test_killing_the_owner_ends_its_servers_and_deletes_their_data(session: Session) -> None:
    assert len(session.alive()) == 4
    database = places_of(session.home).postgres
    assert database.exists()

    session.owner.kill()
    session.owner.wait()

    wait_until(lambda: not session.alive() and not session.home.exists())
    assert not database.exists()


def test_the_next_session_clears_up_when_the_guard_was_killed_too(
    session: Session, tmp_path: Path
) -> None:
    guard = session.records.process("guard")
    assert guard is not None
    os.kill(guard.pid, signal.SIGKILL)
    session.owner.kill()
    session.owner.wait()
    wait_until(lambda: not is_alive(guard))
    left = session.alive()
    assert len(left) == 3
    first_home = session.home

    environment = {**inherited_environment(), "CARELEDGER_LOCAL_HOME": str(tmp_path)}
    program = OWNER.replace("sys.stdin.read()", "")
    subprocess.run([sys.executable, "-c", program], env=environment, cwd=CLONE, check=True)

    assert [identity for identity in left if is_alive(identity)] == []
    assert not first_home.exists()
    wait_until(lambda: list((tmp_path / "sessions").iterdir()) == [])
