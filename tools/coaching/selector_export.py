"""A result as files: JSON for other programs, a table of points for a spreadsheet.

The command and the page write the same bytes for the same answers.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from coaching.selector import Candidate, Recommendation, Request, SelectorContent
from coaching.selector_explained import contributions


def as_json(result: Recommendation) -> str:
    """The recommendation as JSON, indented, with a line break at the end."""
    return json.dumps(result.to_dict(), ensure_ascii=False, indent=2) + "\n"


def as_csv(models: Sequence[Candidate], content: SelectorContent, request: Request, result: Recommendation) -> str:
    """Where each model's points come from: a row for each model, best first, and a column for each answered question.

    A cell that a spreadsheet would take for a formula gets an apostrophe.
    """
    columns = contributions(models, content, request)
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(["Model", "Place", "Fit", "Lowest", "Highest", *(column.question.short for column in columns), "Sum"])
    most = [f"{column.most:g}" for column in columns]
    rows.writerow(["Possible", "", "100", "", "", *most, f"{sum(column.most for column in columns):g}"])
    numbers = {
        ranked.model: (str(place), tuple(f"{value:.1f}" for value in (ranked.fit, ranked.low, ranked.high)))
        for place, ranked in enumerate(result.ranking, 1)
    }
    out_of_it = [(excluded.model, excluded.name) for excluded in result.excluded]
    for model, name in [*((ranked.model, ranked.name) for ranked in result.ranking), *out_of_it]:
        place, fits = numbers.get(model, ("ruled out", ("", "", "")))
        points = [column.points[model] for column in columns]
        rows.writerow([_safe(name), place, *fits, *(f"{point:g}" for point in points), f"{sum(points):g}"])
    return out.getvalue()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
