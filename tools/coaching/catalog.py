"""The catalog: everything the content says, as one value; and the same value as JSON.

The build makes it from YAML and checks it. The browser gets it as JSON and trusts it: the types say how to read it.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from coaching.content import (
    Change,
    CoachingModel,
    Dispute,
    MythEntry,
    Phase,
    QuestionGroup,
    SearchWords,
    SeedRow,
    Site,
    Source,
    Term,
    Topic,
    record,
)
from coaching.goal_content import GoalContent
from coaching.selector import SelectorContent


@record
class Catalog:
    """Everything, ready to be shown: no id leads to nothing, and every tuple is in the order readers see."""

    site: Site
    models: tuple[CoachingModel, ...]
    """Those of `Site.first_models`, then the others by name."""
    phases: tuple[Phase, ...]
    """By number."""
    cycle: Topic
    basics: tuple[Topic, ...]
    """By `order`, as are the four parts below."""
    support: tuple[Topic, ...]
    choosing: tuple[Topic, ...]
    leading: tuple[Topic, ...]
    impact: tuple[Topic, ...]
    disputes: tuple[Dispute, ...]
    """By `order`."""
    myths: tuple[MythEntry, ...]
    questions: tuple[QuestionGroup, ...]
    seed: tuple[SeedRow, ...]
    changes: tuple[Change, ...]
    """The newest first."""
    terms: tuple[Term, ...]
    """By their words."""
    sources: tuple[Source, ...]
    """By author and year."""
    search: SearchWords
    selector: SelectorContent
    goal: GoalContent

    @property
    def ranked(self) -> tuple[CoachingModel, ...]:
        """The models that the selector ranks."""
        return tuple(model for model in self.models if model.ranked)


# ---- JSON


def to_json(value: object) -> str:
    """A record as compact JSON: equal records give equal text.

    Fields stand in the order of their class and keys of mappings as they were written, for that order is shown;
    a field with its default value is left out.
    """
    return json.dumps(as_plain(value), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Catalog:
    """The catalog that `to_json` wrote."""
    catalog: Catalog = structure(Catalog, json.loads(text))
    return catalog


def as_plain(value: Any) -> Any:
    """A record as dicts, lists and scalars, in the order of its fields; a field with its default value is left out."""
    if is_dataclass(value) and not isinstance(value, type):
        given = ((field, getattr(value, field.name)) for field in fields(value))
        return {
            field.name: as_plain(item) for field, item in given if field.default is MISSING or item != field.default
        }
    if isinstance(value, (tuple, list)):
        return [as_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: as_plain(item) for key, item in value.items()}
    return value


def structure(hint: Any, data: Any) -> Any:
    """`data` from JSON as a value of the type `hint`: records, tuples and mappings of them.

    Only for data that was checked when it was written; a missing key is a TypeError, an unknown one is passed over.
    """
    origin = get_origin(hint)
    if origin is Annotated:
        return structure(get_args(hint)[0], data)
    if origin in (Union, types.UnionType):
        return None if data is None else structure(_member(hint), data)
    if origin is tuple:
        inner = get_args(hint)
        if len(inner) == 2 and inner[1] is ...:
            return tuple([structure(inner[0], item) for item in data])
        return tuple([structure(each, item) for each, item in zip(inner, data, strict=True)])
    if origin is not None and origin is not Literal:
        return {key: structure(get_args(hint)[1], item) for key, item in data.items()}
    if isinstance(hint, type) and is_dataclass(hint):
        return hint(**{name: structure(inner, data[name]) for name, inner in _hints(hint).items() if name in data})
    return float(data) if hint is float else data


def _member(hint: Any) -> Any:
    """The one type in `X | None`."""
    (member,) = (member for member in get_args(hint) if member is not type(None))
    return member


@cache
def _hints(record_type: Any) -> dict[str, Any]:
    return typing.get_type_hints(record_type)


# ---- what the browser gets


def for_tools(catalog: Catalog) -> Catalog:
    """The catalog without what no tool shows: pages' texts are a hundred times what the tools need.

    What stays: the selector, the goal sheet, the site's list of tools; of models, phases and topics what ranks, names
    and links them; the sources that any of it cites. Everything else is empty, so one code serves build and browser.
    """
    part = replace(
        for_one_page(catalog),
        site=_only(catalog.site, "name", "address", "tools", "reviewed"),
        models=tuple(_only(model, *_OF_MODELS) for model in catalog.models),
        phases=tuple(_only(phase, "id", "number", "name", "short", "one_line", "minutes") for phase in catalog.phases),
        terms=(),
        sources=(),
    )
    told = to_json(part)
    cited = [source for source in catalog.sources if f"@{source.id}" in told or f'"{source.id}"' in told]
    return replace(part, sources=tuple(_only(source, *_OF_SOURCES) for source in cited))


def for_one_page(catalog: Catalog) -> Catalog:
    """The catalog for a page that shows one item: of all other models, topics and claims only what names them."""
    return replace(
        catalog,
        models=tuple(_only(model, "id", "name") for model in catalog.models),
        cycle=_only(catalog.cycle, *_OF_TOPICS),
        basics=tuple(_only(topic, *_OF_TOPICS) for topic in catalog.basics),
        support=tuple(_only(topic, *_OF_TOPICS) for topic in catalog.support),
        choosing=tuple(_only(topic, *_OF_TOPICS) for topic in catalog.choosing),
        impact=tuple(_only(topic, *_OF_TOPICS) for topic in catalog.impact),
        leading=tuple(_only(topic, *_OF_TOPICS) for topic in catalog.leading),
        disputes=tuple(_only(dispute, *_OF_TOPICS) for dispute in catalog.disputes),
        myths=(),
        questions=(),
        seed=(),
        changes=(),
        search=_only(catalog.search),
    )


_OF_MODELS = (
    "id", "name", "one_line", "role", "stance", "stance_word", "grade", "cost", "fits", "cycle", "needs",
    "not_short",
)  # fmt: skip
_OF_TOPICS = ("id", "order", "title", "nav")
_OF_SOURCES = ("id", "authors", "year", "title", "checked")


def _only(value: Any, *names: str) -> Any:
    """A record with these fields; the others have their default, or the emptiest value of their type."""
    kept = {name: getattr(value, name) for name in names}
    return type(value)(**_empty(type(value), but=names), **kept)


def _empty(record_type: Any, but: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        field.name: field.default if field.default is not MISSING else _blank(_hints(record_type)[field.name])
        for field in fields(record_type)
        if field.name not in but
    }


def _blank(hint: Any) -> Any:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return None
    if origin is Literal:
        return get_args(hint)[0]
    if origin is tuple:
        return ()
    if origin is not None:
        return {}
    if isinstance(hint, type) and is_dataclass(hint):
        return hint(**_empty(hint))
    return {str: "", int: 0, float: 0.0, bool: False}[hint]
