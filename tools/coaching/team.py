"""A whole team's answers to the model selector: where people stand together, and what to talk about first.

The rules, in one place. Only people with `content.enough` answers that give points count in averages, first places and
all that follows from these; in the spread of answers and the red flags everybody counts.
- average    the mean of everybody's fit. Who rules a model out counts with the points it has all the same: left away,
             ruling a model out would take its lowest fits out of the average, and so raise it.
- out        a model that more than half of the people's answers rule out.
- order      models that the answers of at least half of the people let lead come first, then the best average; then
             as in `recommend`: the main challenge, the evidence, the cost, the name.
- first      a model tied for somebody's first place is first for that person, and so is each one tied with it.
- agreement  strong: at least 3/4 of those who answered say the same. Split: no answer has 1/2 of them, or two answers
             have 2/5 each. Mixed: all between. "Not sure" is no answer. Answers are compared as same or not the same.
- robust     the ranking again, once without each person.
- talk first questions without strong agreement; each answer that somebody gave is put into everybody's mouth in turn.
             From `HIDES` people on, an answer that only one person gave is not: a talk must not hang on one person.
             First the questions with the most different leaders, then those with the largest move of the distance
             between the team's first two models x the share who did not give the most common answer, then in order of
             the form. A question that neither changes the leader nor moves the distance by a point is left out.
- roles      shown from three people on, if those not shown are none or three at least; else the smallest role goes too,
             so that subtracting what is shown from the whole never tells one or two people's answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from coaching.selector import Candidate, Case, Request, SelectorContent, raised_flags, whole
from coaching.selector_explained import listed
from coaching.team_scoring import Order, Scoring, Standing

FEWEST, MOST_VOICES = 2, 60
"""People whose answers can be taken together."""
IN_A_ROLE = 3
"""The fewest people of whom anything is told apart from the others."""
HIDES = 5
"""People from whom on nobody can tell who gave an answer; with fewer, everybody can."""
TALKS = 3
"""Questions to talk about first, at most."""
MOVES = 1.0
"""Points (per cent of fit) by which an answer moves the distance of two models before it is worth a talk."""

Agreement = Literal["strong", "mixed", "split", "one voice", "nobody"]


@dataclass(frozen=True, kw_only=True)
class Voice:
    """One person's answers, without a name."""

    request: Request
    role: str | None
    """Key of a role in `content.roles`."""


@dataclass(frozen=True, kw_only=True)
class Average:
    """A model as the whole team sees it. Fits are per cent, 0 to 100, lowest <= mean <= highest."""

    model: str
    name: str
    spoken: str
    mean: float
    lowest: float
    highest: float
    first: int
    """People who have it first, alone or tied."""
    excluded: int
    """People whose answers or red flags rule it out."""
    may_lead: bool
    """False if the answers of more than half of the people rule it out or keep it from first place."""


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How one question was answered, by everybody."""

    question: str
    short: str
    answers: Mapping[str, int]
    """answer key -> people, in the order of the form, with those that nobody gave."""
    unsure: int
    """People who left it open."""
    agreement: Agreement
    importance: Mapping[str, int]
    """importance key -> people, in the order of `content.importance`; empty if the question gives no points."""

    @property
    def most(self) -> int:
        """People behind the most common answer."""
        return max(self.answers.values(), default=0)

    @property
    def peaks(self) -> list[str]:
        """The most common answers, several if they are level; empty if nobody answered."""
        return [answer for answer, people in self.answers.items() if people and people == self.most]

    @property
    def answered(self) -> int:
        return sum(self.answers.values())


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A question to talk about first."""

    question: str
    short: str
    leaders: Mapping[str, str | None]
    """answer key -> id of the model that would lead if everybody gave it; None if no model would be left."""
    moves: float
    """How far these answers move the distance between the team's first two models, in points."""
    reason: str


@dataclass(frozen=True, kw_only=True)
class Robust:
    """What happens to the leader if any one person is left out."""

    cases: int
    """One for each person who counts in the averages."""
    stays: int
    """Cases in which the leader stays first, alone or tied."""
    others: Mapping[str | None, int]
    """model that leads otherwise -> cases, most first; None if no model is left."""
    sentence: str


@dataclass(frozen=True, kw_only=True)
class RoleView:
    """What the people in one role say together."""

    role: str
    count: int
    """People, `IN_A_ROLE` at least."""
    top: tuple[tuple[str, float], ...]
    """(model id, mean fit in per cent) of at most three models, the leader first."""


