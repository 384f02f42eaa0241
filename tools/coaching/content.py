"""What coaches write: the shape of everything in `content/`, as frozen dataclasses.

The build validates YAML against these types, writes the editors' JSON Schemas from them, and draws the pages from
their values; the browser reads the same values from JSON. A field's type says which rules its text must keep:

`Label`    a name or a short line; plain text.
`Prose`    what the guide claims in its own voice; inline markup; **a number needs a source in the same text**.
`Example`  words somebody might say, steps and prompts; inline markup; its numbers are part of the example.

Inline markup is `**strong**`, `[words](target)` and `[@source-id]`; a target is `kind:id` (see `Target`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: type[T]) -> type[T]:
    """Make `cls` a frozen dataclass that refuses unknown keys when the build validates YAML against it."""
    made = dataclass(frozen=True, kw_only=True)(cls)
    made.__pydantic_config__ = {"extra": "forbid"}  # type: ignore[attr-defined]
    return made


@record
class Kind:
    """What a text is, for the editorial checks: `label`, `prose` or `example`."""

    name: str


@record
class To:
    """What an id points to: the name of a collection in the catalog."""

    kind: str


Label = Annotated[str, Kind(name="label")]
Prose = Annotated[str, Kind(name="prose")]
Example = Annotated[str, Kind(name="example")]

ModelId = Annotated[str, To(kind="model")]
PhaseId = Annotated[str, To(kind="phase")]
TopicId = Annotated[str, To(kind="topic")]
DisputeId = Annotated[str, To(kind="dispute")]
SourceId = Annotated[str, To(kind="source")]
ToolId = Annotated[str, To(kind="tool")]
FlagId = Annotated[str, To(kind="flag")]
Target = Annotated[str, To(kind="target")]
"""`kind:id`, where kind is model, phase, topic, dispute, tool, term, source, flag, blend or page (`page:compare`)."""

Grade = Literal["A", "A-", "B+", "B", "C+", "C", "D"]
Say = Literal["low", "shared", "high"]
Level = Literal["low", "medium", "high"]
Strength = Literal["strong", "moderate", "weak", "disputed"]
Weight = Literal["strong", "moderate", "weak", "background"]
"""How much a source can carry: background has no findings of its own (a book of advice, a tool, a theory)."""
Speaker = Literal["coach", "teacher", "mentor", "principal"]
Stance = Literal["facilitative", "dialogical", "directive"]
Part = Literal["leads", "helps", "informed", "stays out"]
"""What a role does in a task."""


# ---- pieces that several collections share


@record
class Span:
    """A range of whole numbers, both ends included; `low == high` for one value."""

    low: int
    high: int


@record
class Link:
    """A way on from a page: where it goes and why a reader would take it."""

    to: Target
    why: Label


@record
class Difference:
    """A point where the overview this project started from and the research do not agree."""

    seed: Prose
    research: Prose


@record
class Note:
    """A note in the margin."""

    title: Label
    text: Prose


@record
class Table:
    caption: Label
    columns: tuple[Label, ...]
    rows: tuple[tuple[Prose, ...], ...]
    """Each row has as many cells as there are columns; the first cell names the row."""


@record
class Side:
    title: Label
    points: tuple[Prose, ...]


@record
class Pair:
    """Two lists of equal rank, side by side: for and against, do and don't."""

    left: Side
    right: Side


@record
class Turn:
    """One turn of an invented conversation."""

    who: Speaker
    says: Example
    move: Label | None = None
    """What the speaker does here, for the margin: "paraphrases", "offers two options"."""


@record
class Dialogue:
    """An invented conversation; the page says that it is invented."""

    title: Label
    setting: Example
    turns: tuple[Turn, ...]


@record
class Stop:
    """One stretch of a path: what it is about and what each role does in it."""

    start: int
    end: int
    """First and last week (or month) of the stretch, both included; 1 is the first."""
    name: Label
    """Two to five words."""
    focus: Example
    """The one thing that matters now."""
    does: Mapping[Speaker, Example]


@record
class Path:
    """A path through weeks or months: a drawn timeline, and a card for each stretch."""

    caption: Label
    unit: Literal["week", "month"]
    stops: tuple[Stop, ...]
    """In order; they may touch, and do not overlap."""


@record
class Duty:
    task: Label
    parts: Mapping[Speaker, Part]
    """Exactly one role leads."""


@record
class Matrix:
    """Who does what: one row a task, one column a role."""

    caption: Label
    roles: tuple[Speaker, ...]
    rows: tuple[Duty, ...]


