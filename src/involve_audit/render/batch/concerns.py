"""What is of concern about an audit in words: as a whole, and one by one at the lines of an answers file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from involve_audit.engine.checks import FAIL_ON, FAIL_UNDER, REGRESSION, UNEVIDENCED, UNHEARD, UNKNOWN, Concern
from involve_audit.engine.comparing.kept import ItemSince
from involve_audit.language import number
from involve_audit.render.batch.outcome import Outcome, PlaceInFile, Scored, Setting
from involve_audit.words.many import BATCH, COUNTED_BATCH, FINDING_LINES, FINDINGS

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


def marked(level: int, text: str) -> str:
    """A line that says its level, so that lines can be sorted by it without reading them."""
    return f"{level}{text}\n"


def at_level(rows: Iterator[str], level: int) -> Iterator[str]:
    """The lines of this level, without the mark."""
    return (line[1:-1] for line in rows if line[0] == str(level))
