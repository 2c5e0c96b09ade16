"""Processes are recognized by number and start time, and stopped with their children."""

import os
import signal
from dataclasses import replace
from pathlib import Path

import psutil
from deploy.local.processes import Launch, identify, is_alive, session_members, spawn, stop

from support.waiting import wait_until


def launch(script: str, folder: Path) -> Launch:
    environment = {"PATH": os.defpath}
    return Launch(["sh", "-c", script], folder / "log", environment, folder)


def test_a_later_process_of_the_same_number_is_a_stranger(tmp_path: Path) -> None:
    identity = spawn(launch("exec sleep 60", tmp_path))

    stranger = replace(identity, started_ticks=identity.started_ticks - 1)

    assert is_alive(identity)
    assert not is_alive(stranger)
    stop(stranger, patience_seconds=1)
    assert is_alive(identity)
    stop(identity, patience_seconds=5)


def test_a_process_of_an_earlier_boot_is_gone(tmp_path: Path) -> None:
    identity = spawn(launch("exec sleep 60", tmp_path))

    assert not is_alive(replace(identity, boot_id="earlier"))
    stop(identity, patience_seconds=5)


def test_stopping_takes_the_children_along(tmp_path: Path) -> None:
    identity = spawn(launch("sleep 60 & sleep 60 & wait", tmp_path))
    wait_until(lambda: len(session_members(identity)) == 3)
    members = session_members(identity)

    stop(identity, patience_seconds=5)

    assert [member for member in members if is_alive(member)] == []


def test_stopping_finds_children_whose_parent_was_killed(tmp_path: Path) -> None:
    identity = spawn(launch("sleep 60 & wait", tmp_path))
    wait_until(lambda: len(session_members(identity)) == 2)
    child = next(member for member in session_members(identity) if member != identity)
    os.kill(identity.pid, signal.SIGKILL)
    wait_until(lambda: not is_alive(identity))
    assert is_alive(child)

    stop(identity, patience_seconds=5)

    assert not is_alive(child)


def test_a_process_that_ignores_the_request_is_ended_by_force(tmp_path: Path) -> None:
    identity = spawn(launch("trap '' TERM; touch trapped; sleep 60 & wait; wait", tmp_path))
    wait_until((tmp_path / "trapped").exists)

    stop(identity, patience_seconds=0.2)

    assert not is_alive(identity)


def test_a_process_has_time_to_end_by_itself(tmp_path: Path) -> None:
    script = "trap 'touch ended; exit' TERM; touch trapped; while :; do sleep 0.05; done"
    identity = spawn(launch(script, tmp_path))
    wait_until((tmp_path / "trapped").exists)

    stop(identity, patience_seconds=10)

    assert (tmp_path / "ended").exists()


def test_a_process_outlives_the_terminal_it_was_started_from(tmp_path: Path) -> None:
    identity = spawn(launch("exec sleep 60", tmp_path))

    assert os.getsid(identity.pid) == identity.pid
    stop(identity, patience_seconds=5)


def test_no_process_has_an_unused_number() -> None:
    unused = max(psutil.pids()) + 1_000_000

    assert identify(unused) is None


def test_a_stopped_child_of_our_own_is_collected(tmp_path: Path) -> None:
    identity = spawn(launch("exec sleep 60", tmp_path))

    stop(identity, patience_seconds=5)

    assert not psutil.pid_exists(identity.pid)
