"""The goal sheet as coaches write it: fields, rules, examples, and the words of each language it can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from coaching.content import Example, Label, SourceId, Target, record
from coaching.dates import DateWords

RuleId = Literal["G1", "G2", "G3", "G4", "G5", "G6", "G7", "G8", "G9", "G10", "G11", "G12", "G13", "G14"]
FieldId = Literal[
    "sentence", "group", "behavior", "from", "to", "of", "unit", "by", "measure", "why", "care", "ease", "strategy"
]
Five = Literal[1, 2, 3, 4, 5]


# ---- what a reader fills in


@record
class GoalSheet:
    """One goal as a reader typed it; nothing is changed or made a number of here."""

    group: str = ""
    """Which students."""
    behavior: str = ""
    """What they will do."""
    from_: str = ""
    """How many do it now: the baseline."""
    to: str = ""
    of: str = ""
    unit: str = ""
    """What is counted; empty means students."""
    by: str = ""
    measure: str = ""
    why: str = ""
    care: Five | None = None
    ease: Five | None = None
    strategy: str = ""
    sentence: str = ""
    """The goal in one sentence, if `sentence_edited`; else it is drafted from the fields."""
    sentence_edited: bool = False
    models: Mapping[str, str] = field(default_factory=dict)
    """phase id -> id of the coaching model that this cycle works with there, if the reader came from the selector."""


# ---- the sheet and its rules


@record
class GoalField:
    id: FieldId
    label: Label
    help: Label | None = None
    placeholder: Label | None = None
    offer: Label | None = None
    """What a button says that fills the field with `{value}` from the sentence."""


@record
class Say:
    """What a rule says in one of its cases."""

    title: Label
    message: Example


@record
class GoalRule:
    """A rule that looks at a goal: what it says, why, and an example.

    Texts may hold `{slots}`; each rule's function in `goal.py` says which it fills.
    """

    id: RuleId
    name: Label
    """Two or three words, after "next:"."""
    field: FieldId
    """The field that settles it."""
    ask: Label | None = None
    """An essential as a question, before anything is typed."""
    tick: Label | None = None
    """An essential as a box to tick on paper."""
    title: Label
    message: Example
    title_ok: Label | None = None
    """What an essential says once it is in place."""
    cases: Mapping[str, Say] | None = None
    """What it says in special cases, by the case's name; any other time, title and message."""
    why: Example
    example: Example
    sources: tuple[SourceId, ...] = ()


@record
class GoalExample:
    """A filled sheet to learn from; invented, and the page says so."""

    id: str
    title: Label
    setting: Label
    sheet: GoalSheet


@record
class PaperStep:
    """One numbered part of the sheet on paper."""

    title: Label
    help: Label | None = None


@record
class Paper:
    """The sheet as a blank form for paper."""

    lead: Label
    heads: tuple[Label, Label, Label]
    """Three lines on top: class, today, next meeting."""
    hope: PaperStep
    count: PaperStep
    count_heads: tuple[Label, Label, Label]
    """Under the dots: measure, from, to and by when."""
    dots: Label
    """What the row of dots is, for people who cannot see it."""
    sentence: PaperStep
    check: PaperStep
    first_step: PaperStep
    foot: Label


# ---- languages


@record
class Deficit:
    """Labels that stand for what students lack, and what to write in their place."""

    say: tuple[str, ...]
    instead: Label


@record
class DraftWords:
    """How a goal is put into one sentence. `{slots}` are the fields."""

    by: str
    count: str
    """`{to} of {of} {who}`."""
    bare: str
    """The same without a whole: `{to} {who}`."""
    share: str
    """The same for a percent: `{to} of {who}`."""
    now: str
    who: str
    """Students, when no group is given."""
    who_in: str
    """Students of a group that does not say so itself: `students in {group}`."""
    will: str
    rise: str
    """Something counted that is not students: `from {from} to {to} {unit}`."""
    reach: str
    """The same without a start."""
    measure: str
    measure_named: str
    """The same, for a measure that brings its own article."""


