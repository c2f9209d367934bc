"""The words about versions of a rubric: what changed between two, what their numbers say, and answers carried over."""

from __future__ import annotations

from involve_audit.language import Counted, Words

VERSION_LEVELS = Words({"patch": "patch", "minor": "minor", "major": "major"})
"""How far a version number is raised."""

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
        "then_now": "{what}: from {then} to {now}",
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

WHAT_CHANGED = Words(
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

WRONG_VERSIONS = Words(
    {
        "other-rubric": "the earlier file is another rubric, `{id}`",
        "went-back": "the version went back from {then}",
        "not-raised": "the version is still {then}, and what changed makes this a new {level} version",
        "too-little": "the version was {then}, and what changed makes this a new {level} version",
    }
)

WRONG_VERSION_HINTS = Words(
    {
        "other-rubric": "Stored answers to it are not found under another id.",
        "went-back": "It must never get smaller.",
        "raise-it": "Make it {next}. `involve-audit rubric diff` shows what changed.",
    }
)

MIGRATION = Words(
    {
        "from_to": "{file}: from {then} to {now}",
        "there_already": "{file}: this file names version {version} already. There is nothing to do.",
        "kept": "Kept",
        "renamed": "Renamed",
        "ask-again": "To be asked again",
        "dropped": "Not asked any more",
        "new": "Asked for the first time",
        "entry": "{item}: {answer}",
        "entry_renamed": "{item} is now {now}: {answer}",
        "entry_several": "{item}: {answer}. It is asked in another form now: {now}",
        "entry_answer_gone": "{now}: the answer `{answer}` is not there any more",
        "entry_new": "{item}: {title}",
        "no_answer": "no answer",
        "retired": "Nothing is lost: what is to be asked again or is not asked any more goes into the section "
        "`retired` of the file, with its notes, evidence and comments.",
        "without_earlier": "Version {version} is not here, so that it is not known which questions are new. "
        "Name its file too, with -r, to see that.",
        "not_written": "Nothing was written. To do it: {command}",
        "in_short": "{file}: from {then} to {now}. {counts}.",
        "summary": "{files}. {answers}.",
        "nothing_to_do": "Nothing was to be changed",
    }
)

COUNTED_ANSWERS = Counted(
    {
        "heading": ("{heading}: {count} answer", "{heading}: {count} answers"),
        "kept": ("{count} answer kept", "{count} answers kept"),
        "retired": ("{count} put into `retired`", "{count} put into `retired`"),
        "more": ("… and {count} more file, not shown here.", "… and {count} more files, not shown here."),
        "to_carry": ("{count} file to carry over", "{count} files to carry over"),
        "carried": ("{count} file carried over", "{count} files carried over"),
        "there": ("{count} there already", "{count} there already"),
        "left_out": ("{count} left out", "{count} left out"),
    }
)
