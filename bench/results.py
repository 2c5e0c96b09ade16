"""Keeps what a benchmark found: machine, dataset, figures and bars, in bench/results."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import psutil

from careledger import clock

RESULTS: Final = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure that must be reached: at least, or at most."""

    name: str
    value: float
    bar: float
    at_least: bool = True

    @property
    def holds(self) -> bool:
        """Whether it is reached."""
        return self.value >= self.bar if self.at_least else self.value <= self.bar


def machine() -> dict[str, Any]:
    """Say on what was measured."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return {
        "processor": model,
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
    }


def _revision() -> str:
    found = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607 - whatever git the user has
        cwd=RESULTS.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.strip() or "unknown"


def keep(target: str, dataset: dict[str, Any], figures: dict[str, Any], bars: list[Bar]) -> Path:
    """Write bench/results/<target>.json and return its path."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{target}.json"
    content = {
        "target": target,
        "measured_on": clock.now().date().isoformat(),
        "revision": _revision(),
        "machine": machine(),
        "dataset": dataset,
        "figures": figures,
        "bars": [
            {
                **{name: value for name, value in asdict(bar).items() if name != "at_least"},
                "holds": bar.holds,
            }
            for bar in bars
        ],
    }
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    return path
