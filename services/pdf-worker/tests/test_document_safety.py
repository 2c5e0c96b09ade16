"""Whatever stands in a name, a document opens nothing and shows it as text."""

from datetime import date
from pathlib import Path

import pytest

from careledger.reports.revenue import RevenueQuery
from pdf_worker.documents.pages import Line
from pdf_worker.errors import RefusedError
from pdf_worker.weasy import DataOnly, ForbiddenAddressError, write_pdf
from support.documents import printed_revenue, subject_of, text_of, unheard
from support.revenue_reports import revenue_report

DAY = RevenueQuery(start_date=date(2026, 1, 1), end_date=date(2026, 1, 1))


@pytest.mark.parametrize(
    "injected",
    [
        "<img src='file:///etc/passwd'/>",
        '<link rel="attachment" href="file:///etc/passwd"/>',
        "{{ 7 * 7 }}",
        "{% include '/etc/passwd' %}",
        "<svg><image xlink:href='http://localhost/x'/></svg>",
        "<style>@import url(http://localhost/x)</style>",
        "]]></td></table> & &amp; &#60;",
        '" onload="x" data-footer="',
    ],
)
def test_an_injected_text_stands_there_as_it_was_written(injected: str) -> None:
    report = revenue_report(DAY)
    subject = subject_of(report, owner_name=injected, clinic_name=injected)

    text = text_of(printed_revenue(DAY, report, subject).content)

    assert text.replace(" ", "").count(injected.replace(" ", "")) == 2


def test_control_characters_are_left_out() -> None:
    report = revenue_report(DAY)

    content = printed_revenue(DAY, report, subject_of(report, owner_name="fi\x00na\x0bnce")).content

    assert "By finance," in text_of(content)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://localhost/",
        "https://localhost/",
        "ftp://localhost/",
        "FILE:/x",
    ],
)
def test_nothing_but_data_is_opened(address: str) -> None:
    with pytest.raises(ForbiddenAddressError) as refusal:
        DataOnly().fetch(address)

    assert address not in str(refusal.value)


def test_a_data_address_is_opened() -> None:
    assert DataOnly().fetch("data:text/plain,here").read() == b"here"


class OnePiece:
    """A document of one piece of markup."""

    end = 1

    def __init__(self, markup: str) -> None:
        self.markup = markup

    def html(self, _first: int) -> tuple[str, int]:
        return f"<html lang='en'><head><title>t</title></head>{self.markup}</html>", 1

    def line(self, _number: int) -> Line:
        raise AssertionError("it has no tables")


@pytest.mark.parametrize(
    "markup",
    [
        "<body><img alt='x' src='{file}'/></body>",
        "<body><p style='background: url({file})'>x</p></body>",
        "<body><link rel='attachment' href='{file}'/></body>",
    ],
)
def test_a_document_that_points_to_a_file_is_refused(markup: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")

    with pytest.raises(RefusedError):
        write_pdf(OnePiece(markup.format(file=secret.as_uri())), unheard, identifier="x")
