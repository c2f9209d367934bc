"""Findings in words: for a whole audit, and one by one at their lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from involve_audit.engine.checks import FAIL_ON, FAIL_UNDER, REGRESSION, UNEVIDENCED, UNHEARD, UNKNOWN, Concern
from involve_audit.engine.comparing.kept import ItemSince
from involve_audit.language import number
from involve_audit.render.batch.outcome import Outcome, Place, Scored, Setting
from involve_audit.words.many import BATCH, COUNTED_BATCH, FINDING_LINES, FINDINGS

_MOST_ITEMS = 5


class Remark(NamedTuple):
    """One finding at its place in an answers file. `asked_for` says whether the run fails on it."""

    check: str
    words: str
    place: Place
    asked_for: bool


def why(scored: Scored, finding: Concern, fail_under: str | None) -> str:
    """A finding about the whole audit as one sentence without its full stop."""
    if finding.check == FAIL_UNDER:
        return _stage(scored, fail_under or "")
    return FINDINGS[finding.check].format(
        items="; ".join(_some([scored.titles.item(item) for item in finding.items])),
        perspective=next(iter(scored.titles.perspectives.values()), ""),
        known=number(scored.score.known),
        of=number(len(scored.score.rubric.items)),
        changes=_changes(scored) if finding.check == REGRESSION else "",
    )


def remarks(scored: Scored, fail_under: str | None) -> Iterator[Remark]:
    """Everything that was found or asked for, each question at the line of its answer."""
    for finding, asked in _with_asked_for(scored):
        for item in finding.items:
            yield Remark(finding.check, _about(scored, finding, item), _place_of(scored, item), asked)
        if not finding.items or (finding.check == REGRESSION and scored.since and scored.since.fell):
            yield Remark(finding.check, why(scored, finding, fail_under), _place_about(scored, finding), asked)


def remarks_on_the_whole(scored: Scored, fail_under: str | None) -> Iterator[Remark]:
    """The same with one remark for each finding, at the line of the first answer that it is about."""
    for finding, asked in _with_asked_for(scored):
        place = _place_of(scored, finding.items[0]) if finding.items else _place_about(scored, finding)
        yield Remark(finding.check, why(scored, finding, fail_under), place, asked)


def _with_asked_for(scored: Scored) -> Iterator[tuple[Concern, bool]]:
    """What the run fails on first, then what else was found."""
    for finding in dict.fromkeys((*scored.failed, *scored.concerns)):
        yield finding, finding in scored.failed


def _place_about(scored: Scored, finding: Concern) -> Place:
    """Where to look for what is about no answer in particular."""
    return scored.place(0, ("respondents" if finding.check == UNHEARD else "answers",))


def _about(scored: Scored, finding: Concern, item: str) -> str:
    title = scored.titles.item(item)
    if finding.check == REGRESSION and scored.since:
        moved = next(moved for moved in scored.since.lost if moved.item == item)
        if _lost_its_evidence(moved):
            return BATCH["evidence_gone"].format(item=title)
        before, after = _words(scored, moved)
        return FINDING_LINES[REGRESSION].format(item=title, before=before, after=after)
    return FINDING_LINES[finding.check].format(item=title, answer=scored.titles.answers[scored.words_by_item()[item]])


def _place_of(scored: Scored, item: str) -> Place:
    """The answer that was taken; where none is known, the first that names the item."""
    place = [one.id for one in scored.score.rubric.items].index(item)
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
    found = scored.since
    if found is None:
        return ""
    parts = _some([_in_short(scored, moved) for moved in found.lost])
    if found.fell:
        before, after = (scored.titles.stages[stage] for stage in (found.before, found.after))
        parts.insert(0, BATCH["lower"].format(before=before, after=after))
    return "; ".join(parts)


def _in_short(scored: Scored, moved: ItemSince) -> str:
    title = scored.titles.item(moved.item)
    if _lost_its_evidence(moved):
        return BATCH["evidence_gone"].format(item=title)
    return f"{title}: {' → '.join(_words(scored, moved))}"


def _lost_its_evidence(moved: ItemSince) -> bool:
    """Whether an item is worse with the same answer."""
    return moved.before == moved.after


def _words(scored: Scored, moved: ItemSince) -> tuple[str, str]:
    return scored.titles.answers[moved.before or ""], scored.titles.answers[moved.after or ""]


def _some(texts: list[str]) -> list[str]:
    left = len(texts) - _MOST_ITEMS
    return [*texts[:_MOST_ITEMS], *([COUNTED_BATCH.of("more", left)] if left > 0 else [])]


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
        yield Said(ERROR, PROBLEM, problem.sentences, place)
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
