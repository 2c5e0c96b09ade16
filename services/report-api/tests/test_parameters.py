"""Query parameters are taken as written, or refused."""

from datetime import datetime

import pytest
from pydantic import ValidationError

from report_api.parameters import listed
from report_api.routes.audit import AuditParameters
from report_api.routes.outstanding import OutstandingParameters
from report_api.routes.revenue import RevenueParameters


@pytest.mark.parametrize("text", ["0", "20260301", "2026-3-1", "2026-02-30", "1899-12-31", "today"])
def test_only_a_calendar_date_is_a_date(text: str) -> None:
    with pytest.raises(ValidationError):
        RevenueParameters.model_validate({"start_date": text})


@pytest.mark.parametrize("text", ["0.5", "1774947600", "2026-03-31", "2026-03-31T09:00:00", "now"])
def test_only_an_instant_with_its_offset_is_an_instant(text: str) -> None:
    with pytest.raises(ValidationError):
        AuditParameters.model_validate({"occurred_from": text})


@pytest.mark.parametrize("text", ["2026-03-31T09:00:00Z", "2026-03-31T09:00:00.123+02:00"])
def test_an_instant_is_taken_as_it_is_written(text: str) -> None:
    taken = AuditParameters.model_validate({"occurred_from": text}).occurred_from

    assert taken == datetime.fromisoformat(text)


@pytest.mark.parametrize("text", ["1_000", "\uff11\uff12", "1e3", "12.0", "true", " 1", "9" * 17])
def test_only_plain_digits_are_an_amount(text: str) -> None:
    with pytest.raises(ValidationError):
        OutstandingParameters.model_validate({"balance_from": text})


@pytest.mark.parametrize("text", ["", ",", "cash,", "cash;card", "ca sh", "cash\x00", "x" * 65])
def test_only_codes_are_codes(text: str) -> None:
    with pytest.raises(ValidationError):
        RevenueParameters.model_validate({"method": text})


def test_codes_are_split_at_their_commas() -> None:
    assert listed("cash,card") == ("cash", "card")


def test_a_value_that_is_no_choice_is_refused() -> None:
    with pytest.raises(ValidationError):
        OutstandingParameters.model_validate({"bucket": "1-30,31-61"})


def test_choices_are_named_in_the_document() -> None:
    bucket = OutstandingParameters.model_json_schema()["properties"]["bucket"]

    assert "31\\-60" in bucket["anyOf"][0]["pattern"]
