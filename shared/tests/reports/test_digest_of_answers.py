"""Whoever receives an answer can compute its digest."""

import json
from typing import Any

import pytest
from pydantic import BaseModel

from careledger.reports.provenance import digest_of_plain
from support.reading import Storyteller
from support.stories import tell

pytestmark = pytest.mark.integration


def figures_of(answer: BaseModel) -> object:
    return without(json.loads(answer.model_dump_json()), {"meta", "page", "partial"})


def without(value: Any, names: set[str]) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return {k: without(v, names) for k, v in value.items() if k not in names}  # pyright: ignore[reportUnknownVariableType]
    return [without(v, names) for v in value] if isinstance(value, list) else value  # pyright: ignore[reportUnknownVariableType]


async def test_whoever_receives_an_answer_can_compute_its_digest(story: Storyteller) -> None:
    told = await story(
        tell("invoice.issued", "2024-03-02", amount=10_000, service_date="2024-02-27"),
        tell("payment.succeeded", "2024-03-05", amount=4_000, invoice_id="inv1"),
        tell("payment.refunded", "2024-03-06", amount=1_000),
    )

    answers = [
        await told.revenue("2024-03-01", "2024-03-31", compare="previous_period"),
        await told.history(),
        await told.detail("inv1"),
        await told.exceptions(),
    ]

    for answer in answers:
        assert answer.meta.digest == digest_of_plain(figures_of(answer))