@record
class Caseload:
    """A coach's week as arithmetic; the page works the sums out and draws them."""

    caption: Label
    hours: float
    """Contracted hours a week."""
    other_percent: int
    """Share of the week that goes to other duties."""
    meet: int
    """Minutes a teacher a week, as are the three below."""
    observe: int
    prepare: int
    notes: int
    weeks: int
    """Weeks a cycle."""
    rounds: int
    """Cycles one after the other in a school year."""


@record
class Formula:
    """A sum a coach can do on paper."""

    name: Label
    expression: Example
    """In words and signs: "steps done ÷ steps possible × 100"."""
    worked: Example
    """The same with invented numbers, to the result."""
    note: Prose | None = None
    """When to use it, and what it cannot say."""


@record
class Block:
    """One block of a section; exactly one of its fields is given."""

    text: Prose | None = None
    points: tuple[Prose, ...] | None = None
    steps: tuple[Example, ...] | None = None
    say: Example | None = None
    """Words to say aloud, set large."""
    table: Table | None = None
    pair: Pair | None = None
    dialogue: Dialogue | None = None
    path: Path | None = None
    matrix: Matrix | None = None
    caseload: Caseload | None = None
    formula: Formula | None = None


@record
class Section:
    """A part of a page under its own heading, with the notes that stand beside it."""

    heading: Label
    body: tuple[Block, ...]
    notes: tuple[Note, ...] = ()


@record
class ProbingQuestion:
    """A question of our own that a coach can ask."""

    text: Example
    phase: PhaseId
    purpose: Label
    """What the question is for, in two to five words: "find the goal", "test a hunch"."""
    stance: Stance | None = None
    """Who does the thinking; as the model or the phase of the page if not given."""
    minutes: Literal[1, 3, 5, 10] = 3
    """How long an honest answer takes, about; a house judgment."""


# ---- coaching models


@record
class Principle:
    name: Label
    meaning: Prose
    you_would_hear: Example
    what_breaks_it: Example


@record
class CycleStep:
    """What a model does in one of the five phases. Several phases may carry the same stage name."""

    name: Label
    """The model's own name for the stage."""
    phase: PhaseId
    short: Label
    """At most six words, for the comparison: "Checklist, modeling, co-teaching"."""
    coach_does: Prose
    teacher_does: Prose
    minutes: int
    """Usual minutes that coach and teacher spend together in this phase; a house judgment."""


@record
class Needs:
    coach_skill: Prose
    minutes_per_week: Span
    """Protected minutes a teacher and the coach need together each week; a house judgment."""
    data: Prose
    trust: Prose
    money: Prose


@record
class Myth:
    myth: Label
    fact: Prose


@record
class Claim:
    """One thing that research says, how firmly, and where."""

    claim: Prose
    strength: Strength
    sources: tuple[SourceId, ...]


@record
class Fit:
    """How well a model fits one answer: 0 do not use here, 1 weak, 2 workable, 3 good, 4 best."""

    score: Literal[0, 1, 2, 3, 4]
    reason: Label
    """Why, so that it reads on after the answer: "needs some repertoire first"."""
    sources: tuple[SourceId, ...] = ()
    """The studies it speaks of, if it does."""


@record
class BlendNote:
    model: ModelId
    how: Prose


@record
class CaseWeek:
    """A stretch of an invented cycle."""

    start: int
    end: int
    """First and last week of the stretch, both included; 1 is the first."""
    phase: PhaseId
    happens: Example
    """What coach and teacher do and see, in 30 to 70 words."""
    minutes: int
    """Minutes together in this stretch."""


@record
class Case:
    """A cycle in this model, week by week; the page says that it is invented."""

    title: Label
    setting: Example
    weeks: tuple[CaseWeek, ...]
    """In order, without gaps; together they pass through all five phases."""
    result: Example
    """What came out, with the numbers of the story, also what did not work."""
    learned: Example
    """What coach and teacher would do differently."""


@record
class Owned:
    """A name that belongs to somebody: the page names the owner and leads there."""

    name: Label
    owner: Label
    url: str


