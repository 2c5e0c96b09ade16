"""What Lighthouse says of the dashboard's main pages, as built and served by a stack of its own.

`make lighthouse`: desktop preset, three runs a page, the median of each category held to 95.
"""

from __future__ import annotations

import json
import statistics
import subprocess
from typing import Any, Final

from deploy.local.settings import CLONE
from rich.console import Console

from bench.results import Bar, keep

SCORE_BAR: Final = 95
_FRONTEND: Final = CLONE / "frontend"


def _measure() -> list[dict[str, Any]]:
    command = [str(_FRONTEND / "with-node"), "node", "scripts/lighthouse.ts"]
    measured = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return json.loads(measured.stdout)


def main() -> None:
    """Measure, print the medians and what cost points, and keep both."""
    console = Console()
    pages = _measure()
    bars: list[Bar] = []
    for page in pages:
        for category, scores in page["scores"].items():
            bars.append(Bar(f"{page['page']}: {category}", statistics.median(scores), SCORE_BAR))
        medians = {name: statistics.median(scores) for name, scores in page["scores"].items()}
        console.print(page["page"], medians, page["lost"])
    runs = len(pages[0]["scores"]["performance"])
    path = keep("lighthouse", {"preset": "desktop", "runs": runs}, {"pages": pages}, bars)
    console.print(f"kept in {path.relative_to(CLONE)}")
    if not all(bar.holds for bar in bars):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
