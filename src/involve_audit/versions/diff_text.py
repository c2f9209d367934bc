"""What changed between two versions of a rubric, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from involve_audit.language import Words, listed
from involve_audit.model.audit import as_filed
from involve_audit.render.screen import Paper
from involve_audit.versions.changes import WENT_BACK, RubricChange
from involve_audit.versions.diff import RubricDiff
from involve_audit.versions.plan import ANSWER_GONE, DROPPED, RENAMED, AnswerFate
from involve_audit.words.comparing import VERSION_LEVELS

VERDICTS = Words(
    {
        "nothing-changed": "Nothing changed that the version number has to say.",
        "other-rubric": "These are two different rubrics, not two versions of one.",
        "went-back": "The version number went back: it must never get smaller.",
        "not-raised": "The version number was not raised. These changes make it a new {needed} version.",
        "too-little": "The version number was raised too little. These changes make it a new {needed} version.",
        "as-needed": "The version number was raised as it should be ({needed}).",
        "more-than-needed": "The version number was raised further than these changes ask for ({needed}).",
    }
)
RUBRIC_DIFF = Words(
    {
        "from_to": "{rubric}: from {then} to {now}",
        "changes": "What changed",
        "no_changes": "Nothing changed.",
        "touched": "Stored answers that are touched",
        "not_touched": "No stored answer is touched.",
        "file": "In {file}",
        "file_not_touched": "In {file}: no answer is touched.",
        "change": "{what} ({level})",
        "then_now": "{what}: {then} → {now}",
        "migrate": "Carry them over with: involve-audit answers migrate FILE --to {version} -r {file}",
        "the_words": "The program cannot tell whether new words still ask the same. If they do not, the question needs "
        "a new id, and the version a new first number.",
        "renamed": "{item}: renamed to {now}",
        "renamed_answer": "{item}, answer {answer}: renamed to {now}",
        "several": "{item}: to be asked again, as {now}",
        "several_answer": "{item}, answer {answer}: to be asked again, as {now}",
        "answer-gone": "{item}: to be asked again, because its answers are not there any more",
        "answer-gone_answer": "{item}, answer {answer}: to be asked again, because this answer is not there any more",
        "dropped": "{item}: not asked any more",
        "dropped_answer": "{item}, answer {answer}: not asked any more",
    }
)
SORTS = Words(
    {
        "item-gone": "The question {about} is gone",
        "item-replaced": "The question {about} is replaced by {now}",
        "item-new": "The question {about} is new",
        "item-kind": "The question {about} is of another kind",
        "item-stage": "The question {about} stands at another stage",
        "not-applicable-gone": "The question {about} cannot be “does not apply” any more",
        "not-applicable-new": "The question {about} can be “does not apply” now",
        "item-theme": "The question {about} stands in another theme",
        "item-alternative-stage": "The question {about} has another alternative stage",
        "item-limits": "The question {about} limits others than before",
        "item-implies": "The question {about} implies others than before",
        "question-words": "The question {about} is put in other words",
        "option-gone": "The answer {about} is gone",
        "option-value": "The answer {about} is worth something else",
        "option-narrower": "The answer {about} is for fewer kinds of questions",
        "option-wider": "The answer {about} is for more kinds of questions",
        "option-if-done": "The answer {about} stands for another one once it is done",
        "option-new": "The answer {about} is new",
        "ladder": "The stages are others, or in another order",
        "gate-gone": "The condition {about} is gone",
        "gate-new": "The condition {about} is new",
        "gate-rule": "The condition {about} asks for something else",
        "perspective-gone": "The perspective {about} is gone",
        "perspective-new": "The perspective {about} is new",
        "perspective-order": "The perspectives are in another order",
        "themes": "The themes are others",
        "setting": "The setting {about} is another",
        "other-words": "Other words changed, and nothing else",
    }
)
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
    paper = Paper(diff.options)
    before, after = as_filed(diff.before), as_filed(diff.after)
    heading = RUBRIC_DIFF["from_to"].format(rubric=after.id, then=before.version, now=after.version)
    lines = [*paper.wrapped(heading, "bold", None), *paper.wrapped(verdict_in_words(diff), "bold", None)]
    for title, entries in _sections(diff):
        lines += paper.wrapped(title, "bold", None)
        lines += [line for entry in entries for line in paper.entry(entry, None)]
    if any(change.sort == "question-words" for change in diff.changes):
        lines += paper.wrapped(RUBRIC_DIFF["the_words"], most=None)
    if diff.touched and diff.verdict.name != WENT_BACK:
        lines += paper.wrapped(RUBRIC_DIFF["migrate"].format(version=after.version, file=diff.after.file), most=None)
    return paper.text(lines)


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
    what = SORTS[change.sort].format(about=f"`{change.about}`", now=f"`{change.now}`")
    if change.sort in _WITH_BOTH:
        what = RUBRIC_DIFF["then_now"].format(what=what, then=change.then or "–", now=change.now or "–")
    return RUBRIC_DIFF["change"].format(what=what, level=VERSION_LEVELS[change.level])


def _moved(move: AnswerFate) -> str:
    name = move.fate if move.fate in (RENAMED, DROPPED) else move.why or ANSWER_GONE
    words = RUBRIC_DIFF[f"{name}_answer" if move.answer else name]
    return words.format(item=f"`{move.item}`", answer=f"`{move.answer}`", now=listed(f"`{item}`" for item in move.now))
