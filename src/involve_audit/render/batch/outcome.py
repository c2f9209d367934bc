"""What came of one audit of many, and its concerns in words: the input of every output."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.engine.checks import (
    ANTI_PATTERN,
    FAIL_ON,
    FAIL_UNDER,
    NOT_ENOUGH_KNOWN,
    REGRESSION,
    UNEVIDENCED,
    UNHEARD,
    UNKNOWN,
    Checks,
    Concern,
)
from involve_audit.language import first_of, number
from involve_audit.words.many import BATCH, FINDING_LINES, FINDINGS, FOLLOW_UPS

if TYPE_CHECKING:
    from involve_audit.engine.comparing.kept import ItemSince, Since
    from involve_audit.engine.overview import Overview
    from involve_audit.engine.score import Score
    from involve_audit.errors import Problem
    from involve_audit.model.rubric import Rubric, Sourced
    from involve_audit.model.view import Audit
    from involve_audit.render.titles import Titles

NEW, NOT_COMPARABLE = "new", "not-comparable"
_DISAGREEMENT, _FAILED = "disagreement", "failed"
# What is urgent, most urgent first.
_ORDER = (_FAILED, UNHEARD, NOT_ENOUGH_KNOWN, REGRESSION, ANTI_PATTERN, _DISAGREEMENT, UNKNOWN, UNEVIDENCED)

_NOT_SCORED, _NOTHING = "not_scored", "nothing"
GROUPS = (_NOT_SCORED, *_ORDER, _NOTHING)
"""What audits are talked about first, each belonging to one of these: what could not be assessed, and last nothing."""

Urgency = tuple[int, ...]
"""Zero or less, most urgent first: what could not be assessed, then how much there is of each thing of `_ORDER`."""


class PlaceInFile(NamedTuple):
    """Where something stands in an answers file; lines and columns count from 1."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Scored:
    """What an audit came to.

    `concerns` is all that holds for it, `failed` what of it was asked for. `since` is what changed since the
    baseline; where it is None, `not_compared` says why, if a baseline was given. `place` finds a view's line by the
    view's number and the keys that lead to it. `below` is what the answers come to under the original of a tailored
    rubric.
    """

    audit: Audit
    score: Score
    titles: Titles
    concerns: tuple[Concern, ...]
    failed: tuple[Concern, ...]
    place: Callable[[int, tuple[str, ...]], PlaceInFile]
    since: Since | None = None
    not_compared: str = ""
    below: Score | None = None

    def words_by_item(self) -> dict[str, str]:
        """The answer to each item, as a word of the rubric."""
        word = self.score.rubric.word
        answers = zip(self.score.rubric.items, self.score.resolved.answers, strict=True)
        return {item.id: word(code) for item, code in answers}

    @property
    def first_voice(self) -> str:
        """What to call those who should be heard first; empty where the rubric names nobody."""
        return next(iter(self.titles.perspectives.values()), "")

    @property
    def stage_in_words(self) -> str:
        """The stage, its range, or that not enough is known to name one."""
        if not self.score.enough_known:
            return BATCH["little_known_here"]
        floor, ceiling = (self.titles.shorts[stage] for stage in (self.score.floor, self.score.ceiling))
        return floor if floor == ceiling else BATCH["could_be"].format(stage=floor, ceiling=ceiling)


class FollowUp(NamedTuple):
    """One audit to follow up. They sort by urgency, then by name. `problem` says why one could not be assessed."""

    urgency: Urgency
    id: str
    files: tuple[str, ...]
    subject: str
    stage: str
    problem: str
    perspective: str
    report: str
    failed: tuple[str, ...] = ()

    @property
    def rank(self) -> int:
        """The place of the most urgent reason, 1 for the most urgent of all; 0 where there is nothing to follow up."""
        return next((place for place, number in enumerate(self.urgency, 1) if number), 0)

    @property
    def group(self) -> str:
        """The one of `GROUPS` that it belongs to."""
        return GROUPS[self.rank - 1]

    @property
    def reasons(self) -> tuple[str, ...]:
        """What there is to follow up, most urgent first: the checks that failed, then how much there is of what."""
        return (self.problem,) if self.problem else tuple(self._reasons())

    def _reasons(self) -> Iterator[str]:
        if self.failed:
            yield BATCH["fails"].format(checks=", ".join(self.failed))
        for name, less in zip(_ORDER[1:], self.urgency[2:], strict=True):
            if less:
                yield FOLLOW_UPS.of(name, -less, perspective=self.perspective)


