"""Accounts of people and partner systems, and what is asked only once; report-api's."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index, LargeBinary, SmallInteger, UniqueConstraint, text
from sqlmodel import Field

from careledger.database_roles import DatabaseService
from careledger.events.topics import Service
from careledger.tables.declaration import CODE, CODES, INSTANT, JSON, NOW, SCHEMA, TEXT, ZERO, Table


class User(Table, table=True):
    """A built-in user; disabled, never deleted. `clinic_ids` None means every clinic."""

    writer: ClassVar[Service] = "report-api"

    user_id: str = Field(primary_key=True, sa_type=CODE)
    name: str = Field(unique=True, sa_type=CODE)
    role: str = Field(sa_type=CODE)
    clinic_ids: list[str] | None = Field(default=None, sa_type=CODES)
    password_hash: str = Field(sa_type=TEXT)
    failed_attempts: int = Field(default=0, sa_column_kwargs=ZERO)
    locked_until: datetime | None = Field(default=None, sa_type=INSTANT)
    created_at: datetime | None = Field(
        default=None,
        sa_type=INSTANT,
        nullable=False,
        sa_column_kwargs=NOW,
    )
    disabled_at: datetime | None = Field(default=None, sa_type=INSTANT)


class FederatedUser(Table, table=True):
    """A user of an OpenID Connect issuer, as the last token said; `clinic_ids` as of `User`."""

    writer: ClassVar[Service] = "report-api"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    user_id: str = Field(primary_key=True, sa_type=CODE)
    issuer: str = Field(sa_type=CODE)
    subject: str = Field(sa_type=CODE)
    name: str = Field(sa_type=CODE)
    role: str = Field(sa_type=CODE)
    clinic_ids: list[str] | None = Field(default=None, sa_type=CODES)
    first_seen_at: datetime = Field(sa_type=INSTANT)
    seen_at: datetime = Field(sa_type=INSTANT)
    disabled_at: datetime | None = Field(default=None, sa_type=INSTANT)


class Client(Table, table=True):
    """A partner system with its scopes; `clinic_ids` None means every clinic.

    `profile` is what it is shown of the patients behind the figures: suppressed or pseudonymized.
    """

    writer: ClassVar[Service] = "report-api"

    client_id: str = Field(primary_key=True, sa_type=CODE)
    name: str = Field(sa_type=TEXT)
    scopes: list[str] = Field(sa_type=CODES)
    clinic_ids: list[str] | None = Field(default=None, sa_type=CODES)
    secret_sha256: bytes = Field(sa_type=LargeBinary)
    profile: str = Field(
        default="suppressed",
        sa_type=CODE,
        sa_column_kwargs={"server_default": text("'suppressed'")},
    )
    created_at: datetime | None = Field(
        default=None,
        sa_type=INSTANT,
        nullable=False,
        sa_column_kwargs=NOW,
    )
    disabled_at: datetime | None = Field(default=None, sa_type=INSTANT)


class SourceKey(Table, table=True):
    """A key by which a source sends events: a token's digest, or a sealed secret that signs."""

    writer: ClassVar[Service] = "report-api"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("ingest",)

    key_id: str = Field(primary_key=True, sa_type=CODE)
    source: str = Field(sa_type=CODE)
    kind: str = Field(sa_type=CODE)
    token_sha256: bytes | None = Field(default=None, sa_type=LargeBinary)
    sealed_secret: bytes | None = Field(default=None, sa_type=LargeBinary)
    created_at: datetime = Field(sa_type=INSTANT)
    disabled_at: datetime | None = Field(default=None, sa_type=INSTANT)


class Session(Table, table=True):
    """One sign-in of a user, with the generation its refresh token is at."""

    writer: ClassVar[Service] = "report-api"
    __table_args__ = (Index("sessions_open", "user_id", postgresql_where=text("ended_at IS NULL")),)

    session_id: str = Field(primary_key=True, sa_type=CODE)
    user_id: str = Field(foreign_key=f"{SCHEMA}.users.user_id", sa_type=CODE)
    generation: int = Field(default=0, sa_column_kwargs=ZERO)
    started_at: datetime = Field(sa_type=INSTANT)
    rotated_at: datetime = Field(sa_type=INSTANT)
    expires_at: datetime = Field(sa_type=INSTANT)
    ended_at: datetime | None = Field(default=None, sa_type=INSTANT)
    end_reason: str | None = Field(default=None, sa_type=CODE)


class SignInAddress(Table, table=True):
    """Sign-ins of a user tried from one address; with `succeeded_at` it is the user's own."""

    writer: ClassVar[Service] = "report-api"
    named: ClassVar[str] = "sign_in_addresses"
    __table_args__ = (Index("sign_in_addresses_age", "tried_at"),)

    user_id: str = Field(primary_key=True, foreign_key=f"{SCHEMA}.users.user_id", sa_type=CODE)
    remote: str = Field(primary_key=True, sa_type=CODE)
    failed_attempts: int = Field(default=0, sa_column_kwargs=ZERO)
    locked_until: datetime | None = Field(default=None, sa_type=INSTANT)
    succeeded_at: datetime | None = Field(default=None, sa_type=INSTANT)
    tried_at: datetime = Field(sa_type=INSTANT)


class IdempotencyKey(Table, table=True):
    """The first answer to an Idempotency-Key, written in the transaction of its work."""

    writer: ClassVar[Service] = "report-api"
    __table_args__ = (Index("idempotency_keys_age", "recorded_at"),)

    actor_kind: str = Field(primary_key=True, sa_type=CODE)
    actor_id: str = Field(primary_key=True, sa_type=CODE)
    key: str = Field(primary_key=True, sa_type=CODE)
    request_sha256: bytes = Field(sa_type=LargeBinary)
    status: int = Field(sa_type=SmallInteger)
    headers: dict[str, str] = Field(sa_type=JSON)
    body: bytes = Field(sa_type=LargeBinary)
    recorded_at: datetime = Field(sa_type=INSTANT)
