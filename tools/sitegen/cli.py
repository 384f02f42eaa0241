"""The `fieldguide` command: reads what was asked, calls what does it, prints what came out.

Exit codes: 0 all is well, 1 problems in the content, 2 wrong use.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NoReturn

import click

from coaching.catalog import Catalog
from sitegen.answers import BadAnswers, read_answers
from sitegen.archive import ArchiveFailed
from sitegen.build import BuildFailed, ContentProblems, Folders, stage_site
from sitegen.build import build as build_site
from sitegen.load import load_content
from sitegen.problems import Problem, errors
from sitegen.serve import PortTaken
from sitegen.serve import serve as serve_site
from sitegen.show import recommendation_file, show_problems, show_recommendation

GOOD, PROBLEMS, WRONG_USE = 0, 1, 2

content_option = click.option(
    "--content",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("content"),
    show_default=True,
    help="Folder with the YAML that coaches write.",
)

root_option = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path, resolve_path=True),
    default=Path(),
    help="The project's folder; this one if you leave it out.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """Check, build and serve the Coaching Field Guide."""


@main.command()
@content_option
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.option("--no-style", "no_style", is_flag=True, help="Leave out how the content reads: what a build asks for.")
def check(folder: Path, as_json: bool, no_style: bool) -> None:
    """Find every mistake in the content, each with its place, a code and a way out."""
    problems = load_content(folder, as_editor=not no_style).problems
    if as_json:
        click.echo(json.dumps([problem.to_dict() for problem in problems], ensure_ascii=False, indent=2))
    else:
        show_problems(problems)
    sys.exit(PROBLEMS if errors(problems) else GOOD)


@main.command()
@click.argument("answers", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@content_option
@click.option("--json", "kind", flag_value="json", help="Print the ranking as JSON, as the page saves it.")
@click.option("--csv", "kind", flag_value="csv", help="Print the points as CSV, as the page saves them.")
def select(answers: Path, folder: Path, kind: Literal["json", "csv"] | None) -> None:
    """Rank the coaching models for a school's ANSWERS, a JSON file; - reads standard input.

    The file holds keys of questions and answers, and a question that is left out is "not sure":

        {"answers": {"E": "E1", "X": "X4"}, "importance": {"X": "high"}, "before": ["RF9"], "weights": {"K": 3}}
    """
    catalog = _catalog(folder)
    try:
        request = read_answers(answers, catalog.selector)
    except BadAnswers as bad:
        click.echo("\n".join(bad.sentences), err=True)
        sys.exit(WRONG_USE)
    if kind:
        # Bytes, whatever letters the terminal knows.
        click.echo(recommendation_file(catalog, request, kind), nl=False)
    else:
        show_recommendation(catalog, request)


@main.command()
@root_option
def stage(root: Path) -> None:
    """Write the staged pages into build/docs, without building the site."""
    with _reported():
        stage_site(Folders.of(root), click.echo)
    click.echo("The staged pages are in build/docs")


@main.command()
@root_option
def build(root: Path) -> None:
    """Build the whole site into site/, ready to upload."""
    with _reported():
        done = build_site(Folders.of(root), click.echo)
    click.echo(f"The site is in site/ ({len(done.written)} files changed, {len(done.removed)} removed)")


@main.command()
@root_option
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Where to serve it.")
def serve(root: Path, port: int) -> None:
    """Build the site, serve it on this machine, and build it again after each change."""
    try:
        serve_site(Folders.of(root), port)
    except PortTaken as taken:
        click.echo(str(taken), err=True)
        sys.exit(WRONG_USE)


@contextmanager
def _reported() -> Iterator[None]:
    """What can go wrong in a build, as sentences and an exit code."""
    try:
        yield
    except ContentProblems as found:
        stop(found.problems)
    except (BuildFailed, ArchiveFailed) as failed:
        click.echo(str(failed), err=True)
        sys.exit(PROBLEMS)


def _catalog(folder: Path) -> Catalog:
    result = load_content(folder)
    if result.catalog is None:
        stop(result.problems)
    return result.catalog


def stop(problems: list[Problem]) -> NoReturn:
    """Say what is wrong with the content, and leave."""
    show_problems(problems, err=True)
    sys.exit(PROBLEMS)


if __name__ == "__main__":
    main()
