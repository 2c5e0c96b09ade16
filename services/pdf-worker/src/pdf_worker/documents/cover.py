"""What every document has: its frame, and the block it opens with, which says how to verify it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from careledger.reports.answers import Meta
from pdf_worker.documents.parts import Block, Document, Fact
from pdf_worker.documents.subject import Subject
from pdf_worker.formats import Notation

AGGREGATE_LABEL: Final = (
    "Totals without patient identifiers, small counts included. Not de-identified in the sense of"
    " 45 CFR 164.514: handle it as protected health information."
)
SUPPRESSED_LABEL: Final = (
    "Suppressed: figures to which 1 to 10 patients of a month contribute are hidden, and the next"
    " smallest of a breakdown with them, as CMS does; no rule of HIPAA. Not de-identified in the"
    " sense of 45 CFR 164.514: handle it as protected health information."
)
FIGURES: Final = "SHA-256 of the figures, the same on screen"
ROWS: Final = "SHA-256 of all rows, the same on screen where one page holds them"
PATIENT_LABEL: Final = (
    "Pseudonymized PHI, minimum-necessary view: names, contact data and other direct identifiers"
    " are removed, patient ids and dates remain. Still protected health information."
)


def bound(
    subject: Subject,
    notation: Notation,
    *,
    title: str,
    subtitle: str,
    footer: str,
    topic: str,
    blocks: Iterable[Block],
) -> Document:
    """Return a document of these blocks, with what every document takes from its subject.

    Args:
        subject: what was asked for.
        notation: how to write it.
        title: of the document.
        subtitle: what it is about.
        footer: on every page, before the digest.
        topic: its keyword.
        blocks: what stands on its pages.
    """
    return Document(
        title=title,
        subtitle=subtitle,
        language=notation.language,
        paper=subject.paper,
        footer=f"{footer} · digest {subject.digest[:12]}",
        keywords=f"{topic}, {subject.digest}",
        asked_at=subject.requested_at,
        blocks=list(blocks),
    )


def cover(
    subject: Subject,
    meta: Meta,
    notation: Notation,
    *,
    particulars: Iterable[Fact],
    label: str,
    digest_of: str = FIGURES,
) -> list[Fact]:
    """Return the facts of a cover.

    Args:
        subject: what was asked for.
        meta: of the answer.
        notation: how to write it.
        particulars: what this report alone has: its range, its filters.
        label: what the document holds of patients.
        digest_of: what the digest is of.
    """
    zone = meta.time_zones[0] if len(meta.time_zones) == 1 else "UTC"
    through = subject.data_through
    return [
        Fact("Clinics", tuple(_clinics(subject, meta))),
        *particulars,
        Fact("As of", (notation.day(meta.as_of),)),
        Fact("Time zone", tuple(_zones(meta))),
        Fact("Currency", (_currencies(meta),)),
        Fact(
            "Data through",
            (notation.instant(through, zone) if through else "Not stated by the sources",),
        ),
        Fact(
            "Requested",
            (f"By {subject.owner_name}, {notation.instant(subject.requested_at, zone)}",),
        ),
        Fact("Privacy", (label,)),
        Fact("Digest", (subject.digest, digest_of)),
        Fact("Export", (subject.export_id,)),
        Fact("Watermark", (meta.watermark,)),
    ]


def _clinics(subject: Subject, meta: Meta) -> Iterable[str]:
    for clinic in meta.clinics:
        name = subject.clinic_names.get(clinic.clinic_id)
        written = f"{name} ({clinic.clinic_id})" if name else clinic.clinic_id
        yield written if clinic.confirmed else f"{written}, not confirmed"


def _zones(meta: Meta) -> Iterable[str]:
    yield ", ".join(meta.time_zones)
    if len(meta.time_zones) > 1:
        yield "Each clinic counts in its own"


def _currencies(meta: Meta) -> str:
    codes = [unit.currency for unit in meta.currencies]
    if not codes:
        return "None yet"
    return ", ".join(codes) + ("; never added up with each other" if len(codes) > 1 else "")
