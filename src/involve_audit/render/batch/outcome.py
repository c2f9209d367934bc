"""What came of one audit of many: the input of every output."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.engine.checks import Checks, Concern
from involve_audit.engine.comparing.kept import Since
from involve_audit.engine.overview import Overview
from involve_audit.engine.score import Score
from involve_audit.errors import Problem
from involve_audit.model.rubric import Rubric, Sourced
from involve_audit.model.view import Audit
from involve_audit.render.titles import Titles

if TYPE_CHECKING:
    from involve_audit.render.batch.follow_up import FollowUp

NEW, NOT_COMPARABLE = "new", "not-comparable"


class Place(NamedTuple):
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
    place: Callable[[int, tuple[str, ...]], Place]
    since: Since | None = None
    not_compared: str = ""
    below: Score | None = None

    def words_by_item(self) -> dict[str, str]:
        """The answer to each item, as a word of the rubric."""
        word = self.score.rubric.word
        answers = zip(self.score.rubric.items, self.score.resolved.answers, strict=True)
        return {item.id: word(code) for item, code in answers}


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
    empty where there are none. `width` counts the characters of a line, where that matters.
    """

    checks: Checks
    long: bool = False
    has_baseline: bool = False
    fewer_than: int | None = None
    reports: str = ""
    width: int = 80
    colour: bool = False

    def link(self, report: str) -> str:
        """Where an audit's own report is, from the output; empty where it has none."""
        return f"{self.reports}/{report}" if report else ""
