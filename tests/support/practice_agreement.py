"""The one assertion of every fault of a run: source and reports are the same, to the cent."""

from typing import Any

from ingest.settings import IngestSettings
from support.aggregators import Installation
from support.extracting import rows_of, runs
from support.polling import seen
from support.practice import AnyPractice
from support.practice_changes import balances, payments_per_day

_BALANCES = "SELECT invoice_id, balance FROM outstanding_payments WHERE balance <> 0"
_PAYMENTS = """
SELECT business_date::text AS day, sum(amount)::bigint AS amount FROM ledger
WHERE kind IN ('payment', 'correction') AND event_id LIKE 'payment:%'
GROUP BY 1 HAVING sum(amount) <> 0
"""


async def agree(
    settings: IngestSettings, installation: Installation, practice: AnyPractice
) -> None:
    """Wait for the proof of the last run; hold it, and sums of our own, against the source.

    Raises:
        AssertionError: a figure differs.
    """
    *_, last = await runs(settings)

    async def proof() -> list[dict[str, Any]]:
        return await rows_of(
            settings, "SELECT * FROM reconciliations WHERE run_id = $1", [last["run_id"]]
        )

    (found,) = await seen(proof, bool, timeout_seconds=90)
    await installation.caught_up()
    assert found["matches"], found["differences"]
    balance = {one["invoice_id"]: one["balance"] for one in await rows_of(settings, _BALANCES)}
    assert balance == balances(practice)
    days = {one["day"]: one["amount"] for one in await rows_of(settings, _PAYMENTS)}
    assert days == payments_per_day(practice)