@record
class Language:
    """The words of one language that the rules look for.

    In the lists, `mejora*` is every word that begins so and `*arán` every word that ends so.
    """

    id: str
    name: Label
    common: tuple[str, ...]
    """Small words that show that a text is in this language."""
    dates: DateWords
    of: tuple[str, ...]
    """Between a part and its whole: 20 of 26."""
    now: tuple[str, ...]
    """Before or after a number that says how it is today."""
    start: tuple[str, ...]
    """Before the first of two numbers: from 9."""
    end: tuple[str, ...]
    """Between the two: to 20."""
    between: tuple[str, ...]
    """Before two numbers that are one range."""
    percent: tuple[str, ...]
    labels: tuple[str, ...]
    """Words that make a name of the number after them: grade 6, question 3."""
    articles: tuple[str, ...]
    students: tuple[str, ...]
    """Who a goal is about."""
    people: tuple[str, ...]
    """Those of them that stand after a number: 20 of 26 students."""
    teachers: tuple[str, ...]
    """Who it is not about, when they are the ones who act."""
    acts: tuple[str, ...]
    """Words after a teacher that make them the one who acts."""
    wants: tuple[str, ...]
    """What a teacher may want of students without becoming the subject: "I want students to ..."."""
    will: tuple[str, ...]
    """Between students and what they will do."""
    will_do: tuple[str, ...]
    """Verb forms that hold the "will" themselves: justificarán."""
    asides: tuple[str, ...]
    """Words that open a side remark, so that whoever stands there is not the subject: when I ask, ..."""
    teaching: tuple[str, ...]
    """Verbs of strategies, first in a sentence: implement, use."""
    visible: tuple[str, ...]
    """What a visitor could see students do."""
    offered: tuple[Label, ...]
    """A few of these to offer in place of a vague one."""
    vague: tuple[str, ...]
    """What nobody can see: understand, improve."""
    shows: tuple[str, ...]
    """What makes a vague verb visible after all: "by explaining"."""
    joining: tuple[str, ...]
    """Between two things to do: and, then."""
    one_thing: tuple[str, ...]
    """Pairs that are one thing to do: compare and contrast."""
    lowering: tuple[str, ...]
    """Words that say that a smaller number is the better one."""
    measures: tuple[str, ...]
    """What a count is taken from: exit ticket, rubric."""
    measured_by: tuple[str, ...]
    """Before a measure: on, as shown by."""
    negators: tuple[str, ...]
    deficits: tuple[Deficit, ...]
    evaluative: tuple[str, ...]
    """Words that judge."""
    about_teacher: tuple[str, ...]
    """Whom or what they judge when a teacher is meant."""
    births: tuple[str, ...]
    """Words before a day of birth."""
    id_words: tuple[str, ...]
    """Words before the number of a student's record."""
    titles: tuple[str, ...]
    """Words before a family name: Mr., Mrs."""
    particles: tuple[str, ...]
    """Small words inside a name: de, van."""
    not_names: tuple[str, ...]
    """Words with a capital that are no person's name: Friday, Exit, Algebra."""
    draft: DraftWords


# ---- everything


@record
class GoalTexts:
    """What the sheet says around its fields."""

    phase: Label
    drafted: Label
    draft_again: Label
    offers: Label
    offer_all: Label
    dots: Label
    dots_empty: Label
    dots_of: Label
    dots_now: Label
    dots_goal: Label
    dots_both: Label
    line_both: Label
    line_goal: Label
    line_now: Label
    checks_empty: Label
    checks_start: Label
    summary: Label
    """`{done} of {total} essentials in place`"""
    summary_line: Label
    """`{done} of {total} essentials in place; next: {name}`, for one breath."""
    next: Label
    all_done: Label
    open: Label
    hint: Label
    in_place: Label
    why: Label
    example: Label
    source: Label
    unknown_language: Label
    privacy: Label
    week: tuple[Label, Label]
    """One week, several weeks."""
    day: tuple[Label, Label]
    low: Label
    high: Label
    examples: Label
    examples_note: Label
    """Under the heading of the examples."""
    start_from: Label
    close: Label
    replace_ask: Label
    replace_yes: Label
    replace_no: Label
    undo_note: Label
    over: Label
    over_ask: Label
    over_yes: Label
    over_no: Label
    undo: Label
    save_file: Label
    open_file: Label
    print: Label
    print_blank: Label
    on_paper: Label
    file_refused: Label
    file_refused_note: Label
    not_in_file: Label
    in_file: Label
    in_file_older: Label
    said_used: Label
    said_used_all: Label
    said_drafted: Label
    said_undone: Label
    said_nothing_to_undo: Label
    said_started: Label
    said_opened: Label
    said_cleared: Label
    said_kept: Label
    said_file: Label
    models: Label
    """Before the models that the cycle works with."""
    models_off: Label
    said_models: Label
    said_models_off: Label
    next_step: Label
    next_to: Target


@record
class GoalContent:
    """Everything about the goal sheet that is not code."""

    version: int
    fields: tuple[GoalField, ...]
    rules: tuple[GoalRule, ...]
    essentials: tuple[RuleId, ...]
    """The rules that count as essential, in the order in which they are offered."""
    texts: GoalTexts
    paper: Paper
    examples: tuple[GoalExample, ...]
    languages: tuple[Language, ...]
    """The first is taken for a text too short to tell."""
    elsewhere: tuple[str, ...]
    """Small words of languages that the rules do not know; with more of these than others, only numbers are checked."""
    reviewed: str
