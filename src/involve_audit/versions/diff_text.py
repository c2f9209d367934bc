"""What changed between two versions of a rubric, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from involve_audit.language import listed
from involve_audit.model.rubric import as_filed
from involve_audit.render.screen import Block, Paragraph, entry, heading, laid_out
from involve_audit.versions.changes import WENT_BACK, RubricChange
from involve_audit.versions.diff import RubricDiff
from involve_audit.versions.plan import ANSWER_GONE, DROPPED, RENAMED, AnswerFate
from involve_audit.words.versions import RUBRIC_CHANGES, RUBRIC_DIFF, VERDICTS, VERSION_LEVELS

_WITH_BOTH = (
    "item-kind",
    "item-stage",
    "item-theme",
    "item-limits",
    "item-implies",
    "question-words",
    "option-value",
    "option-narrower",
    "option-wider",
    "gate-rule",
    "ladder",
    "perspective-order",
    "setting",
)


def render(diff: RubricDiff) -> str:
    """The two versions as text."""
    return laid_out(_blocks(diff), diff.options.width, diff.options.colour)


def _blocks(diff: RubricDiff) -> Iterator[Block]:
    before, after = as_filed(diff.before), as_filed(diff.after)
    yield heading(RUBRIC_DIFF["from_to"].format(rubric=after.id, then=before.version, now=after.version))
    yield heading(verdict_in_words(diff))
    for title, entries in _sections(diff):
        yield heading(title)
        yield from map(entry, entries)
    if any(change.sort == "question-words" for change in diff.changes):
        yield Paragraph(RUBRIC_DIFF["the_words"])
    if diff.touched and diff.verdict.name != WENT_BACK:
        yield Paragraph(RUBRIC_DIFF["migrate"].format(version=after.version, file=diff.after.file))


def verdict_in_words(diff: RubricDiff) -> str:
    """Whether the version number was raised as it should be."""
    return VERDICTS[diff.verdict.name].format(needed=VERSION_LEVELS[diff.verdict.needed] if diff.verdict.needed else "")


def _sections(diff: RubricDiff) -> Iterator[tuple[str, list[str]]]:
    changes = [_change(change) for change in diff.changes]
    yield RUBRIC_DIFF["changes" if changes else "no_changes"], changes
    if diff.verdict.name == "other-rubric":
        return
    yield RUBRIC_DIFF["touched" if diff.touched else "not_touched"], [_moved(move) for move in diff.touched]
    for file, moves in diff.touched_files:
        name = "file" if moves else "file_not_touched"
        yield RUBRIC_DIFF[name].format(file=file), [_moved(move) for move in moves]


def _change(change: RubricChange) -> str:
    what = RUBRIC_CHANGES[change.sort].format(about=f"`{change.about}`", now=f"`{change.now}`")
    if change.sort in _WITH_BOTH:
        what = RUBRIC_DIFF["then_now"].format(what=what, then=change.then or "–", now=change.now or "–")
    return RUBRIC_DIFF["change"].format(what=what, level=VERSION_LEVELS[change.level])


def _moved(move: AnswerFate) -> str:
    name = move.fate if move.fate in (RENAMED, DROPPED) else move.why or ANSWER_GONE
    words = RUBRIC_DIFF[f"{name}_answer" if move.answer else name]
    return words.format(item=f"`{move.item}`", answer=f"`{move.answer}`", now=listed(f"`{item}`" for item in move.now))
