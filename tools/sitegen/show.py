"""What the command prints: problems, and a recommendation as a table."""

from __future__ import annotations

from typing import Literal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from coaching import selector_export
from coaching.catalog import Catalog
from coaching.content import CoachingModel
from coaching.selector import Reason, Recommendation, Request, recommend
from coaching.selector_explained import headline
from sitegen.problems import Problem, summary

_COLORS = {"error": "bold red", "warning": "bold yellow"}


def show_problems(problems: list[Problem], err: bool = False) -> None:
    """Print all problems and their count, with colors if somebody is watching."""
    console = Console(stderr=err, highlight=False, soft_wrap=True)
    for problem in problems:
        line = Text(str(problem))
        start = len(f"{problem.file}:{problem.line}:{problem.column}: ")
        line.stylize(_COLORS[problem.severity], start, start + len(problem.code))
        console.print(line)
    console.print(Text(summary(problems), "bold"))


def recommendation_file(catalog: Catalog, request: Request, kind: Literal["json", "csv"]) -> bytes:
    """The file that the page saves for these answers."""
    models, content = catalog.ranked, catalog.selector
    result = recommend(models, content, request)
    if kind == "json":
        return selector_export.as_json(content, request, result).encode()
    return selector_export.as_csv(models, content, request, result).encode()


def show_recommendation(catalog: Catalog, request: Request) -> None:
    """Print which models suit these answers, and why."""
    result = recommend(catalog.ranked, catalog.selector, request)
    console = Console(highlight=False)
    told = headline(result, catalog.selector)
    console.print(Text(told.title, "bold"))
    console.print(Text(told.because))
    for flag_id in result.red_flags:
        flag = catalog.selector.flag(flag_id)
        console.print(Text.assemble((f"{flag.id} ", "bold red"), flag.title))
    if result.ranking:
        console.print(_ranking(result))
    for out in result.excluded:
        why = out.flag or out.answer
        console.print(Text.assemble("Not ranked: ", (out.name, "bold"), f" ({why}): {out.because}"))
    if result.blend:
        blend = result.blend.blend.name
        console.print(Text.assemble("Blend: ", (blend, "bold"), f", {_names(result, catalog.models)}"))


def _ranking(result: Recommendation) -> Table:
    table = Table("Model", "Fit", "Range", "For", "Against")
    for ranked in result.ranking:
        # Whole numbers: no school's answers are more exact than that.
        span = f"{ranked.low:.0f} to {ranked.high:.0f}"
        table.add_row(Text(ranked.name), f"{ranked.fit:.0f}", span, _reasons(ranked.pros), _reasons(ranked.cons))
    return table


def _reasons(reasons: tuple[Reason, ...]) -> Text:
    return Text("\n".join(f"{reason.answer} {reason.reason}" for reason in reasons))


def _names(result: Recommendation, models: tuple[CoachingModel, ...]) -> str:
    assert result.blend
    names = {model.id: model.name for model in models}
    partner = names[result.blend.partner] if result.blend.partner else result.blend.blend.beside
    return f"{names[result.blend.lead]} leads, with {partner}"
