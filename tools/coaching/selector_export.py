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


def as_json(content: SelectorContent, request: Request, result: Recommendation) -> str:
    """The recommendation with the request it answers as JSON, indented, with a line break at the end.

    `fieldguide select` reads the request out of it again.
    """
    told = {"questions_version": content.version, "request": request.to_dict(), **result.to_dict()}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def as_csv(models: Sequence[Candidate], content: SelectorContent, request: Request, result: Recommendation) -> str:
    """Where each model's points come from: a row for each model, best first, and a column for each answered question.

    A cell that a spreadsheet would take for a formula gets an apostrophe.
    """
    columns = contributions(models, content, request)
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    heads = [_safe(column.question.short) for column in columns]
    rows.writerow(["Model", "Place", "Fit", "Lowest", "Highest", *heads, "Sum", "Why out"])
    rows.writerow(["Your answer", *[""] * 4, *(_safe(column.answer.label) for column in columns), "", ""])
    most = [f"{column.most:g}" for column in columns]
    rows.writerow(["Possible", "", "100", "", "", *most, f"{sum(column.most for column in columns):g}", ""])

    def points(model: str) -> list[str]:
        own = [column.points[model] for column in columns]
        return [*(f"{point:g}" for point in own), f"{sum(own):g}"]

    for place, ranked in enumerate(result.ranking, 1):
        fits = (f"{value:.1f}" for value in (ranked.fit, ranked.low, ranked.high))
        rows.writerow([_safe(ranked.name), str(place), *fits, *points(ranked.model), ""])
    for excluded in result.excluded:
        row = [_safe(excluded.name), "ruled out", "", "", "", *points(excluded.model), _safe(excluded.because)]
        rows.writerow(row)
    return out.getvalue()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
