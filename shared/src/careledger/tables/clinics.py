"""Clinics, the versions of what dates and due dates depend on, and the blind index of names."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Identity, LargeBinary
from sqlmodel import Field

from careledger.database_roles import DatabaseService
from careledger.events.topics import Service
from careledger.tables.declaration import CODE, GIVEN, INSTANT, NO, NOW, SCHEMA, TEXT, Table


class Clinic(Table, table=True):
    """A clinic: confirmed by an administrator, or first seen in an event and not confirmed yet."""

    writer: ClassVar[Service] = "report-api"
    inserters: ClassVar[tuple[Service, ...]] = ("aggregator",)
    readers: ClassVar[tuple[DatabaseService, ...]] = ("ingest", "aggregator", "pdf-worker")
    scoped: ClassVar[bool] = False  # the registry is what a scope is made from

    clinic_no: int | None = Field(
        default=None, primary_key=True, sa_column_args=[Identity(always=True)]
    )
    clinic_id: str = Field(unique=True, sa_type=CODE)
    name: str | None = Field(default=None, sa_type=TEXT)
    confirmed: bool = Field(default=False, sa_column_kwargs=NO)
    patient_url: str | None = Field(default=None, sa_type=TEXT)
    first_seen_at: datetime | None = Field(
        default=None,
        sa_type=INSTANT,
        nullable=False,
        sa_column_kwargs=NOW,
    )


class ClinicVersion(Table, table=True):
    """Zone and terms of a clinic from a Kafka append time on, so that a replay reads the same."""

    writer: ClassVar[Service] = "report-api"
    inserters: ClassVar[tuple[Service, ...]] = ("aggregator",)
    readers: ClassVar[tuple[DatabaseService, ...]] = ("ingest", "aggregator", "pdf-worker")
    scoped: ClassVar[bool] = False  # the registry is what a scope is made from
    append_only: ClassVar[bool] = True

    clinic_no: int = Field(
        primary_key=True,
        foreign_key=f"{SCHEMA}.clinics.clinic_no",
        sa_column_kwargs=GIVEN,
    )
    valid_from: datetime = Field(primary_key=True, sa_type=INSTANT)
    time_zone: str = Field(sa_type=TEXT)
    terms_days: int
    numeric_patient_ids: bool = Field(default=False, sa_column_kwargs=NO)
    recorded_at: datetime | None = Field(
        default=None,
        sa_type=INSTANT,
        nullable=False,
        sa_column_kwargs=NOW,
    )
    recorded_by: str = Field(sa_type=TEXT)


class PatientNameToken(Table, table=True):
    """One keyed hash of a normalized name part of a patient; equality is all it allows."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api",)

    clinic_no: int = Field(primary_key=True, sa_column_kwargs=GIVEN)
    token: bytes = Field(primary_key=True, sa_type=LargeBinary)
    patient_id: str = Field(primary_key=True, sa_type=CODE)
    key_id: str = Field(sa_type=TEXT)
