"""The one assertion of every fault test: all tables equal the oracle's, to the cent."""

from datetime import date

from support import figures
from support.aggregators import Installation
from support.history_events import CLINICS
from support.oracle.books import read_books

FOREVER = date(2300, 1, 1)


async def assert_tables_equal_the_oracle(installation: Installation) -> None:
    """Wait until the log is applied, then compare every table with the oracle's books.

    Raises:
        AssertionError: a figure differs.
    """
    await installation.caught_up()
    log = sorted(installation.log, key=lambda record: record.appended_at)
    books = read_books(log, CLINICS, as_of=FOREVER)
    tables = await installation.tables()
    try:
        assert await figures.revenue(tables) == figures.oracle_revenue(books)
        assert await figures.receivables(tables) == figures.oracle_receivables(books)
        assert await figures.payments(tables) == figures.oracle_payments(books)
        assert await figures.by_due_date(tables) == figures.oracle_by_due_date(books)
    finally:
        await tables.connection.close()
