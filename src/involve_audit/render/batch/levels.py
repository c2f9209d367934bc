"""What is said at the lines of answers files, by how much it matters: for formats that have room for only so much."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from involve_audit.engine.checks import FAIL_ON, FAIL_UNDER, UNEVIDENCED, UNKNOWN
from involve_audit.render.batch.findings import remarks, remarks_on_the_whole
from involve_audit.render.batch.outcome import Outcome, Place
from involve_audit.render.batch.setting import Setting

ERROR, WARNING, NOTE = LEVELS = range(3)
PROBLEM = "problem"
RULES = (PROBLEM, FAIL_UNDER, *FAIL_ON)


class Said(NamedTuple):
    """One thing to say: how much it matters (`LEVELS`), which of `RULES` it is about, and where."""

    level: int
    rule: str
    words: str
    place: Place | None


def all_said(outcome: Outcome, setting: Setting, by_question: bool) -> Iterator[Said]:
    """Everything there is to say of an audit: problems, what it fails on, and what else was found.

    `by_question` says it once for each question, at the line of its answer, and not once for the whole audit.
    """
    for problem in outcome.problems:
        place = Place(problem.path, problem.line or 1, problem.column or 1) if problem.path else None
        yield Said(ERROR, PROBLEM, " ".join(part for part in (f"{problem.what}.", problem.hint) if part), place)
    if outcome.scored is not None:
        found = (remarks if by_question else remarks_on_the_whole)(outcome.scored, setting.checks.fail_under)
        for remark in found:
            level = ERROR if remark.asked_for else NOTE if remark.check in (UNKNOWN, UNEVIDENCED) else WARNING
            yield Said(level, remark.check, remark.words, remark.place)


def marked(level: int, text: str) -> str:
    """A line that says its level, so that lines can be sorted by it without reading them."""
    return f"{level}{text}\n"


def at_level(rows: Iterator[str], level: int) -> Iterator[str]:
    """The lines of this level, without the mark."""
    return (line[1:-1] for line in rows if line[0] == str(level))
