"""What was asked to be written down, with everything that fixes it: the input of a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pdf_worker.documents.parts import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One export, as its owner asked for it."""

    export_id: str
    owner_name: str
    requested_at: datetime
    digest: str
    data_through: datetime | None
    """Up to when the figures are complete, as told when they were asked for."""
    paper: Paper
    locale: str
    clinic_names: Mapping[str, str]
    """Names of clinics by id, for those that have one."""
