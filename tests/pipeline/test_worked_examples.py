"""The worked examples of the documentation come out as written, each explained by its legs."""

from typing import Any

import pytest

from careledger.reports.explain import ExplainQuery, read_explanation
from support.reading import Storyteller
from support.worked_examples import Example, examples

pytestmark = pytest.mark.integration

EXAMPLES = examples()


def test_every_example_tells_something_and_expects_something() -> None:
    assert len(EXAMPLES) >= 9
    assert all(len(one.told) >= 2 and len(one.expected) >= 3 for one in EXAMPLES)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.title)
async def test_an_example_comes_out_as_written(story: Storyteller, example: Example) -> None:
    told = await story(*example.told)
    found: dict[str, int] = {}

    for row, asked, _ in example.expected:
        question: dict[str, Any] = {**asked}
        if asked["metric"] == "receivable_balance":
            question["clinic_ids"] = (told.applied.scoped("new-york"),)
        answer = await told.ask(read_explanation, ExplainQuery.model_validate(question))
        assert answer is not None
        assert sum(leg.amount for leg in answer.legs) == answer.sum
        found[row] = answer.served

    assert found == {row: amount for row, _, amount in example.expected}