@dataclass(frozen=True)
class Outcome:
    """One audit: its id, its files as they were named, and what it came to, or the problems that kept it from that.

    `report` is the file of its own report, from the folder of all reports; empty where there is none. `is_named` says
    whether its files name the audit; else its id is made for it.
    """

    id: str
    files: tuple[str, ...]
    scored: Scored | None
    problems: tuple[Problem, ...] = ()
    report: str = ""
    is_named: bool = True

    @cached_property
    def urgency(self) -> Urgency:
        """How urgent it is to follow the audit up; all zeros where nothing is. The stage plays no part in it."""
        if self.scored is None:
            return (-1,) + (0,) * len(_ORDER)
        numbers = {concern.check: len(concern.items) or 1 for concern in self.scored.concerns}
        numbers[_FAILED] = len(self.scored.failed)
        numbers[_DISAGREEMENT] = len(self.scored.score.disagreements)
        return (0, *(-numbers.get(name, 0) for name in _ORDER))

    @cached_property
    def follow_up(self) -> FollowUp:
        """The audit with what there is to follow up."""
        scored = self.scored
        return FollowUp(
            urgency=self.urgency,
            id=self.id,
            files=self.files,
            subject=scored.audit.subject.name if scored else "",
            stage=scored.stage_in_words if scored else BATCH["not_scored"],
            problem="" if scored else self.problems[0].what,
            perspective=scored.first_voice if scored else "",
            report=self.report,
            failed=tuple(concern.check for concern in scored.failed) if scored else (),
        )


class Met(NamedTuple):
    """How the audits of a run meet those of the baseline: ids of those that only one of the two has, and of those
    that both have and that cannot be compared, the first of these and how many more there are."""

    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    not_comparable: tuple[str, ...] = ()
    more_not_comparable: int = 0


class Awaited(NamedTuple):
    """How the services that are expected to answer meet the audits of a run: each by its name and its audit.

    `missing` are those without an answer, `unreadable` those whose files could not be assessed; of `unheard` ones
    somebody answered, and nobody of those who should be heard first. `unexpected` audits are of no service of the list.
    """

    expected: int
    missing: tuple[tuple[str, str], ...] = ()
    unreadable: tuple[tuple[str, str], ...] = ()
    unheard: tuple[tuple[str, str], ...] = ()
    unexpected: tuple[tuple[str, str], ...] = ()
    more_unexpected: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """What came of all audits together.

    `overviews` has one for each rubric, and `groups` one for each group of audits of the only rubric, where they are
    grouped, with its title; `failing` counts audits that failed a check, `failed` does so by check;
    `follow_ups` are the most urgent ones of `to_follow_up`. `others` counts files that hold no answers, `left_alone`
    says which and why; `about_files` is what else there is to say of files, a sentence each. `names` are what the
    audits that cannot be compared with the baseline are about, by id. `awaited` is there where answers are expected,
    and `rows` where audits come from the rows of tables.
    """

    audits: int = 0
    not_scored: int = 0
    files: int = 0
    others: int = 0
    left_alone: tuple[str, ...] = ()
    about_files: tuple[str, ...] = ()
    overviews: tuple[tuple[Sourced[Rubric], Overview], ...] = ()
    groups: tuple[tuple[str, Overview], ...] = ()
    failed: Counter[str] = field(default_factory=Counter)
    failing: int = 0
    follow_ups: tuple[FollowUp, ...] = ()
    to_follow_up: int = 0
    baseline: Met | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    awaited: Awaited | None = None
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Setting:
    """How results are to be written.

    `long` asks for one row an item where a format can do that; `has_baseline` says whether there is one.
    `fewer_than` is the bound of a run whose outputs are for sharing, None for any other; groups of fewer audits than
    this are not broken down. `reports` is where the audits' own reports are, as a link leads there from the output;
    empty where there are none. `table` is the file of the same run that has a row for each audit. `markup` is what a
    template's name ends with, for a format that is made from one; `width` counts the characters of a line, and `height`
    the lines of a screen, where that matters; `plain` asks for sentences in place of tables.
    """

    checks: Checks
    long: bool = False
    has_baseline: bool = False
    fewer_than: int | None = None
    reports: str = ""
    table: str = ""
    markup: str = ""
    width: int = 80
    height: int | None = None
    colour: bool = False
    plain: bool = False

    @property
    def of_rows(self) -> Setting:
        """The same for the rows alone, without what only the document around them depends on."""
        return replace(self, table="", width=80, height=None, colour=False, plain=False)

    def link(self, report: str) -> str:
        """Where an audit's own report is, from the output; empty where it has none."""
        return f"{self.reports}/{report}" if report else ""


ERROR, WARNING, NOTE = LEVELS = range(3)
PROBLEM = "problem"
RULES = (PROBLEM, FAIL_UNDER, *FAIL_ON)
_MOST_ITEMS = 5


class Annotation(NamedTuple):
    """One thing to say at its place: how much it matters (`LEVELS`), and which of `RULES` it is about."""

    level: int
    rule: str
    words: str
    place: PlaceInFile | None


def annotated(outcome: Outcome, setting: Setting, by_question: bool) -> Iterator[Annotation]:
    """Everything there is to say of an audit: problems, what it fails on, and what else is of concern.

    `by_question` says it once for each question, at the line of its answer, and not once for the whole audit.
    """
    for problem in outcome.problems:
        place = PlaceInFile(problem.path, problem.line or 1, problem.column or 1) if problem.path else None
        yield Annotation(ERROR, PROBLEM, problem.sentences, place)
    if outcome.scored is not None:
        placed = _by_question if by_question else _on_the_whole
        for concern, words, where in placed(outcome.scored, setting.checks.fail_under):
            usual = NOTE if concern.check in (UNKNOWN, UNEVIDENCED) else WARNING
            level = ERROR if concern in outcome.scored.failed else usual
            yield Annotation(level, concern.check, words, where)


