"""Accounts of people and partner systems; written by report-api alone."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import TIMESTAMP, Column, LargeBinary, Text, func
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

SCHEMA: Final = "reporting"


def _instant(*, set_by_database: bool = False) -> Column[datetime]:
    default = func.now() if set_by_database else None
    return Column(TIMESTAMP(timezone=True), nullable=not set_by_database, server_default=default)


def _texts(*, nullable: bool) -> Column[list[str]]:
    return Column(ARRAY(Text), nullable=nullable)


class User(SQLModel, table=True):
    """A built-in user; disabled, never deleted. `clinic_ids` None means every clinic."""

    __tablename__ = "users"  # pyright: ignore[reportAssignmentType]
    __table_args__ = {"schema": SCHEMA}

    user_id: str = Field(primary_key=True)
    name: str = Field(unique=True)
    role: str
    clinic_ids: list[str] | None = Field(default=None, sa_column=_texts(nullable=True))
    password_hash: str
    failed_attempts: int = 0
    locked_until: datetime | None = Field(default=None, sa_column=_instant())
    created_at: datetime | None = Field(default=None, sa_column=_instant(set_by_database=True))
    disabled_at: datetime | None = Field(default=None, sa_column=_instant())


class Client(SQLModel, table=True):
    """A partner system with its scopes; `clinic_ids` None means every clinic."""

    __tablename__ = "clients"  # pyright: ignore[reportAssignmentType]
    __table_args__ = {"schema": SCHEMA}

    client_id: str = Field(primary_key=True)
    name: str
    scopes: list[str] = Field(sa_column=_texts(nullable=False))
    clinic_ids: list[str] | None = Field(default=None, sa_column=_texts(nullable=True))
    secret_sha256: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    created_at: datetime | None = Field(default=None, sa_column=_instant(set_by_database=True))
    disabled_at: datetime | None = Field(default=None, sa_column=_instant())


class Session(SQLModel, table=True):
    """One sign-in of a user, with the generation its refresh token is at."""

    __tablename__ = "sessions"  # pyright: ignore[reportAssignmentType]
    __table_args__ = {"schema": SCHEMA}

    session_id: str = Field(primary_key=True)
    user_id: str = Field(foreign_key=f"{SCHEMA}.users.user_id")
    generation: int = 0
    started_at: datetime = Field(sa_column=Column(TIMESTAMP(timezone=True), nullable=False))
    rotated_at: datetime = Field(sa_column=Column(TIMESTAMP(timezone=True), nullable=False))
    expires_at: datetime = Field(sa_column=Column(TIMESTAMP(timezone=True), nullable=False))
    ended_at: datetime | None = Field(default=None, sa_column=_instant())
    end_reason: str | None = None
