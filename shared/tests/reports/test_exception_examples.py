"""What does not fit together is listed with its sum, now and in the past."""

import pytest

from support.histories import Telling
from support.reading import Storyteller
from support.stories import tell

pytestmark = pytest.mark.integration

PAID = tell("payment.succeeded", "2024-03-02", amount=1_000)


@pytest.mark.parametrize(
    ("tellings", "expected"),
    [
        ([tell("payment.refunded", "2024-03-02", amount=5)], [("orphan", "payment", 5)]),
        ([tell("invoice.adjusted", "2024-03-02", amount=-5)], [("orphan", "invoice", -5)]),
        ([tell("invoice.voided", "2024-03-02")], [("orphan", "invoice", None)]),
        (
            [tell("payment.succeeded", "2024-03-02", amount=9, invoice_id="inv1")],
            [("orphan", "invoice", 9)],
        ),
        (
            [PAID, tell("payment.refunded", "2024-03-02", amount=5, patient_id="p2")],
            [("mismatch", "payment", 5)],
        ),
        (
            [tell("payment.refunded", "2024-03-02", amount=5, currency="EUR"), PAID],
            [("mismatch", "payment", 5)],
        ),
        (
            [PAID, tell("payment.refunded", "2024-03-03", amount=1_200)],
            [("deficit", None, 200), ("over_returned", None, 200)],
        ),
        (
            [
                PAID,
                tell("invoice.issued", "2024-03-01", amount=5_000),
                tell("payment.allocated", "2024-03-03", amount=1_300, invoice_id="inv1"),
            ],
            [("deficit", None, 300), ("over_allocated", None, 300)],
        ),
        (
            [PAID, tell("payment.failed", "2024-03-03", amount=1_000)],
            [("failed_after_success", None, 1_000)],
        ),
        (
            [
                PAID,
                tell("payment.succeeded", "2024-03-02", amount=999),
            ],
            [("conflict", None, 999)],
        ),
    ],
    ids=[
        "refund of an unknown payment",
        "adjustment of an unknown invoice",
        "void of an unknown invoice",
        "payment of an unknown invoice",
        "refund by another patient",
        "refund in another currency, told first",
        "more returned than received",
        "more allocated than received",
        "failed after success",
        "told again with other content",
    ],
)
async def test_what_does_not_fit_together_is_listed_with_its_sum(
    story: Storyteller, tellings: list[Telling], expected: list[tuple[str, str | None, int | None]]
) -> None:
    told = await story(*tellings)

    report = await told.exceptions()

    assert [(row.kind, row.parent, row.amount) for row in report.exceptions] == expected
    assert [(one.kind, one.amount, one.count) for one in report.sums] == [
        (kind, amount or 0, 1) for kind, _, amount in expected
    ]


async def test_an_exception_that_a_later_fact_mended_is_still_one_of_the_past(
    story: Storyteller,
) -> None:
    told = await story(tell("payment.refunded", "2024-03-01", amount=5), PAID)

    before = await told.exceptions(watermark=told.watermark(1))
    on_the_day = await told.exceptions(as_of="2024-03-01")
    now = await told.exceptions()

    assert [row.kind for row in before.exceptions] == ["orphan"]
    assert [row.kind for row in on_the_day.exceptions] == ["orphan"]
    assert now.exceptions == []


async def test_only_the_kinds_asked_for_are_listed(story: Storyteller) -> None:
    told = await story(
        PAID,
        tell("payment.refunded", "2024-03-03", amount=1_200),
        tell("payment.refunded", "2024-03-03", amount=1, payment_id="unknown"),
    )

    report = await told.exceptions(kinds=("orphan",))

    assert [row.payment_id for row in report.exceptions] == ["unknown"]
