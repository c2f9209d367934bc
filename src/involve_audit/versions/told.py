"""What changed between two versions of a rubric, and what becomes of answers that are carried over, in words."""

from __future__ import annotations

from collections.abc import Iterator

from involve_audit.language import in_short, listed
from involve_audit.render.options import Options
from involve_audit.render.screen import Block, Paragraph, entry, heading, laid_out
from involve_audit.render.titles import Titles
from involve_audit.versions.carry import Carried
from involve_audit.versions.changes import WENT_BACK, RubricChange
from involve_audit.versions.diff import RubricDiff
from involve_audit.versions.plan import ANSWER_GONE, ASK_AGAIN, DROPPED, FATES, KEPT, RENAMED, SEVERAL, AnswerFate
from involve_audit.words.versions import (
    COUNTED_ANSWERS,
    MIGRATION,
    RUBRIC_DIFF,
    VERDICTS,
    VERSION_LEVELS,
    WHAT_CHANGED,
)

MOST_FILES_TOLD = 20
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
_ENTRIES = {KEPT: "entry", RENAMED: "entry_renamed", DROPPED: "entry"}
_ENTRIES_ASKED_AGAIN = {SEVERAL: "entry_several", ANSWER_GONE: "entry_answer_gone"}


# Two versions


def render(diff: RubricDiff) -> str:
    """The two versions as text."""
    return laid_out(_diff_blocks(diff), diff.options.width, diff.options.colour)


def _diff_blocks(diff: RubricDiff) -> Iterator[Block]:
    before, after = diff.both_as_filed
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
    what = WHAT_CHANGED[change.sort].format(about=f"`{change.about}`", now=f"`{change.now}`")
    if change.sort in _WITH_BOTH:
        what = RUBRIC_DIFF["then_now"].format(what=what, then=change.then or "–", now=change.now or "–")
    return RUBRIC_DIFF["change"].format(what=what, level=VERSION_LEVELS[change.level])


def _moved(move: AnswerFate) -> str:
    name = move.fate if move.fate in (RENAMED, DROPPED) else move.why or ANSWER_GONE
    words = RUBRIC_DIFF[f"{name}_answer" if move.answer else name]
    return words.format(
        item=f"`{move.item}`", answer=f"`{move.answer}`", now=in_short(f"`{item}`" for item in move.now)
    )


# Answers that are carried over


def told(carried: Carried, options: Options) -> str:
    """What happens to every answer, as text."""
    return laid_out(_carried_blocks(carried), options.width, options.colour)


def _carried_blocks(carried: Carried) -> Iterator[Block]:
    yield heading(MIGRATION["from_to"].format(file=carried.file, then=carried.start, now=carried.plan.rubric))
    for title, entries in _groups(carried):
        yield heading(title)
        yield from map(entry, entries)
    yield from map(Paragraph, _carried_sentences(carried))


def _groups(carried: Carried) -> Iterator[tuple[str, list[str]]]:
    for fate in FATES:
        if moves := carried.plan.of_fate(fate):
            title = COUNTED_ANSWERS.of("heading", len(moves), heading=MIGRATION[fate])
            yield title, [_entry(move) for move in moves]
    if carried.plan.new and carried.earlier is not None:
        titles = Titles(carried.rubric)
        entries = [MIGRATION["entry_new"].format(item=item, title=titles.item(item)) for item in carried.plan.new]
        yield MIGRATION["new"], entries


def _entry(move: AnswerFate) -> str:
    name = _ENTRIES_ASKED_AGAIN[move.why or SEVERAL] if move.fate == ASK_AGAIN else _ENTRIES[move.fate]
    answer = move.answer or MIGRATION["no_answer"]
    return MIGRATION[name].format(item=move.item, answer=answer, now=in_short(move.now))


def _carried_sentences(carried: Carried) -> Iterator[str]:
    if carried.plan.retired:
        yield MIGRATION["retired"]
    if carried.earlier is None and not carried.is_there_already:
        yield MIGRATION["without_earlier"].format(version=carried.start.version)


class ManyCarried:
    """What became of many answers files: what each of the first means in short, and how many there are of each kind."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.files = self.there = self.kept = self.retired = 0

    def add(self, carried: Carried, options: Options) -> None:
        """Count a file, and tell of it what is not simply kept, where it is one of the first."""
        if carried.is_there_already:
            self.there += 1
            return
        kept, retired = len(carried.plan.moves) - len(carried.plan.retired), len(carried.plan.retired)
        self.files, self.kept, self.retired = self.files + 1, self.kept + kept, self.retired + retired
        if self.files <= MOST_FILES_TOLD:
            counts = _answers_in_words(kept, retired)
            names = {"file": carried.file, "then": carried.start, "now": carried.plan.rubric}
            moved = [move for fate in (RENAMED, ASK_AGAIN, DROPPED) for move in carried.plan.of_fate(fate)]
            blocks = [heading(MIGRATION["in_short"].format(counts=counts, **names)), *map(entry, map(_entry, moved))]
            self.texts.append(laid_out(iter(blocks), options.width, options.colour))

    @property
    def text(self) -> str:
        """What becomes of the files, one after the other."""
        more = self.files - len(self.texts)
        return "".join([*self.texts, *([COUNTED_ANSWERS.of("more", more) + "\n"] if more else [])])

    def summary(self, written: bool, left_out: int) -> str:
        """How many files go, are there already and are left out, and how many answers are kept and retired."""
        first = COUNTED_ANSWERS.of("carried" if written else "to_carry", self.files)
        others = (("there", self.there), ("left_out", left_out))
        files = listed([first, *(COUNTED_ANSWERS.of(name, count) for name, count in others if count)])
        answers = _answers_in_words(self.kept, self.retired) if self.files else MIGRATION["nothing_to_do"]
        return MIGRATION["summary"].format(files=files, answers=answers)


def _answers_in_words(kept: int, retired: int) -> str:
    also = [COUNTED_ANSWERS.of("retired", retired)] if retired else []
    return listed([COUNTED_ANSWERS.of("kept", kept), *also])


def there_already(carried: Carried) -> str:
    """That a file needs no carrying."""
    return MIGRATION["there_already"].format(file=carried.file, version=carried.rubric.version)


def not_written(command: str) -> str:
    """That nothing was written yet, and the command that does it."""
    return MIGRATION["not_written"].format(command=command)
