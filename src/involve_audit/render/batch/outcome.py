"""What came of one audit of many, and what there is to follow up: the input of every output."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from involve_audit.engine.checks import (
    ANTI_PATTERN,
    NOT_ENOUGH_KNOWN,
    REGRESSION,
    UNEVIDENCED,
    UNHEARD,
    UNKNOWN,
    Checks,
    Concern,
)
from involve_audit.engine.comparing.kept import Since
from involve_audit.engine.overview import Overview
from involve_audit.engine.score import Score
from involve_audit.errors import Problem
from involve_audit.model.rubric import Rubric, Sourced
from involve_audit.model.view import Audit
from involve_audit.render.titles import Titles
from involve_audit.words.many import BATCH, FOLLOW_UPS

NEW, NOT_COMPARABLE = "new", "not-comparable"
_DISAGREEMENT, _FAILED = "disagreement", "failed"
# What is urgent, most urgent first.
_ORDER = (_FAILED, UNHEARD, NOT_ENOUGH_KNOWN, REGRESSION, ANTI_PATTERN, _DISAGREEMENT, UNKNOWN, UNEVIDENCED)

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
    def reasons(self) -> tuple[str, ...]:
        """What there is to follow up, most urgent first: the checks that failed, then how much there is of what."""
        return (self.problem,) if self.problem else tuple(self._reasons())

    def _reasons(self) -> Iterator[str]:
        if self.failed:
            yield BATCH["fails"].format(checks=", ".join(self.failed))
        for name, less in zip(_ORDER[1:], self.urgency[2:], strict=True):
            if less:
                yield FOLLOW_UPS.of(name, -less, perspective=self.perspective)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One audit: its id, its files as they were named, and what it came to, or the problems that kept it from that.

    `report` is the file of its own report, from the folder of all reports; empty where there is none.
    """

    id: str
    files: tuple[str, ...]
    scored: Scored | None
    problems: tuple[Problem, ...] = ()
    report: str = ""

    @property
    def urgency(self) -> Urgency:
        """How urgent it is to follow the audit up; all zeros where nothing is. The stage plays no part in it."""
        if self.scored is None:
            return (-1,) + (0,) * len(_ORDER)
        numbers = {concern.check: len(concern.items) or 1 for concern in self.scored.concerns}
        numbers[_FAILED] = len(self.scored.failed)
        numbers[_DISAGREEMENT] = len(self.scored.score.disagreements)
        return (0, *(-numbers.get(name, 0) for name in _ORDER))

    @property
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
    that both have and that cannot be compared."""

    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    not_comparable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """What came of all audits together.

    `overviews` has one for each rubric; `failing` counts audits that failed a check, `failed` does so by check;
    `follow_ups` are the most urgent ones of `to_follow_up`. `others` counts files that hold no answers.
    """

    audits: int = 0
    not_scored: int = 0
    files: int = 0
    others: int = 0
    overviews: tuple[tuple[Sourced[Rubric], Overview], ...] = ()
    failed: Counter[str] = field(default_factory=Counter)
    failing: int = 0
    follow_ups: tuple[FollowUp, ...] = ()
    to_follow_up: int = 0
    baseline: Met | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """How results are to be written.

    `long` asks for one row an item where a format can do that; `has_baseline` says whether there is one.
    `fewer_than` is the bound of a run whose outputs are for sharing, None for any other; groups of fewer audits than
    this are not broken down. `reports` is where the audits' own reports are, as a link leads there from the output;
    empty where there are none. `markup` is what a template's name ends with, for a format that is made from one;
    `width` counts the characters of a line, where that matters.
    """

    checks: Checks
    long: bool = False
    has_baseline: bool = False
    fewer_than: int | None = None
    reports: str = ""
    markup: str = ""
    width: int = 80
    colour: bool = False

    def link(self, report: str) -> str:
        """Where an audit's own report is, from the output; empty where it has none."""
        return f"{self.reports}/{report}" if report else ""
