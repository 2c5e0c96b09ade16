"""Answers what does not fit together: finds the patients in question, looks at their entries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import asyncpg

from careledger.events.topics import PAYMENT_EVENTS
from careledger.postgres import Connection
from careledger.reports.answers import Page
from careledger.reports.clinics import Clinic
from careledger.reports.exceptions.models import (
    EXCEPTION_KINDS,
    ExceptionRow,
    ExceptionsQuery,
    ExceptionsReport,
    ExceptionSum,
)
from careledger.reports.paging import read_key, write_key
from careledger.reports.provenance import Subject, build_meta, digest
from careledger.reports.receivable_rows import has_later
from careledger.reports.snapshot import Snapshot, take_snapshot
from careledger.reports.statements import compose, fragment, planned, statement

_SUBJECT: Final = Subject("exceptions", "business_date", ("unapplied_credits", "deficits"))

_SUSPECTS: Final = statement("exceptions/suspects")
# Told by name, the patients are a number of rows that can be planned for: each is looked up.
_NAMED: Final = """
WITH anew AS MATERIALIZED (
    SELECT clinic_no, patient_id
    FROM unnest(:suspect_clinics::integer[], :suspect_patients::text[]) AS s (clinic_no, patient_id)
)
"""
_FOUND: Final = compose(_NAMED, fragment("receivable_sql/recomputed"), fragment("exceptions/found"))


async def read_exceptions(
    connection: Connection, clinics: Sequence[Clinic], query: ExceptionsQuery
) -> ExceptionsReport:
    """List facts that do not fit together.

    Raises:
        QuestionError: for a wrong as_of, watermark, page key or clinic filter.
    """
    after = read_key(query.after, int) or 0
    snapshot = await take_snapshot(
        connection,
        clinics,
        clinic_ids=query.clinic_ids,
        as_of=query.as_of,
        watermark=query.watermark,
    )
    parameters = {
        **snapshot.parameters,
        "has_later": await has_later(connection, snapshot),
        "kinds": list(query.kinds or EXCEPTION_KINDS),
        "topic": PAYMENT_EVENTS.name,
        "after_number": after,
        "rows": query.limit + 1,
    }
    async with planned(connection, "once"):
        suspects = await _SUSPECTS.fetch(connection, parameters)
        parameters |= {
            "suspect_clinics": [one["clinic_no"] for one in suspects],
            "suspect_patients": [one["patient_id"] for one in suspects],
        }
        found = await _FOUND.fetch(connection, parameters)
    listed = [row for row in found if row["number"] is not None]
    shown = [_row(row, snapshot) for row in listed[: query.limit]]
    sums = [_sum(row) for row in found if row["number"] is None]
    meta = build_meta(
        snapshot,
        _SUBJECT,
        currencies={one.currency for one in sums if one.currency},
        figures_digest=digest({"exceptions": shown, "sums": sums}),
    )
    following = None
    if len(listed) > query.limit:
        following = write_key(listed[query.limit - 1]["number"])
    page = Page(limit=query.limit, next=following)
    return ExceptionsReport(meta=meta, exceptions=shown, sums=sums, page=page)


def _row(row: asyncpg.Record, snapshot: Snapshot) -> ExceptionRow:
    fields = dict(row)
    del fields["number"], fields["count"]
    clinic_no = fields.pop("clinic_no")
    return ExceptionRow.model_validate({**fields, "clinic_id": snapshot.clinic_ids[clinic_no]})


def _sum(row: asyncpg.Record) -> ExceptionSum:
    names = ("kind", "parent", "currency", "amount", "count")
    return ExceptionSum.model_validate({name: row[name] for name in names})