Placed = Iterator[tuple[Concern, str, PlaceInFile]]


def _by_question(scored: Scored, fail_under: str | None) -> Placed:
    """Each concern once for each question, and what is about none in particular."""
    for concern in _failed_first(scored):
        for item in concern.items:
            yield concern, _about(scored, concern, item), _place_of(scored, item)
        if not concern.items or (concern.check == REGRESSION and scored.since and scored.since.fell):
            yield concern, why(scored, concern, fail_under), _place_about(scored, concern)


def _on_the_whole(scored: Scored, fail_under: str | None) -> Placed:
    """Each concern once, at the line of the first answer that it is about."""
    for concern in _failed_first(scored):
        place = _place_of(scored, concern.items[0]) if concern.items else _place_about(scored, concern)
        yield concern, why(scored, concern, fail_under), place


def _failed_first(scored: Scored) -> Iterable[Concern]:
    """What the run fails on first, then what else is of concern."""
    return dict.fromkeys((*scored.failed, *scored.concerns))


def why(scored: Scored, concern: Concern, fail_under: str | None) -> str:
    """A concern about the whole audit as one sentence without its full stop."""
    if concern.check == FAIL_UNDER:
        return _stage(scored, fail_under or "")
    return FINDINGS[concern.check].format(
        items="; ".join(_some([scored.titles.item(item) for item in concern.items])),
        perspective=scored.first_voice,
        known=number(scored.score.known),
        of=number(len(scored.score.rubric.items)),
        changes=_changes(scored) if concern.check == REGRESSION else "",
    )


def _place_about(scored: Scored, concern: Concern) -> PlaceInFile:
    """Where to look for what is about no answer in particular."""
    return scored.place(0, ("respondents" if concern.check == UNHEARD else "answers",))


def _about(scored: Scored, concern: Concern, item: str) -> str:
    title = scored.titles.item(item)
    if concern.check == REGRESSION and scored.since:
        moved = next(moved for moved in scored.since.lost if moved.item == item)
        if _lost_its_evidence(moved):
            return BATCH["evidence_gone"].format(item=title)
        before, after = _words(scored, moved)
        return FINDING_LINES[REGRESSION].format(item=title, before=before, after=after)
    return FINDING_LINES[concern.check].format(item=title, answer=scored.titles.answers[scored.words_by_item()[item]])


def _place_of(scored: Scored, item: str) -> PlaceInFile:
    """The answer that was taken; where none is known, the first that names the item."""
    place = [entry.id for entry in scored.score.rubric.items].index(item)
    view = scored.score.resolved.sources[place]
    if view is None:
        naming = (n for n, view in enumerate(scored.audit.views) if item in view.content.answers)
        view = next(naming, 0)
    return scored.place(view, ("answers", item))


def _stage(scored: Scored, wanted: str) -> str:
    stages = scored.score.rubric.stages
    if wanted not in stages:
        return FINDINGS["fail-under-no-stage"].format(wanted=wanted)
    lower = scored.score.standing.floor < stages.index(wanted)
    pattern = FINDINGS["fail-under" if lower else "fail-under-little-known"]
    return pattern.format(floor=scored.titles.stages[scored.score.floor], wanted=scored.titles.stages[wanted])


def _changes(scored: Scored) -> str:
    since = scored.since
    if since is None:
        return ""
    parts = _some([_in_short(scored, moved) for moved in since.lost])
    if since.fell:
        before, after = (scored.titles.stages[stage] for stage in (since.before, since.after))
        parts.insert(0, BATCH["lower"].format(before=before, after=after))
    return "; ".join(parts)


def _in_short(scored: Scored, moved: ItemSince) -> str:
    title = scored.titles.item(moved.item)
    if _lost_its_evidence(moved):
        return BATCH["evidence_gone"].format(item=title)
    before, after = _words(scored, moved)
    return BATCH["moved"].format(item=title, before=before, after=after)


def _lost_its_evidence(moved: ItemSince) -> bool:
    """Whether an item is worse with the same answer."""
    return moved.before == moved.after


def _words(scored: Scored, moved: ItemSince) -> tuple[str, str]:
    return scored.titles.answers[moved.before or ""], scored.titles.answers[moved.after or ""]


def _some(texts: list[str]) -> list[str]:
    return first_of(texts, _MOST_ITEMS)


def marked(level: int, text: str) -> str:
    """A line that says its level, so that lines can be sorted by it without reading them."""
    return f"{level}{text}\n"


def at_level(rows: Iterator[str], level: int) -> Iterator[str]:
    """The lines of this level, without the mark."""
    return (line[1:-1] for line in rows if line[0] == str(level))
