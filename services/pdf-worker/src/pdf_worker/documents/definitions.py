"""The page that says how to read the figures: each definition used, with version and formula."""

from __future__ import annotations

from collections.abc import Iterator

from careledger.reports.answers import Meta
from careledger.reports.catalog import CATALOG
from pdf_worker.documents.parts import Block, Column, Heading, Row, Table


def definitions(meta: Meta) -> Iterator[Block]:
    """Yield a heading and the table of definitions an answer used."""
    formulas = {metric.id: metric.formula for metric in CATALOG}
    yield Heading("How to read the figures", 2)
    yield Table(
        [Column("Figure", "text"), Column("Version", "text"), Column("Formula", "prose")],
        [Row((used.id, str(used.version), formulas[used.id])) for used in meta.definitions],
    )
