"""What Lighthouse says about the home page and the heaviest model page on a phone, beside stock Material's pages.

Lighthouse is brought into build/bench when this runs for the first time: nothing else needs it.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from typing import Any

from figures import Figure
from measure_weight import heaviest, models
from synthetic import BENCH, ROOT, stock_site
from web import serve

from browsers import FLAGS, find_browser

ROUNDS = 5
LIGHTHOUSE = "lighthouse@13"
SCORES = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
Report = dict[str, Any]


def lighthouse_figures() -> list[Figure]:
    program = lighthouse()
    pages = {"home": "", "heaviest model page": heaviest(models())}
    reports: dict[tuple[str, str], list[Report]] = {}
    with serve(ROOT / "site") as ours, serve(stock_site(), ours=False) as stock:
        for _ in range(ROUNDS):  # in turn, so that a slow minute of the machine hits all
            for page, address in pages.items():
                for name, site in (("ours", ours), ("stock", stock)):
                    reports.setdefault((page, name), []).append(report(program, site.url + address))
    return [figure for page in pages for figure in _figures(page, reports[page, "ours"], reports[page, "stock"])]


def _figures(page: str, ours: list[Report], stock: list[Report]) -> list[Figure]:
    def value(reports: Iterable[Report], audit: str) -> float:
        return median(report["audits"][audit]["numericValue"] for report in reports)

    scores = []
    for name, goal in SCORES.items():
        score = median(100 * (report["categories"][name]["score"] or 0) for report in ours)
        scores.append(Figure(f"{page}, {name}", "", score, None, goal, at_least=True, note=failed(ours[-1], name)))
    lcp = "largest-contentful-paint"
    return [
        *scores,
        Figure(f"{page}, LCP", "ms", value(ours, lcp), value(stock, lcp), 1.1, "ms stock Material"),
        Figure(f"{page}, layout shift", "", value(ours, "cumulative-layout-shift"), None, 0),
        Figure(f"{page}, TBT", "ms", value(ours, "total-blocking-time"), None, 100),
    ]


def failed(report: Report, category: str) -> str:
    """The audits of a category that took points off."""
    audits = [ref["id"] for ref in report["categories"][category]["auditRefs"] if ref["weight"]]
    return ", ".join(audit for audit in audits if (report["audits"][audit]["score"] or 0) < 0.9)


def report(program: Path, url: str) -> Report:
    """One run of Lighthouse in a browser of its own, as on a phone."""
    flags = f"--chrome-flags={' '.join(('--headless=new', '--disable-gpu', *FLAGS))}"
    only = f"--only-categories={','.join(SCORES)}"
    env = os.environ | {"CHROME_PATH": find_browser() or ""}
    command = ["node", str(program), url, "--quiet", "--output=json", "--output-path=stdout", only, flags]
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    read: Report = json.loads(done.stdout)
    return read


def lighthouse() -> Path:
    """The program, brought from npm if it is not here."""
    program = BENCH / "node_modules/lighthouse/cli/index.js"
    if not program.is_file():
        BENCH.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--prefix", str(BENCH), LIGHTHOUSE, "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(command, check=True, capture_output=True)
    return program
