"""No change of the API breaks a client of the version before; and the check would notice."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from careledger.documents.services import openapi_documents
from support.api_changes import breaking_changes

RELEASED = Path(__file__).with_name("openapi") / "report-api.json"
REVENUE = "/api/v1/reports/revenue"
SEARCH = "/api/v1/reports/patients/search"

Json = dict[str, Any]


@pytest.fixture(scope="module")
def released() -> Json:
    return json.loads(RELEASED.read_text(encoding="utf-8"))


def test_clients_of_the_last_version_still_work(released: Json) -> None:
    assert breaking_changes(released, openapi_documents()["report-api"]) == []


def parameter(document: Json, name: str) -> Json:
    parameters: list[Json] = document["paths"][REVENUE]["get"]["parameters"]
    return next(one for one in parameters if one["name"] == name)


def schema(document: Json, name: str) -> Json:
    return document["components"]["schemas"][name]


def without_operation(document: Json) -> None:
    del document["paths"][REVENUE]["get"]


def renamed_operation(document: Json) -> None:
    document["paths"][REVENUE]["get"]["operationId"] = "readRevenue"


def without_parameter(document: Json) -> None:
    document["paths"][REVENUE]["get"]["parameters"].remove(parameter(document, "breakdown"))


def required_parameter(document: Json) -> None:
    parameter(document, "start_date")["required"] = True


def fewer_values(document: Json) -> None:
    parameter(document, "granularity")["schema"]["enum"].remove("quarter")


def another_pattern(document: Json) -> None:
    parameter(document, "currency")["schema"]["anyOf"][0]["pattern"] = "^[A-Z]{3}$"


def shorter_name(document: Json) -> None:
    schema(document, "NameSearch")["properties"]["name"]["maxLength"] = 20


def required_field_of_a_body(document: Json) -> None:
    schema(document, "NameSearch")["required"].append("limit")


def without_field_of_an_answer(document: Json) -> None:
    del schema(document, "RevenuePoint")["properties"]["net_payments"]


def field_that_may_be_missing(document: Json) -> None:
    schema(document, "RevenuePoint")["required"].remove("net_payments")


def another_type(document: Json) -> None:
    schema(document, "RevenuePoint")["properties"]["net_payments"]["type"] = "string"


def without_status(document: Json) -> None:
    del document["paths"][REVENUE]["get"]["responses"]["304"]


@pytest.mark.parametrize(
    "change",
    [
        without_operation,
        renamed_operation,
        without_parameter,
        required_parameter,
        fewer_values,
        another_pattern,
        shorter_name,
        required_field_of_a_body,
        without_field_of_an_answer,
        field_that_may_be_missing,
        another_type,
        without_status,
    ],
)
def test_a_change_that_breaks_clients_is_found(
    released: Json, change: Callable[[Json], None]
) -> None:
    changed = copy.deepcopy(released)
    change(changed)

    assert len(breaking_changes(released, changed)) >= 1


def new_operation(document: Json) -> None:
    document["paths"]["/api/v1/reports/new"] = document["paths"][REVENUE]


def new_parameter(document: Json) -> None:
    added = {**parameter(document, "breakdown"), "name": "new"}
    document["paths"][REVENUE]["get"]["parameters"].append(added)


def new_field_of_an_answer(document: Json) -> None:
    schema(document, "RevenuePoint")["properties"]["new"] = {"type": "integer"}


def longer_name(document: Json) -> None:
    schema(document, "NameSearch")["properties"]["name"]["maxLength"] = 2_000


def other_words(document: Json) -> None:
    document["paths"][REVENUE]["get"]["summary"] = "Something else"


@pytest.mark.parametrize(
    "change",
    [new_operation, new_parameter, new_field_of_an_answer, longer_name, other_words],
)
def test_an_addition_breaks_nobody(released: Json, change: Callable[[Json], None]) -> None:
    changed = copy.deepcopy(released)
    change(changed)

    assert breaking_changes(released, changed) == []
