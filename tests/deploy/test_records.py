"""What a stack remembers survives the command that wrote it."""

import os
import socket
import stat
from pathlib import Path

import pytest
from deploy.local.errors import LocalStackError
from deploy.local.ports import is_free
from deploy.local.processes import Launch, stop
from deploy.local.records import Records, write_private


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.json"


def sleeping(folder: Path) -> Launch:
    return Launch(["sleep", "60"], folder / "log", {"PATH": os.defpath}, folder)


def test_the_next_command_knows_the_processes_of_the_last(path: Path) -> None:
    started = Records(path).start("server", sleeping(path.parent))

    later = Records(path)

    assert later.process("server") == started
    assert later.running() == ["server"]
    stop(started, patience_seconds=5)
    assert later.running() == []


@pytest.mark.enable_socket
def test_a_part_keeps_its_port(path: Path) -> None:
    port = Records(path).claim_port("server")

    assert Records(path).claim_port("server") == port


@pytest.mark.enable_socket
def test_a_port_taken_by_another_program_is_exchanged(path: Path) -> None:
    port = Records(path).claim_port("server")
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()

        assert not is_free(port)
        assert Records(path).claim_port("server") != port


@pytest.mark.enable_socket
def test_no_two_parts_get_the_same_port(path: Path) -> None:
    records = Records(path)

    ports = {records.claim_port(f"part {number}") for number in range(20)}

    assert len(ports) == 20


def test_nothing_is_started_after_breaking_off(path: Path) -> None:
    records = Records(path)
    records.close()

    with pytest.raises(LocalStackError, match="broken off"):
        records.start("server", sleeping(path.parent))


def test_secrets_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("old, and open to all")
    secret.chmod(0o644)

    write_private(secret, "new")

    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert secret.read_text() == "new"