@record
class CoachingModel:
    """One coaching model: a page, a column of the comparison, a candidate of the selector."""

    id: str
    name: Label
    in_a_sentence: Label | None = None
    """How sentences name it, if neither its name nor its name with "coaching" behind it will do."""
    also_known_as: tuple[Label, ...] = ()
    role: Literal["model", "mode", "blend"] = "model"
    """A mode is a way of delivery that any model can use; a blend is made of other models and is not scored."""
    origin: Prose
    """Who, when: the line under the title."""
    owned: Owned | None = None
    one_line: Label
    """At most 25 words, for cards and search results."""
    answers: Label
    """The question this page answers, as a reader would ask it."""
    essence: Prose
    """Two to four sentences: the lead of the page."""
    stance: Span
    """1 facilitative (the teacher does the thinking) to 5 directive (the coach does most of it)."""
    stance_word: Label
    say: tuple[Say, ...]
    """How much say the teacher has, lowest first."""
    grade: Grade
    """House grade of the evidence for this model: A several causal studies ... D practitioner argument."""
    grade_note: Prose
    weeks: Span
    """Usual weeks a cycle."""
    contacts: Label
    cost: Level
    best_short: Label
    not_short: Label
    """Completes "It does not work well with ...", with a capital and without a name first."""
    principles_heading: Label
    principles: tuple[Principle, ...]
    principles_notes: tuple[Note, ...] = ()
    cycle_heading: Label
    cycle: tuple[CycleStep, ...]
    """One step for each of the five phases, in their order."""
    cycle_notes: tuple[Note, ...] = ()
    best_when: tuple[Prose, ...]
    watch_out: tuple[Prose, ...]
    not_for: tuple[Prose, ...]
    needs: Needs
    sections: tuple[Section, ...] = ()
    """What this model has beyond the common form: techniques, fidelity, ..."""
    dialogue: Dialogue
    case: Case | None = None
    questions: tuple[ProbingQuestion, ...]
    signs: tuple[Prose, ...]
    myths: tuple[Myth, ...]
    evidence: tuple[Claim, ...]
    unknown: tuple[Prose, ...]
    """What nobody has shown yet."""
    critiques: tuple[Prose, ...]
    differs: tuple[Difference, ...] = ()
    fits: Mapping[str, Mapping[str, Fit]]
    """question key -> answer key -> fit, for every scored question of the selector; empty for a blend."""
    blends_with: tuple[BlendNote, ...] = ()
    related: tuple[Link, ...]
    keywords: tuple[Label, ...] = ()
    """Words readers type that the page does not say."""
    reviewed: str
    """Day of the last review, `YYYY-MM-DD`."""

    @property
    def spoken(self) -> str:
        """Its name as a sentence says it: "Technical" is "Technical coaching"."""
        return self.in_a_sentence or (self.name if "coach" in self.name.casefold() else f"{self.name} coaching")

    @property
    def ranked(self) -> bool:
        """Whether the selector ranks it."""
        return self.role != "blend"


# ---- the cycle


@record
class PhaseStep:
    name: Label
    text: Example
    minutes: int


@record
class InModel:
    """What a phase looks like in one family of models."""

    family: Label
    models: tuple[ModelId, ...] = ()
    text: Prose


@record
class Mistake:
    mistake: Label
    repair: Example


@record
class DataSource:
    """A way to collect evidence in this phase."""

    name: Label
    how: Example
    compute: Example | None = None


@record
class SheetField:
    """A line of a phase's paper sheet."""

    name: Label
    prompt: Example
    lines: int = 2
    """Ruled lines to write on."""


@record
class Phase:
    """One of the five phases of the coaching cycle."""

    id: str
    number: Literal[1, 2, 3, 4, 5]
    name: Label
    short: Label
    """At most two words, for rings and tables."""
    one_line: Label
    answers: Label
    purpose: Prose
    minutes: Span
    inputs: tuple[Prose, ...]
    outputs: tuple[Prose, ...]
    steps: tuple[PhaseStep, ...]
    coach_does: tuple[Prose, ...]
    teacher_does: tuple[Prose, ...]
    in_models: tuple[InModel, ...]
    mistakes: tuple[Mistake, ...]
    opening: Dialogue
    """A script for the first five minutes."""
    questions: tuple[ProbingQuestion, ...]
    data_sources: tuple[DataSource, ...]
    sheet: tuple[SheetField, ...] = ()
    """The phase's worksheet: printed as a form."""
    sections: tuple[Section, ...] = ()
    differs: tuple[Difference, ...] = ()
    related: tuple[Link, ...]
    keywords: tuple[Label, ...] = ()
    reviewed: str


# ---- everything else that is a page


@record
class Topic:
    """A page of explanation: basics, support, choosing, impact, and the cycle as a whole."""

    id: str
    order: int
    """Place in its part of the site; 10, 20, 30 leave room."""
    title: Label
    nav: Label | None = None
    """A shorter title for the navigation."""
    answers: Label
    one_line: Label
    lead: Prose
    sections: tuple[Section, ...]
    differs: tuple[Difference, ...] = ()
    related: tuple[Link, ...]
    keywords: tuple[Label, ...] = ()
    reviewed: str


