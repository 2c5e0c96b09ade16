"""Where finished documents lie: a folder, or a bucket of any S3-compatible store.

pdf-worker puts them there, report-api hands them out and takes them away. A document is there whole
or not at all.
"""

from __future__ import annotations

import glob
import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Final, Protocol

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from careledger.errors import CareledgerError, ConfigurationError
from careledger.ids import new_id
from careledger.settings import StorageSettings

_NEW_FILE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_OWNER_READS: Final = 0o600
_OWNER_ENTERS: Final = 0o700
_SECONDS: Final = timedelta(seconds=30)
_RETRIES_LAST: Final = timedelta(seconds=60)


class StorageError(CareledgerError):
    """A document could not be put, read, signed or removed; the text names no address."""


class DocumentStore(Protocol):
    """Keeps documents under keys."""

    def put(self, key: str, content: bytes) -> None:
        """Publish a document.

        Raises:
            StorageError: if it cannot be written; nothing of it can be seen then.
        """
        ...

    def remove(self, key: str) -> None:
        """Take a document away; one that is not there is no error.

        Raises:
            StorageError: if it cannot be removed.
        """
        ...

    def file(self, key: str) -> Path | None:
        """Return the file of a document, for a store that is a folder."""
        ...

    def address(self, key: str, *, lasts: timedelta) -> str | None:
        """Return an address anybody can read a document at for a while, for a store that signs.

        Raises:
            StorageError: if none can be made.
        """
        ...

    def check(self) -> None:
        """Try whether documents can be kept here.

        Raises:
            StorageError: if not.
        """
        ...


def open_store(settings: StorageSettings) -> DocumentStore:
    """Return the store the settings name: the bucket, or else the folder.

    Raises:
        ConfigurationError: if they name neither.
    """
    if settings.export_bucket is not None:
        return Bucket(settings)
    if settings.export_dir is None:
        raise ConfigurationError("No place for documents is named.")
    return Folder(settings.export_dir)


class Folder:
    """A folder of documents; whoever hands them out runs as the user who puts them there."""

    def __init__(self, folder: Path) -> None:
        self._folder: Final = folder

    def put(self, key: str, content: bytes) -> None:
        """Publish a document: written beside its place, made durable, then renamed.

        Only the owner of the process may read it.
        """
        draft = self._folder / f"{key}#{new_id()}"
        try:
            self._make()
            with os.fdopen(os.open(draft, _NEW_FILE, _OWNER_READS), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self._folder / key)
            _make_durable(self._folder)
        except OSError as error:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise _failed("stored", error) from error

    def remove(self, key: str) -> None:
        """Take a document away, and what was written of it by who died; nothing is no error."""
        try:
            for found in (self._folder / key, *self._folder.glob(f"{glob.escape(key)}#*")):
                found.unlink(missing_ok=True)
        except OSError as error:
            raise _failed("removed", error) from error

    def file(self, key: str) -> Path | None:
        """Return the file of a document, if it lies in this folder."""
        found = (self._folder / key).resolve()
        inside = found.is_relative_to(self._folder.resolve())
        return found if inside and found.is_file() else None

    def address(self, key: str, *, lasts: timedelta) -> None:  # noqa: ARG002 - files have none
        """A folder has no addresses."""
        return

    def check(self) -> None:
        """Try whether the folder is there, or can be made, and can be written to."""
        try:
            self._make()
        except OSError as error:
            raise _failed("stored", error) from error
        if not os.access(self._folder, os.W_OK | os.X_OK):
            raise StorageError("The folder of documents cannot be written to.")

    def _make(self) -> None:
        """Make the folder, for the owner alone; the rights of one that is there are its owner's."""
        self._folder.mkdir(mode=_OWNER_ENTERS, parents=True, exist_ok=True)


class Bucket:
    """A bucket, or a part of one, of an S3-compatible store."""

    def __init__(self, settings: StorageSettings) -> None:
        self._settings: Final = settings

    def put(self, key: str, content: bytes) -> None:
        """Publish a document, with a checksum the store verifies, encrypted there if so set."""
        attributes = {
            "Content-Type": "application/pdf",
            "Content-Disposition": f'attachment; filename="{key}"',
            "Cache-Control": "no-store",
        }
        try:
            # In one request: what is sent in parts could be left behind in parts.
            obstore.put(self._opened(), key, content, attributes=attributes, use_multipart=False)
        except (BaseError, OSError) as error:
            raise _failed("stored", error) from error

    def remove(self, key: str) -> None:
        """Take a document away; one that is not there is no error."""
        try:
            obstore.delete(self._opened(), key)
        except FileNotFoundError:
            return
        except (BaseError, OSError) as error:
            raise _failed("removed", error) from error

    def file(self, key: str) -> None:  # noqa: ARG002 - objects have none
        """A bucket has no files."""
        return

    def address(self, key: str, *, lasts: timedelta) -> str:
        """Return a presigned address of a document."""
        settings = self._settings
        try:
            store = self._opened(settings.export_bucket_public_endpoint)
            return obstore.sign(store, "GET", key, lasts)
        except (BaseError, OSError) as error:
            raise _failed("signed", error) from error

    def check(self) -> None:
        """Try whether the bucket answers to these credentials."""
        try:
            found = obstore.list(self._opened(), "nowhere")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
            next(iter(found), None)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
        except (BaseError, OSError) as error:
            raise _failed("reached", error) from error

    def _opened(self, endpoint: str | None = None) -> S3Store:
        settings = self._settings
        secret = settings.export_bucket_secret_access_key
        chosen = {
            "endpoint": endpoint or settings.export_bucket_endpoint,
            "access_key_id": settings.export_bucket_access_key_id,
            "secret_access_key": secret.get_secret_value() if secret else None,
            "server_side_encryption": settings.export_bucket_encryption,
            "sse_kms_key_id": settings.export_bucket_kms_key_id,
        }
        return S3Store(
            settings.export_bucket,
            prefix=settings.export_bucket_prefix or None,
            region=settings.export_bucket_region,
            checksum_algorithm="SHA256",
            client_options={"allow_http": True, "timeout": _SECONDS},
            retry_config={"max_retries": 3, "retry_timeout": _RETRIES_LAST},
            **{name: value for name, value in chosen.items() if value is not None},  # pyright: ignore[reportArgumentType]
        )


def _failed(what: str, error: Exception) -> StorageError:
    return StorageError(f"The document could not be {what} ({type(error).__name__}).")


def _make_durable(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
