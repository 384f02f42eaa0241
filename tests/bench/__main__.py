"""Speed and weight, each figure beside its yardstick from the same run. `make bench` runs this.

Machines are shared and noisy: what counts is the ratio of medians, not the seconds.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from figures import Figure
from measure_build import build_figures
from measure_lighthouse import lighthouse_figures
from measure_ranking import ranking_figures
from measure_search import search_figures
from measure_start import start_figures
from measure_weight import weight_figures
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parent.parent.parent
PARTS = {
    "ranking": ranking_figures,
    "weight": weight_figures,
    "start": start_figures,
    "lighthouse": lighthouse_figures,
    "search": search_figures,
    "build": build_figures,
}


def main(wanted: list[str]) -> None:
    console = Console()
    figures: list[Figure] = []
    for name in wanted or PARTS:
        console.print(f"Measuring {name} ...")
        figures += PARTS[name]()
    table = Table("what", "ours", "yardstick", "ratio", "goal", "met")
    for figure in figures:
        table.add_row(*figure.row())
    console.print(table)
    out = ROOT / "build/bench.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps([figure.as_dict() for figure in figures], indent=1) + "\n", "utf-8")
    console.print(f"Written to {out.relative_to(ROOT)}")


if __name__ == "__main__":
    main(sys.argv[1:])