@record
class Term:
    """A glossary entry."""

    id: str
    term: Label
    plain: Prose
    """One or two sentences in plain words."""
    mark: tuple[Label, ...] = ()
    """Wordings that pages mark at their first mention; none for a word that also has an everyday sense."""
    see: tuple[Target, ...] = ()


@record
class Source:
    """A work the guide leans on. `checked: recalled` is shown as not yet checked and may carry no number."""

    id: str
    kind: Label
    authors: Label
    year: int | None = None
    title: Label
    venue: Label
    doi: str | None = None
    url: str | None = None
    finding: Example
    """What it found, in our words."""
    strength: Weight
    limits: Example
    """What it cannot tell, in one sentence."""
    checked: Literal["seen", "recalled", "house"]


# ---- evidence, questions and what is said about coaching


@record
class Version:
    """One form in which a claim goes around."""

    where: Label
    says: Prose
    sources: tuple[SourceId, ...]


@record
class Dispute:
    """A claim that is repeated more firmly than its evidence allows: a page of its own."""

    id: str
    order: int
    title: Label
    nav: Label | None = None
    answers: Label
    one_line: Label
    claim: Label
    """As people say it."""
    verdict: Literal["not supported", "overstated", "mixed", "open"]
    lead: Prose
    versions: tuple[Version, ...]
    supports: tuple[Claim, ...]
    doubts: tuple[Claim, ...]
    say_instead: Example
    """Words that are safe to say aloud."""
    settle: Prose
    """What would settle it."""
    in_practice: tuple[Prose, ...]
    """What a school can do meanwhile."""
    related: tuple[Link, ...]
    keywords: tuple[Label, ...] = ()
    reviewed: str


@record
class MythEntry:
    """A myth about coaching as such; each model has its own beside."""

    id: str
    myth: Label
    fact: Prose
    to: Target
    """Where to read on."""


@record
class QuestionGroup:
    """Questions for one situation, beyond those of the phases and the models."""

    id: str
    name: Label
    """The situation: "After a lesson that went badly"."""
    lead: Example
    questions: tuple[ProbingQuestion, ...]


@record
class SeedRow:
    """Something the overview this project started from asks for, and what serves it here."""

    id: str
    heading: Label
    """The heading it stands under in the overview."""
    asks: Label
    pages: tuple[Target, ...]
    tools: tuple[Target, ...]


@record
class Change:
    """A change of the content that readers want to know about."""

    id: str
    day: str
    title: Label
    text: Prose
    to: tuple[Target, ...]


@record
class SearchWords:
    """`content/search.yml`: what readers' words count for."""

    ignore: tuple[str, ...]
    """Words that say nothing about what is looked for, in small letters."""
    same: tuple[tuple[str, ...], ...]
    """Words and sayings that mean the same here, in small letters. The guide's own words stand first: whoever types one
    of a row finds pages with it, and pages with the first two others."""
    examples: tuple[str, ...]
    """What the dialog offers to ask before anything is typed: three are enough."""


# ---- the site


@record
class Tool:
    id: str
    name: Label
    answers: Label
    one_line: Label
    minutes: Label
    phase: PhaseId | None = None
    page: Label
    """Address of the tool's page, relative to the site, with a slash at the end."""


@record
class Job:
    job: Label
    to: Target
    label: Label


@record
class Reader:
    name: Label
    jobs: tuple[Job, ...]


@record
class Home:
    headline: Label
    lead: Prose
    answers: Label
    actions: tuple[Job, ...]
    readers: tuple[Reader, ...]
    coda: tuple[Note, ...]


@record
class PageWords:
    """What stands at the head of a page that is made from many items: an index, the comparison, the glossary."""

    id: Literal[
        "basics", "support", "choosing", "leading", "impact", "quick", "models", "compare", "blends", "flags",
        "questions", "myths", "tools", "scores", "evidence", "sources", "glossary", "coverage", "changes", "yours",
        "data", "device", "checks",
    ]  # fmt: skip
    title: Label
    answers: Label
    lead: Prose
    paragraphs: tuple[Prose, ...] = ()
    keywords: tuple[Label, ...] = ()


@record
class Site:
    name: Label
    description: Label
    address: str
    """Where the site is published: the sitemap, the feed and the data need it exact."""
    repository: str
    """Base of the "Edit this page" links; the file's path is added to it."""
    licence: Label
    contact: Label
    first_models: tuple[ModelId, ...]
    """Models that come first in lists, in this order; the rest follow by name."""
    filters: tuple[str, ...] = ()
    """Scored questions of the selector by whose answers models can be filtered, in this order."""
    tools: tuple[Tool, ...]
    home: Home
    pages: tuple[PageWords, ...]
    reviewed: str
