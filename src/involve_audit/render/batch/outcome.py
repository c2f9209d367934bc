"""What came of one audit of many: the input of every output."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from involve_audit.engine.checks import Finding
from involve_audit.engine.comparing.kept import Since
from involve_audit.engine.score import Score
from involve_audit.errors import Problem
from involve_audit.model.audit import Audit
from involve_audit.render.titles import Titles

NEW, NOT_COMPARABLE = "new", "not-comparable"


class Place(NamedTuple):
    """Where something stands in an answers file; lines and columns count from 1."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Scored:
    """What an audit came to.

    `findings` is all that holds for it, `failed` what of it was asked for. `since` is what changed since the
    baseline; where it is None, `not_compared` says why, if a baseline was given. `place` finds a view's line by the
    view's number and the keys that lead to it. `below` is what the answers come to under the original of a tailored
    rubric.
    """

    audit: Audit
    score: Score
    titles: Titles
    findings: tuple[Finding, ...]
    failed: tuple[Finding, ...]
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