@dataclass(frozen=True, kw_only=True)
class TeamResult:
    """What the voices say together. All in it is counts, or means, lowest and highest of at least two people."""

    count: int
    too_few: int
    """People with fewer than `content.enough` answers that give points; they are in no average."""
    roles: Mapping[str | None, int]
    """role -> people, in the order of `content.roles`; None comes last, if anybody gave no role."""
    mean: tuple[Average, ...]
    """Models that are not out, best first; empty if fewer than two people count."""
    out: tuple[Average, ...]
    """Models that more than half of the people rule out, best average first."""
    differ: bool
    """True if no model with the best place is also the most common first choice."""
    title: str
    """Who leads, and whether that is a lead."""
    sentence: str
    questions: tuple[Spread, ...]
    """In the order of the form."""
    talk_first: tuple[Topic, ...]
    """At most `TALKS`, the one that decides most first."""
    robust: Robust
    by_role: tuple[RoleView, ...]
    """In the order of `content.roles`."""
    flags: Mapping[str, int]
    """red flag id -> people who raise it, in the order of the flags' numbers."""

    @property
    def leader(self) -> Average | None:
        return self.mean[0] if self.mean else None

    @property
    def firsts(self) -> Mapping[str, int]:
        """model id -> people who have it first, most first; more than `count` in all if somebody's first is tied."""
        rows = sorted((*self.mean, *self.out), key=lambda row: (-row.first, row.name.casefold(), row.model))
        return {row.model: row.first for row in rows if row.first}


# ---- all voices together


def team_result(models: Sequence[Candidate], content: SelectorContent, voices: Sequence[Voice]) -> TeamResult:
    """What 2 to 60 people's answers say together.

    Args:
        models: any number, in any order; each has a fit for every answer of every scored question.
        voices: in any order, which changes nothing; keys exist in `content`.

    Raises:
        ValueError: fewer than `FEWEST` voices, or more than `MOST_VOICES`.
    """
    if not FEWEST <= len(voices) <= MOST_VOICES:
        raise ValueError(f"A team is {FEWEST} to {MOST_VOICES} people; here are the answers of {len(voices)}.")
    scoring = Scoring(models, content)
    cases = [(voice.role, Case(content, voice.request)) for voice in voices]
    counted = [(role, case) for role, case in cases if len(case.answered) >= max(content.enough, 1)]
    too_few = len(cases) - len(counted)
    if len(counted) < FEWEST:
        # The mean of one person would be that person's own result.
        counted = []
    roles, people = [role for role, _ in counted], [case for _, case in counted]
    standings = [scoring.standing(case) for case in people]
    order, averages = scoring.order(standings), _averages(scoring, standings)
    mean, ruled_out = tuple(averages[i] for i in order.ranking), tuple(averages[i] for i in order.out)
    questions = tuple(_spreads(content, [voice.request for voice in voices]))
    given = Counter(voice.role for voice in voices)
    raised = Counter(flag.id for voice in voices for flag in raised_flags(scoring.models, content, voice.request))
    differ, sentence = _together(mean, ruled_out, len(counted))
    return TeamResult(
        count=len(voices),
        too_few=too_few,
        roles={role.key: given[role.key] for role in content.roles} | ({None: given[None]} if given[None] else {}),
        mean=mean,
        out=ruled_out,
        differ=differ,
        title=_title(mean, content.close),
        sentence=sentence,
        questions=questions,
        talk_first=_topics(scoring, people, standings, questions),
        robust=_robust(scoring, standings),
        by_role=_by_role(scoring, roles, standings),
        # RF9 before RF10.
        flags={flag: raised[flag] for flag in sorted(raised, key=lambda flag: (len(flag), flag))},
    )


def _averages(scoring: Scoring, standings: Sequence[Standing]) -> list[Average]:
    means = scoring.order(standings).means
    firsts = Counter(i for standing in standings for i in scoring.firsts(standing))
    return [
        Average(
            model=scoring.models[i].id,
            name=scoring.models[i].name,
            spoken=scoring.models[i].spoken,
            mean=mean,
            lowest=min(s.fits[i] for s in standings),
            highest=max(s.fits[i] for s in standings),
            first=firsts[i],
            excluded=sum(s.out[i] for s in standings),
            may_lead=2 * sum(s.may_lead[i] for s in standings) >= len(standings),
        )
        for i, mean in enumerate(means)
    ]


