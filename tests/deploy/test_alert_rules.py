"""Alerting rules ask for metrics that there are, and lead to runbooks that there are."""

import re
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from aggregator.metrics import REGISTRY
from report_api.metrics import DISAGREEMENTS

ROOT: Final = Path(__file__).parents[2]
RULES: Final[list[dict[str, Any]]] = [
    rule
    for group in yaml.safe_load((ROOT / "deploy/prometheus/alerts.yml").read_text())["groups"]
    for rule in group["rules"]
]


@pytest.mark.parametrize("rule", RULES, ids=[rule["alert"] for rule in RULES])
def test_a_rule_asks_for_metrics_that_are_told(rule: dict[str, Any]) -> None:
    families = [*REGISTRY.collect(), *DISAGREEMENTS.collect()]
    told = {one for family in families for one in (family.name, f"{family.name}_total")}

    assert set(re.findall(r"careledger_\w+", rule["expr"])) <= told


@pytest.mark.parametrize("rule", RULES, ids=[rule["alert"] for rule in RULES])
def test_a_rule_leads_to_a_part_of_a_runbook(rule: dict[str, Any]) -> None:
    path, _, part = rule["annotations"]["runbook"].partition("#")

    if not part:
        assert (ROOT / path).is_file()
        return
    headings = re.findall(r"^#+ (.+)$", (ROOT / path).read_text(), re.MULTILINE)

    assert part in {re.sub(r"[^\w -]", "", one).lower().replace(" ", "-") for one in headings}
