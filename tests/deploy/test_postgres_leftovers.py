"""What a killed PostgreSQL or a deleted clone left behind keeps nobody from starting again."""

import os
from pathlib import Path

from deploy.local.postgres_leftovers import end_leftovers, set_strange_data_aside
from deploy.local.processes import Launch, is_alive, spawn, stop

from support.waiting import wait_until


def test_a_forgotten_process_on_the_data_is_ended_with_its_lock(tmp_path: Path) -> None:
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    for folder in (data, elsewhere):
        folder.mkdir()
    command = ["sleep", "60"]
    forgotten = spawn(Launch(command, tmp_path / "log", {"PATH": os.defpath}, data))
    stranger = spawn(Launch(command, tmp_path / "log", {"PATH": os.defpath}, elsewhere))
    (data / "postmaster.pid").write_text(f"{stranger.pid}\n")
    wait_until(lambda: Path(f"/proc/{forgotten.pid}/cwd").readlink() == data)

    end_leftovers(data)

    assert not is_alive(forgotten)
    assert is_alive(stranger)
    assert not (data / "postmaster.pid").exists()
    stop(stranger, patience_seconds=5)


def test_data_of_the_same_clone_stay(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "postgres"
    (folder / "data").mkdir(parents=True)
    home.mkdir()

    set_strange_data_aside(folder, home)
    set_strange_data_aside(folder, home)

    assert (folder / "data").exists()


def test_data_of_a_deleted_clone_are_set_aside(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "postgres"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "rows").write_text("theirs")
    home.mkdir()
    set_strange_data_aside(folder, home)
    (home / "id").unlink()

    set_strange_data_aside(folder, home)

    assert not (folder / "data").exists()
    assert (folder / "set-aside" / "rows").read_text() == "theirs"
