"""What stands behind a recommendation: its points, its words, and the same key for paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from coaching.selector import (
    MOST,
    Answer,
    Candidate,
    Case,
    Frame,
    Importance,
    Question,
    Ranked,
    Recommendation,
    Request,
    SelectorContent,
    importance_of,
    item,
    recommend,
    whole,
)


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """One answered question: the points it gave each model."""

    question: Question
    answer: Answer
    importance: Importance
    most: float
    """Points it could give at best."""
    points: Mapping[str, float]
    """model id -> points."""


def contributions(models: Sequence[Candidate], content: SelectorContent, request: Request) -> tuple[Contribution, ...]:
    """Where each model's points come from, by question in the order of the form; unanswered ones are left out.

    A model's fit is 100 x the sum of its points / the sum of `most`.
    """
    case = Case(content, request)
    return tuple(
        Contribution(
            question=question,
            answer=item(question.answers, "key", request.answers[question.key]),
            importance=importance_of(question.key, content, request),
            most=case.weights[question.key] * MOST,
            points={model.id: case.weights[question.key] * case.fit(model, question.key).score for model in models},
        )
        for question in content.scored
        if question.key in case.answered
    )


def needs_more(
    models: Sequence[Candidate], content: SelectorContent, request: Request, count: int = 3
) -> tuple[Question, ...]:
    """The open questions that would help most, best first.

    A question helps as much as it parts the models: weight x importance x the widest gap between two models' scores on
    one of its answers.
    """
    case = Case(content, request)

    def parts(question: Question) -> float:
        scores = [[model.fits[question.key][a.key].score for model in models] for a in question.answers]
        return case.weights[question.key] * max((max(s) - min(s) for s in scores if s), default=0)

    still_open = [q for q in content.scored if q.key in case.open]
    return tuple(sorted(still_open, key=lambda q: (-parts(q), -case.weights[q.key], q.key))[:count])


def provisos(models: Sequence[Candidate], content: SelectorContent, request: Request) -> dict[str, str]:
    """What an open gate question still has to say about a model: model id -> "only if the subject is reading".

    Models that no answer to such a question rules out are left out, and so are those that are out already.
    """
    named = {id_ for flag in content.flags for exclusion in flag.excludes for id_ in exclusion.models}
    gated = [model for model in models if model.id in named]
    out_now = {out.model for out in recommend(gated, content, request).excluded}
    told: dict[str, list[str]] = {}
    for question in content.questions:
        if question.use != "gate" or question.key in request.answers:
            continue
        out = {
            answer.said: {e.model for e in recommend(gated, content, _with(request, question, answer)).excluded}
            for answer in question.answers
        }
        for model in gated:
            left = [said for said, gone in out.items() if model.id not in gone]
            lost = [said for said in out if said not in left]
            if lost and model.id not in out_now:
                words = f"not if {listed(lost, 'or')}" if len(lost) < len(left) else f"only if {listed(left, 'or')}"
                told.setdefault(model.id, []).append(words)
    return {model: " and ".join(words) for model, words in told.items()}


def _with(request: Request, question: Question, answer: Answer) -> Request:
    return replace(request, answers={**request.answers, question.key: answer.key})


# ---- in words


@dataclass(frozen=True, kw_only=True)
class Headline:
    """What a recommendation says in one sentence, and what stands behind it in two or three more."""

    title: str
    because: str


def headline(recommendation: Recommendation, content: SelectorContent, unsure: int = 0) -> Headline:
    """The result in plain words, without decimals and without a winner where there is none.

    Args:
        unsure: scored questions that the reader has answered with "Not sure".
    """
    if recommendation.answered < content.enough:
        return _too_few(recommendation, content, unsure)
    if not recommendation.ranking:
        return Headline(
            title="No model is left.",
            because="Each one is ruled out, by a red flag or by one of your answers. The reasons stand below. "
            "Start with the one that you can change.",
        )
    first, *others = recommendation.ranking
    name = first.spoken
    said = [item(content.question(r.question).answers, "key", r.answer).said for r in first.pros]
    because = f"You said that {listed(said)}. That speaks for it." if said else ""
    because = " ".join(filter(None, [because, *_limits(recommendation, content)]))
    if not first.may_lead:
        return Headline(
            title="None of these models is made for your main challenge.",
            because=f"{name} comes closest on the rest of your answers. Read what speaks against it first.",
        )
    if recommendation.tied:
        return Headline(
            title=f"{listed([ranked.spoken for ranked in recommendation.tied])} are tied.",
            because="Their points are the same, so let the reasons decide."
            + _near_the_tie(recommendation, content.close),
        )
    if not others:
        return Headline(title=f"{name} is the only model left.", because=because)
    second = others[0]
    if not second.may_lead and second.fit > first.fit - content.close:
        title, points = alone_for_the_challenge(first, second)
        return Headline(title=title, because=f"{because} {points}".strip())
    call = "is ahead, but it is too close to call" if recommendation.too_close else "fits your answers best"
    level = [ranked for ranked in others if (ranked.may_lead, round(ranked.fit, 9)) == (True, round(second.fit, 9))]
    names = listed([ranked.spoken for ranked in level or [second]])
    verb = "are" if level[1:] else "is"
    behind = f"{names} {verb} {_behind(first, second, recommendation.too_close, content.close)}"
    return Headline(title=f"{name} {call}.", because=f"{because} {behind}".strip())


def alone_for_the_challenge(first: Ranked, second: Ranked) -> tuple[str, str]:
    """A title and a sentence for a first model beside a near one that the main challenge keeps from first place."""
    name, other = first.spoken, second.spoken
    if second.fit > first.fit:
        title = f"{name} comes first, because of your main challenge."
        return title, f"{other} has more points, but it is not made for that challenge."
    title = f"{name} is the only model left that is made for your main challenge."
    return title, f"{other} is close in points, and cannot lead for that challenge."


def _near_the_tie(recommendation: Recommendation, close: float) -> str:
    """Who else is too close to call, behind models that are tied."""
    tied = recommendation.tied
    near = [r for r in recommendation.ranking[len(tied) :] if r.may_lead and tied[0].fit - r.fit < close]
    if not near:
        return ""
    names = listed([ranked.spoken for ranked in near]) if len(near) <= 3 else f"{len(near)} more"
    return f" {names} {'is' if len(near) == 1 else 'are'} fewer than {close:g} points behind."


def _too_few(recommendation: Recommendation, content: SelectorContent, unsure: int) -> Headline:
    """Why there is no ranking yet."""
    answered, aside, all_ = recommendation.answered, len(recommendation.aside), len(content.scored)
    if aside > all_ - content.enough:
        return Headline(
            title="Too few questions count.",
            because=f"{aside} of {all_} questions that give points are set aside, by a weight of 0 or by importance. "
            f"For a ranking, at least {content.enough} must count.",
        )
    if not answered and unsure:
        return Headline(
            title="Nothing to rank by yet.",
            because=f"“Not sure” is a good answer, and so far it is the only one. With {content.enough} other answers "
            "there is a first ranking.",
        )
    left_out = f", and {aside} {'is' if aside == 1 else 'are'} set aside" if aside else ""
    return Headline(
        title="Not enough to rank yet." if answered else "Your result appears here.",
        because=f"{_counted(answered)} points so far{left_out}. "
        f"With {content.enough} such answers there is a first ranking.",
    )


def _counted(answered: int) -> str:
    return {0: "No answer gives", 1: "One of your answers gives"}.get(answered, f"{answered} of your answers give")


def _limits(recommendation: Recommendation, content: SelectorContent) -> Iterator[str]:
    """What a first place does not say by itself: that little was left to choose from, that the main thing is open."""
    left, out = len(recommendation.ranking), len(recommendation.excluded)
    if out > left > 1:
        yield f"{out} of {left + out} models are ruled out; it is the first of the {left} that are left."
    for question in content.scored:
        if question.leads and question.key in recommendation.open:
            yield f"The question that counts most is still open: {question.text}"


def _behind(first: Ranked, second: Ranked, too_close: bool, close: float) -> str:
    """The distance to the second model, in whole points: the difference of the fits as they are shown."""
    gap = whole(first.fit) - whole(second.fit)
    if first.fit - second.fit < close:
        # "8 points behind; under 8 points" would read as a mistake, so 7.6 is "fewer than 8".
        points = _points(gap) if gap < close else f"fewer than {close:g} points"
        return f"{points} behind; under {close:g} points we call it too close."
    open_yet = ", but the questions left open could turn that around" if too_close else ""
    return f"{_points(gap)} behind{open_yet}."


def _points(number: int) -> str:
    return {0: "less than a point", 1: "1 point"}.get(number, f"{number} points")


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words as a sentence lists them: "a, b and c"."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


@dataclass(frozen=True, kw_only=True)
class Framed:
    """A first place that belongs to a model which is used with others, or adapts to each teacher."""

    name: str
    frame: Frame
    stance: str | None
    """What it would do here, after "Here it would"; None while the answer that decides is open, or if none does."""
    next: tuple[Ranked, ...]
    """The best model that is not such a frame; several if their fits are the same."""


def framed(recommendation: Recommendation, content: SelectorContent, request: Request) -> Framed | None:
    """What to say beside the first place if its model is a frame (`SelectorContent.frames`); None if it is not."""
    frames = {frame.model: frame for frame in content.frames}
    if not recommendation.ranking or recommendation.ranking[0].model not in frames:
        return None
    first, *others = recommendation.ranking
    frame = frames[first.model]
    specific = [ranked for ranked in others if ranked.may_lead and ranked.model not in frames]
    return Framed(
        name=first.spoken,
        frame=frame,
        stance=frame.stances.get(request.answers.get(frame.question or "", "")),
        next=tuple(ranked for ranked in specific if round(ranked.fit, 9) == round(specific[0].fit, 9)),
    )


# ---- on paper


@dataclass(frozen=True, kw_only=True)
class KeyRow:
    """A line of the paper scoring key: one answer, and what it gives each model."""

    answer: Answer
    points: Mapping[str, float]
    """model id -> weight x score."""
    out: frozenset[str]
    """Models that this answer rules out."""
    no_lead: frozenset[str]
    """Models that cannot come first with this answer."""


@dataclass(frozen=True, kw_only=True)
class KeyPart:
    question: Question
    number: int
    """Place of the question in the form, from 1."""
    most: float
    rows: tuple[KeyRow, ...]


def paper_key(models: Sequence[Candidate], content: SelectorContent) -> tuple[KeyPart, ...]:
    """The scoring key for paper, from the same numbers that `recommend` uses at normal importance."""

    def row(question: Question, answer: Answer) -> KeyRow:
        scores = {model.id: model.fits[question.key][answer.key].score for model in models}
        low = {m for m, score in scores.items() if question.leads and 0 < score < content.lead_score}
        return KeyRow(
            answer=answer,
            points={m: question.weight * score for m, score in scores.items()},
            out=frozenset(m for m, score in scores.items() if score == 0),
            no_lead=frozenset(low),
        )

    return tuple(
        KeyPart(
            question=question,
            number=number,
            most=question.weight * MOST,
            rows=tuple(row(question, answer) for answer in question.answers),
        )
        for number, question in enumerate(content.questions, 1)
        if question.use == "score"
    )
