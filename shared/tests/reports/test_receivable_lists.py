"""Lists of receivables worked out by hand: pages that go on, filters that choose."""

from datetime import date

import pytest

from careledger.reports.outstanding import read_outstanding
from careledger.reports.receivables import OutstandingQuery
from support.reading import Storyteller
from support.stories import tell

pytestmark = pytest.mark.integration


async def test_a_page_goes_on_where_the_one_before_ended(story: Storyteller) -> None:
    told = await story(
        *(
            tell("invoice.issued", "2024-03-01", amount=amount, invoice_id=f"inv{amount}")
            for amount in (300, 100, 200, 500, 400)
        )
    )

    rows = await told.receivables(sort="balance", descending=True)

    assert [row.balance for row in rows] == [500, 400, 300, 200, 100]


@pytest.mark.parametrize(
    ("asked", "invoices"),
    [
        ({"balance_from": 200, "balance_to": 300}, ["b", "c"]),
        ({"days_overdue_from": 31}, ["a"]),
        ({"statuses": ("overdue",)}, ["a"]),
        ({"buckets": ("current",)}, ["b", "c"]),
        ({"payer_types": ("insurance",)}, ["c"]),
        ({"statuses": ("paid",)}, ["d"]),
        ({"currencies": ("EUR",)}, []),
    ],
)
async def test_filters_choose_receivables(
    story: Storyteller, asked: dict[str, object], invoices: list[str]
) -> None:
    told = await story(
        tell("invoice.issued", "2024-01-01", amount=100, invoice_id="a", due_on="2024-02-01"),
        tell("invoice.issued", "2024-03-01", amount=200, invoice_id="b", due_on="2024-09-01"),
        tell(
            "invoice.issued",
            "2024-03-01",
            amount=300,
            invoice_id="c",
            due_on="2024-09-01",
            payer_type="insurance",
        ),
        tell("invoice.issued", "2024-03-01", amount=0, invoice_id="d"),
    )

    rows = await told.receivables(as_of="2024-04-01", sort="invoice_id", **asked)

    assert [row.invoice_id for row in rows] == invoices


async def test_a_past_list_by_id_is_the_same_read_page_by_page(story: Storyteller) -> None:
    told = await story(
        *(
            tell("invoice.issued", "2024-03-01", amount=100 + number, invoice_id=f"inv{number}")
            for number in range(1, 6)
        ),
        tell("payment.succeeded", "2024-03-04", amount=102, invoice_id="inv2"),
        tell("payment.succeeded", "2024-04-02", amount=104, invoice_id="inv4", payment_id="late"),
        tell("invoice.issued", "2024-04-01", amount=900, invoice_id="inv9"),
    )
    asked = OutstandingQuery(as_of=date(2024, 3, 31), sort="invoice_id", limit=2)

    first = await told.ask(read_outstanding, asked)
    second = await told.ask(read_outstanding, asked.model_copy(update={"after": first.page.next}))

    shown = [(one.invoice_id, one.balance) for one in (*first.receivables, *second.receivables)]
    assert shown == [("inv1", 101), ("inv3", 103), ("inv4", 104), ("inv5", 105)]
    assert second.page.next is None
