"""Where finished documents are kept: whole or not at all, under a key made of the export's id."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore

from pdf_worker.errors import StorageError


def key_of(export_id: str) -> str:
    """Return the key an export's document has, whichever attempt makes it."""
    return f"{export_id}.pdf"


class DocumentStore:
    """A folder of documents."""

    def __init__(self, folder: Path) -> None:
        self._folder: Final = folder

    def put(self, key: str, content: bytes) -> None:
        """Publish a document: written beside its place, then renamed, then made durable.

        Raises:
            StorageError: if it cannot be written; nothing of it can be seen then.
        """
        try:
            obstore.put(self._opened(), key, content)
            _make_durable(self._folder / key)
            _make_durable(self._folder)
        except (BaseError, OSError) as error:
            raise StorageError(
                f"The document could not be stored ({type(error).__name__})."
            ) from error

    def remove(self, key: str) -> None:
        """Take a document away; one that is not there is no error.

        Raises:
            StorageError: if it cannot be removed.
        """
        try:
            obstore.delete(self._opened(), key)
        except FileNotFoundError:
            return
        except (BaseError, OSError) as error:
            raise StorageError(
                f"The document could not be removed ({type(error).__name__})."
            ) from error

    def _opened(self) -> LocalStore:
        # Opened anew each time: its threads would not live on in a process forked after it.
        return LocalStore(self._folder, mkdir=True)


def _make_durable(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