def _title(mean: Sequence[Average], close: float) -> str:
    """The team's first place in a few words, without a winner where there is none."""
    if not mean or not mean[0].may_lead:
        return "No model leads for this group yet."
    first = mean[0]
    level = [row for row in mean if (row.may_lead, round(row.mean, 9)) == (True, round(first.mean, 9))]
    if level[1:]:
        return f"{listed([row.spoken for row in level])} are tied for this group."
    if any(row.may_lead and first.mean - row.mean < close for row in mean[1:]):
        return f"{first.spoken} is ahead for this group, but it is too close to call."
    return f"{first.spoken} leads for this group."


def _together(mean: Sequence[Average], out: Sequence[Average], people: int) -> tuple[bool, str]:
    """Whether the best average and the most common first choice differ, and both in a sentence."""
    if not people:
        return False, "Averages need at least two people who have answered enough questions."
    if not mean:
        return False, "No model is left: the answers of more than half of the people rule out each one."
    everywhere, first = (*mean, *out), mean[0]
    leaders = [row for row in mean if (row.may_lead, round(row.mean, 9)) == (first.may_lead, round(first.mean, 9))]
    most = max(row.first for row in everywhere)
    favorites = [row for row in everywhere if row.first == most]
    best = f"{_have(leaders)} the best average."
    if not first.may_lead:
        best = f"No model can come first by the answers of at least half of the people. Of those left, {best}"
    elif max(row.mean for row in everywhere) > first.mean + 1e-9:
        best = f"Of the models that at least half of the people’s answers let lead, {best}"
    if not most:
        return False, best
    if both := [row for row in favorites if row in leaders]:
        name = both[0].spoken if leaders[1:] else "It"
        alone = ", more than any other" if not favorites[1:] else ""
        return False, f"{best} {name} also comes first for {most} of {people} people{alone}."
    are = "are each" if favorites[1:] else "is"
    other = f"But {listed([row.spoken for row in favorites])} {are} first for more people: {most} of {people}."
    return True, " ".join([best, other, *([] if leaders[1:] else _behind_it(first, people))])


def _have(rows: Sequence[Average]) -> str:
    return f"{listed([row.spoken for row in rows])} {'share' if rows[1:] else 'has'}"


def _behind_it(leader: Average, people: int) -> Iterator[str]:
    """What stands beside a best average that is not the most common first choice."""
    yield f"{leader.spoken} is first for {leader.first or 'nobody'}."
    if leader.excluded:
        yield f"The answers of {leader.excluded} of {people} people rule it out."


def _spreads(content: SelectorContent, requests: Sequence[Request]) -> Iterable[Spread]:
    usual = content.importance[0].key
    for question in content.questions:
        given = Counter(request.answers.get(question.key) for request in requests)
        wanted = Counter(request.importance.get(question.key, usual) for request in requests)
        answers = {answer.key: given[answer.key] for answer in question.answers}
        yield Spread(
            question=question.key,
            short=question.short,
            answers=answers,
            unsure=given[None],
            agreement=agreement(list(answers.values())),
            importance={i.key: wanted[i.key] for i in content.importance} if question.use == "score" else {},
        )


def agreement(counts: Sequence[int]) -> Agreement:
    """How far people agree, from the people behind each answer, in any order."""
    total = sum(counts)
    if total < 2:
        return "one voice" if total else "nobody"
    most, second, *_ = (*sorted(counts, reverse=True), 0)
    if 4 * most >= 3 * total:
        return "strong"
    return "split" if 2 * most < total or 5 * second >= 2 * total else "mixed"


def _topics(
    scoring: Scoring, cases: Sequence[Case], standings: Sequence[Standing], questions: Sequence[Spread]
) -> tuple[Topic, ...]:
    ranking = scoring.order(standings).ranking
    if not ranking:
        return ()
    first, second = ranking[0], ranking[:2][-1]
    found: list[tuple[int, float, Topic]] = []
    for spread in questions:
        if spread.agreement not in ("mixed", "split"):
            continue
        leaders: dict[str, str | None] = {}
        gaps: list[float] = []
        for answer in _tried(spread):
            trial = [
                own if case.request.answers.get(spread.question) == answer
                else scoring.standing(case, {spread.question: answer})
                for case, own in zip(cases, standings, strict=True)
            ]  # fmt: skip
            order = scoring.order(trial)
            leaders[answer] = scoring.leader(order)
            gaps.append(order.means[first] - order.means[second])
        moves, different = round(max(gaps, default=0) - min(gaps, default=0), 9), len(set(leaders.values()))
        if different > 1 or moves >= MOVES:
            topic = Topic(
                question=spread.question,
                short=spread.short,
                leaders=leaders,
                moves=moves,
                reason=_reason(scoring, spread, leaders, moves, first, second),
            )
            found.append((different, round(moves * (1 - spread.most / spread.answered), 9), topic))
    found.sort(key=lambda entry: (-entry[0], -entry[1]))
    return tuple(topic for _, _, topic in found[:TALKS])


