"""Proofs of runs that are gone go as well, but the one every report names."""

import msgspec
import pytest

from aggregator.retention.proofs import remove_past_proofs
from careledger.postgres import Connection

pytestmark = pytest.mark.integration

_ADD = """
INSERT INTO reconciliations (reconciliation_id, run_id, source, ended_at, watermark, matches, books,
    difference_count, differences)
VALUES ($1, $1, 'pms', now() - make_interval(months => $2), '', true, '[]', 0, '[]')
"""


async def test_only_old_proofs_of_removed_runs_go(audit_connection: Connection) -> None:
    for name, months in (("gone", 9), ("young", 1), ("has-its-run", 9), ("named", 9)):
        await audit_connection.execute(_ADD, name, months)
    await audit_connection.execute(
        "INSERT INTO etl_process_status (run_id, source, mode, status, started_by)"
        " VALUES ('has-its-run', 'pms', 'full', 'completed', 'test')"
    )
    await audit_connection.execute(
        "INSERT INTO reconciled_sources VALUES ('pms', 'named', now(), '', true)"
    )

    removed = await remove_past_proofs(audit_connection, 6, by="test")

    rows = await audit_connection.fetch("SELECT run_id FROM reconciliations ORDER BY 1")
    assert (removed, [row["run_id"] for row in rows]) == (1, ["has-its-run", "named", "young"])
    record = await audit_connection.fetchval("SELECT record FROM audit_outbox")
    assert msgspec.json.decode(record)["details"] == {"reconciliations": 1}
