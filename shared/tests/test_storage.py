"""Documents in a folder are whole or not there, and only for the user they belong to."""

import os
import stat
from pathlib import Path

import pytest

from careledger.storage import Folder, StorageError

KEY = "0190.pdf"


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_document_and_its_folder_are_for_their_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        Folder(tmp_path / "exports").put(KEY, b"%PDF")
    finally:
        os.umask(before)

    folder = tmp_path / "exports"
    assert (mode_of(folder), mode_of(folder / KEY)) == (0o700, 0o600)
    assert [path.name for path in folder.iterdir()] == [KEY]


def test_a_folder_that_is_there_keeps_its_rights(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir(mode=0o750)
    Folder(folder).check()

    assert mode_of(folder) == 0o750


def test_a_document_put_again_replaces_the_first(tmp_path: Path) -> None:
    store = Folder(tmp_path)
    store.put(KEY, b"first")
    store.put(KEY, b"second")

    assert (tmp_path / KEY).read_bytes() == b"second"


def test_nothing_is_left_of_a_document_that_could_not_be_published(tmp_path: Path) -> None:
    (tmp_path / KEY).mkdir()

    with pytest.raises(StorageError):
        Folder(tmp_path).put(KEY, b"%PDF")

    assert [path.name for path in tmp_path.iterdir()] == [KEY]
