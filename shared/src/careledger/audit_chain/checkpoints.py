"""Signed statements of how long the log was and what its last hash was (Ed25519, RFC 8032).

The signing key lies outside the database, and so does every published statement: whoever can write
the database can rewrite the log, but neither sign a statement nor take the published ones back.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from msgspec import Struct

from careledger.deidentification import derive_key
from careledger.errors import CareledgerError, ConfigurationError
from careledger.events.checkpoints import SignedStatement, Statement

_PURPOSE: Final = "audit-checkpoints"
_PEM_END: Final = b"-----END PUBLIC KEY-----"


class Checkpoint(Struct, frozen=True):
    """A statement as it was signed: its bytes, never to be encoded anew, and the signature."""

    statement: bytes
    key_id: str
    signature: bytes


class CheckpointError(CareledgerError):
    """A checkpoint that nobody who holds the key has made, or that was changed since."""


_STATEMENT: Final = msgspec.json.Decoder(Statement)
_LINE: Final = msgspec.json.Decoder(SignedStatement)


class Signer:
    """Signs statements with the private key."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public_key: Final = key.public_key()
        self.key_id: Final = key_id_of(self.public_key)

    def sign(self, statement: Statement) -> Checkpoint:
        """Return the statement in the bytes that are kept and published, with its signature."""
        content = msgspec.json.encode(statement)
        return Checkpoint(content, self.key_id, self._key.sign(content))


class TrustedKeys:
    """The public keys whose checkpoints count; `key_ids` names them."""

    def __init__(self, keys: Iterable[Ed25519PublicKey]) -> None:
        self._keys: Final[Mapping[str, Ed25519PublicKey]] = {key_id_of(key): key for key in keys}
        self.key_ids: Final = frozenset(self._keys)

    def read(self, checkpoint: Checkpoint) -> Statement:
        """Return what a checkpoint states.

        Raises:
            CheckpointError: if its key is not trusted or its signature does not hold.
        """
        key = self._keys.get(checkpoint.key_id)
        if key is None:
            raise CheckpointError("is signed with a key that is not among the trusted ones")
        try:
            key.verify(checkpoint.signature, checkpoint.statement)
        except InvalidSignature:
            raise CheckpointError("does not fit its signature") from None
        try:
            return _STATEMENT.decode(checkpoint.statement)
        except msgspec.DecodeError:
            raise CheckpointError("is no statement about the audit log") from None


def key_id_of(key: Ed25519PublicKey) -> str:
    """Return the name of a key: the first 16 hexadecimal digits of its SHA-256."""
    return sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:16]


def to_line(checkpoint: Checkpoint) -> bytes:
    """Write a checkpoint as one line of JSON, without the line's end: for Kafka and the file."""
    return msgspec.json.encode(
        SignedStatement(
            statement=checkpoint.statement.decode(),
            key_id=checkpoint.key_id,
            signature=b64encode(checkpoint.signature).decode(),
        )
    )


def from_line(line: bytes) -> Checkpoint:
    """Read a checkpoint from its line.

    Raises:
        CheckpointError: if the line is none.
    """
    try:
        read = _LINE.decode(line)
        signature = b64decode(read.signature, validate=True)
    except (msgspec.DecodeError, ValueError):
        raise CheckpointError("is no checkpoint") from None
    return Checkpoint(read.statement.encode(), read.key_id, signature)


def signer_of(secret: str, key_file: Path | None) -> Signer:
    """Return the signer of an installation: the key of a PEM file, else one of the root secret.

    Raises:
        ConfigurationError: if the file holds no Ed25519 private key without a password.
    """
    if key_file is None:
        return Signer(Ed25519PrivateKey.from_private_bytes(derive_key(secret, _PURPOSE)))
    try:
        key = load_pem_private_key(key_file.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise _unusable("AUDIT_KEY_FILE", error) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise _unusable("AUDIT_KEY_FILE", TypeError())
    return Signer(key)


def keys_of(secret: str, key_file: Path | None, public_keys_file: Path | None) -> TrustedKeys:
    """Return the trusted keys of an installation: those of a file, else its signer's own.

    Raises:
        ConfigurationError: if a file cannot be used.
    """
    if public_keys_file is not None:
        return keys_of_file(public_keys_file)
    return TrustedKeys([signer_of(secret, key_file).public_key])


def keys_of_file(path: Path) -> TrustedKeys:
    """Read the public keys of a PEM file: the present one, and those before it.

    Raises:
        ConfigurationError: if it holds anything else than Ed25519 public keys, or none.
    """
    keys: list[Ed25519PublicKey] = []
    try:
        blocks = [block for block in path.read_bytes().split(_PEM_END) if block.strip()]
        for block in blocks:
            key = load_pem_public_key(block + _PEM_END)
            if not isinstance(key, Ed25519PublicKey):
                raise TypeError  # noqa: TRY301 - the same answer as for a file that cannot be read
            keys.append(key)
    except (OSError, ValueError, TypeError) as error:
        raise _unusable("AUDIT_PUBLIC_KEYS_FILE", error) from None
    if not keys:
        raise _unusable("AUDIT_PUBLIC_KEYS_FILE", ValueError())
    return TrustedKeys(keys)


def _unusable(name: str, error: Exception) -> ConfigurationError:
    return ConfigurationError(
        f"CARELEDGER_{name} must be a PEM file with Ed25519 keys: {type(error).__name__}"
    )