def _tried(spread: Spread) -> list[str]:
    """The answers that are put into everybody's mouth."""
    fewest = 2 if spread.answered + spread.unsure >= HIDES else 1
    return [answer for answer, people in spread.answers.items() if people >= fewest]


def _reason(
    scoring: Scoring, spread: Spread, leaders: Mapping[str, str | None], moves: float, first: int, second: int
) -> str:
    if len(set(leaders.values())) == 1:
        return _whatever(scoring, next(iter(leaders.values())), moves, first, second)
    labels = {answer.key: answer.label for answer in scoring.content.question(spread.question).answers}
    groups: dict[str | None, list[str]] = {}
    for answer in sorted(leaders, key=lambda key: -spread.answers[key]):
        told = f"“{labels[answer]}” ({spread.answers[answer]} of {spread.answered})"
        groups.setdefault(leaders[answer], []).append(told)
    (leader, same), *others = groups.items()
    sentence = f"If all said {listed(same, 'or')}, {scoring.names[leader]} would lead"
    return "; if ".join([sentence, *(f"{listed(a, 'or')}, {scoring.names[m]}" for m, a in others)]) + "."


def _whatever(scoring: Scoring, leader: str | None, moves: float, first: int, second: int) -> str:
    """Why a question matters that leaves the leader where it is."""
    one, other = (scoring.models[i].id for i in (first, second))
    distance = f"the distance between {scoring.names[one]} and {scoring.names[other]}"
    if leader in (one, other):
        distance = f"its distance to {scoring.names[other if leader == one else one]}"
    points = "1 point" if whole(moves) == 1 else f"{whole(moves)} points"
    return f"Whatever people say here, {scoring.names[leader]} leads; {distance} changes by {points}."


def _robust(scoring: Scoring, standings: Sequence[Standing]) -> Robust:
    """The ranking again, once without each person."""
    whole_team = scoring.order(standings)
    orders = [scoring.order([*standings[:i], *standings[i + 1 :]]) for i in range(len(standings))]
    leader, leaders = scoring.leader(whole_team), [scoring.leader(order) for order in orders]
    others = Counter(sorted((other for other in leaders if other != leader), key=str))
    return Robust(
        cases=len(orders),
        stays=len(orders) - others.total(),
        others=dict(others.most_common()),
        sentence=_still_leads(scoring, whole_team, orders),
    )


def _still_leads(scoring: Scoring, whole_team: Order, orders: Sequence[Order]) -> str:
    """Who leads with one person fewer, in words."""

    def first(order: Order) -> str:
        names = [scoring.names[scoring.models[i].id] for i in sorted(order.level)]
        return f"{listed(names)} {'share first place' if names[1:] else 'leads'}" if names else "no model leads"

    if not whole_team.ranking:
        return "There is no leader to put to the test."
    changed = Counter(sorted(first(order) for order in orders if set(order.level) != set(whole_team.level)))
    if not changed:
        return f"Leave out any one person: {first(whole_team).replace(' leads', ' still leads')}."
    (who, n), *others = changed.most_common()
    told = [f"{who} in {n} of {len(orders)} cases", *(f"{other} in {n}" for other, n in others)]
    return f"With one person fewer, {'; '.join(told)}."


def _by_role(scoring: Scoring, roles: Sequence[str | None], standings: Sequence[Standing]) -> tuple[RoleView, ...]:
    sizes = {role.key: roles.count(role.key) for role in scoring.content.roles}
    # Of equally small roles the last one goes.
    shown = sorted((role for role, n in sizes.items() if n >= IN_A_ROLE), key=lambda role: -sizes[role])
    if shown and 0 < len(roles) - sum(sizes[role] for role in shown) < IN_A_ROLE:
        shown.pop()

    def view(role: str) -> RoleView:
        ranking, _, means, _ = scoring.order([s for own, s in zip(roles, standings, strict=True) if own == role])
        return RoleView(role=role, count=sizes[role], top=tuple((scoring.models[i].id, means[i]) for i in ranking[:3]))

    return tuple(view(role) for role in sizes if role in shown)
