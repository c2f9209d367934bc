"""Findings in words: for a whole audit, and one by one at their lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from involve_audit.engine.checks import FAIL_UNDER, REGRESSION, UNHEARD, Finding
from involve_audit.engine.comparing.kept import Moved
from involve_audit.language import number
from involve_audit.render.batch.outcome import Place, Scored
from involve_audit.render.batch.vocabulary import BATCH, FINDING_LINES, FINDINGS, counted_batch

_MOST_ITEMS = 5


class Remark(NamedTuple):
    """One finding at its place in an answers file. `asked_for` says whether the run fails on it."""

    check: str
    words: str
    place: Place
    asked_for: bool


def why(scored: Scored, finding: Finding, fail_under: str | None) -> str:
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


def _with_asked_for(scored: Scored) -> Iterator[tuple[Finding, bool]]:
    """What the run fails on first, then what else was found."""
    for finding in dict.fromkeys((*scored.failed, *scored.findings)):
        yield finding, finding in scored.failed


def _place_about(scored: Scored, finding: Finding) -> Place:
    """Where to look for what is about no answer in particular."""
    return scored.place(0, ("respondents" if finding.check == UNHEARD else "answers",))


def _about(scored: Scored, finding: Finding, item: str) -> str:
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


def _in_short(scored: Scored, moved: Moved) -> str:
    title = scored.titles.item(moved.item)
    if _lost_its_evidence(moved):
        return BATCH["evidence_gone"].format(item=title)
    return f"{title}: {' → '.join(_words(scored, moved))}"


def _lost_its_evidence(moved: Moved) -> bool:
    """Whether an item is worse with the same answer."""
    return moved.before == moved.after


def _words(scored: Scored, moved: Moved) -> tuple[str, str]:
    return scored.titles.answers[moved.before or ""], scored.titles.answers[moved.after or ""]


def _some(texts: list[str]) -> list[str]:
    left = len(texts) - _MOST_ITEMS
    return [*texts[:_MOST_ITEMS], *([counted_batch("more", left)] if left > 0 else [])]
