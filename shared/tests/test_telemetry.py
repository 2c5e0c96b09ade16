"""Log lines are JSON and carry no personal numbers."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from careledger.telemetry import configure_logging, trace_id_of


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def test_a_line_names_service_level_event_and_its_keywords(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logging("ingest")

    structlog.get_logger("ingest.routes").info("request_answered", status=202)

    line = json.loads(capsys.readouterr().err)
    assert (line["service"], line["level"]) == ("ingest", "info")
    assert (line["event"], line["status"]) == ("request_answered", 202)


def test_lines_of_libraries_take_the_same_way(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("ingest")

    logging.getLogger("aiokafka.producer").warning("Got error produce response: %s", "late")

    assert json.loads(capsys.readouterr().err)["event"] == "Got error produce response: late"


def test_libraries_never_write_what_they_carry(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("ingest", "DEBUG")

    logging.getLogger("aiokafka.producer.producer").debug("Sending (key=%s value=%s)", "p", "v")

    assert capsys.readouterr().err == ""


def test_personal_numbers_and_addresses_are_taken_out(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("ingest")

    structlog.get_logger("x").info("tried", value="078-05-1120", other="mail to zy@canary.test")

    line = capsys.readouterr().err
    assert "078-05-1120" not in line
    assert "zy@canary.test" not in line


def test_one_event_stays_one_line_whatever_its_text(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("ingest")

    structlog.get_logger("x").info("tried", value='a\n{"event": "forged"}\x1b[31m')

    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_trace_of_a_request_is_taken_over() -> None:
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"

    assert trace_id_of(f"00-{trace}-00f067aa0ba902b7-01") == trace


@pytest.mark.parametrize(
    "header", ["", "Jane Doe", "00-Jane-Doe-01", f"00-{'0' * 32}-00f067aa0ba902b7-01"]
)
def test_what_names_no_trace_is_not_taken_over(header: str) -> None:
    assert trace_id_of(header) is None
