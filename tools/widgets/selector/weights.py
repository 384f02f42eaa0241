"""The selector's weights as a page shows them: every question with what it counts, to alter and see what moves.

The same state as the selector's own view, drawn otherwise: what is answered or altered on one page holds on both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from coaching.catalog import Catalog
from coaching.selector import MOST_WEIGHT, Recommendation, item, recommend
from coaching.selector_code import Answered, encode, fits_code
from coaching.selector_explained import headline
from widgets.links import Links
from widgets.selector.addresses import fragment
from widgets.selector.state import NOT_SURE, TOOL, WEIGHT, State, chosen, sample_of, tried_answers
from widgets.selector.view import templates

PAGE = "page:scores"
"""The page that it stands on."""


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A model's place with the reader's weights and with ours; places count from 1."""

    model: str
    name: str
    fit: float
    place: int
    may_lead: bool
    """False if it is not made for the main challenge."""
    our_fit: float
    our_place: int

    @property
    def up(self) -> int:
        """Places gained by the reader's weights; below 0 if lost."""
        return self.our_place - self.place


def view(content: Catalog, state: State, now: str) -> str:
    """The form with all questions and weights, and the ranking as they make it beside the ranking as ours do."""
    links = Links(content, PAGE)
    selector, models, request = content.selector, content.ranked, state.trying
    ours = recommend(models, selector, replace(request, weights={}))
    result = recommend(models, selector, request)
    unsure = sum(1 for question in selector.scored if chosen(state, question.key) == NOT_SURE)
    code = encode(selector, Answered(request=request, role=state.role)) if fits_code(selector) else ""
    return templates().get_template(f"{TOOL}/weights.html.jinja").render(
        selector=selector,
        state=state,
        questions=[(question, chosen(state, question.key)) for question in selector.questions],
        not_sure=NOT_SURE,
        answer=lambda question, key: item(selector.question(question).answers, "key", key),
        level=lambda key: item(selector.importance, "key", key),
        request=request,
        tried=tried_answers(selector, state),
        sample=sample_of(selector, state),
        scored=selector.scored,
        answered=result.answered,
        open=len(result.open),
        aside=len(result.aside),
        excluded=result.excluded,
        ranked=result.answered >= selector.enough,
        headline=headline(result, selector, unsure),
        ours=headline(ours, selector, unsure),
        moved=list(_moved(result, ours)),
        most_weight=MOST_WEIGHT,
        weight_pattern=WEIGHT,
        share=fragment(code, state.weights, {} if state.tried else state.own) if code else "",
        here=links.full(PAGE),
        url=links.url,
        text=links.text,
    )  # fmt: skip


def _moved(result: Recommendation, ours: Recommendation) -> list[Moved]:
    """The models that both rankings have, in the order of the reader's."""
    before = {ranked.model: (place, ranked.fit) for place, ranked in enumerate(ours.ranking, 1)}
    return [
        Moved(
            model=ranked.model,
            name=ranked.name,
            fit=ranked.fit,
            place=place,
            may_lead=ranked.may_lead,
            our_fit=before[ranked.model][1],
            our_place=before[ranked.model][0],
        )
        for place, ranked in enumerate(result.ranking, 1)
        if ranked.model in before
    ]
