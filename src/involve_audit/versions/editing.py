"""The text of an answers file, carried to another version: edited where it has to be, and nowhere else.

The file is edited line by line, at the places that its reader has found, so that comments, order, quotes and line ends
stay as somebody wrote them. The result is read again and held against what it should say.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from involve_audit.errors import InputError, OutputError, Problem
from involve_audit.escaping import yaml_text
from involve_audit.language import _
from involve_audit.loading.document import INDENTATION, Change
from involve_audit.loading.tree import LINE_END, Tree, listed, parse_answers
from involve_audit.versions.plan import RENAMED, Plan

ANSWERS, RETIRED = "answers", "retired"
_NO_ANSWERS = re.compile("""^(["']?answers["']?[ ]*:)""")


def migrated(tree: Tree, plan: Plan) -> str:
    """The text of a view's file after a plan.

    Raises OutputError where that cannot be done without changing something else, as where answers that have to go
    stand in brackets, or where a question is answered by its old and its new name.
    """
    for move in plan.of_fate(RENAMED):
        if move.now[0] in tree.data[ANSWERS]:
            what = _("`{old}` is answered, and so is `{new}`, its new name").format(old=move.item, new=move.now[0])
            hint = _("Nothing was written. Keep the answer that holds, and take the other out.")
            raise OutputError(tree.problem((ANSWERS, move.item), what, hint, at_key=True))
    names = _names_in_retired(tree, plan)
    worded = _with_other_words(tree, plan, names)
    document = _Document(tree, worded)
    document.retire(tuple(names), plan.kept_for_actions)
    text = "".join(document.lines)
    if not _says(text, _as_planned(tree, plan)) or not _keeps_every_line(worded, text, document.changed):
        raise _refusal(tree, _("this file cannot be changed without changing something else in it"))
    return text


def _refusal(tree: Tree, what: str) -> OutputError:
    hint = _("Nothing was written. Write one answer to a line, as in the examples, and try again.")
    return OutputError(Problem(tree.file, what, hint))


def _with_other_words(tree: Tree, plan: Plan, retired: dict[str, str]) -> str:
    """The text with the words that change in place: the rubric's version, and the names of questions."""
    change = Change(tree.text)
    change.word(("rubric",), plan.rubric)
    for old, new in {**{move.item: move.now[0] for move in plan.of_fate(RENAMED)}, **retired}.items():
        if new != old:
            change.rename((ANSWERS, old), new)
    for place, action in listed(tree.data.get("actions")):
        item = str(action.get("item"))
        if item in plan.renamed:
            change.word(("actions", place, "item"), plan.renamed[item])
    return change.text


def _names_in_retired(tree: Tree, plan: Plan) -> dict[str, str]:
    """What to call each answer that is retired: its own name, with a number where that was retired before."""
    taken = set(tree.data.get(RETIRED) or {})
    names: dict[str, str] = {}
    for item in plan.retired:
        free = (name for name in (item, *(f"{item}-{number}" for number in range(2, 1000))) if name not in taken)
        names[item] = next(free)
        taken.add(names[item])
    return names


class _Document:
    """The lines of a file while it is edited. `changed` are lines that are not there any more as they were."""

    def __init__(self, tree: Tree, text: str) -> None:
        self.tree = tree
        self.lines = text.splitlines(keepends=True)
        self.changed: list[str] = []

    def retire(self, items: tuple[str, ...], only_named: tuple[str, ...]) -> None:
        """Move answers to the section `retired`; `only_named` are put there without any."""
        blocks = [self._block(ANSWERS, item) for item in items]
        moved = [line for block in blocks for line in self.lines[block.start : block.stop]]
        column = self._column(ANSWERS) if items else INDENTATION
        moved += [f"{' ' * column}{yaml_text(item)}:{self._ending}" for item in only_named]
        gone = {number for block in blocks for number in block}
        if items and len(items) == len(self.tree.data[ANSWERS]):
            number = self.tree.keys[ANSWERS,].line
            self.changed.append(self.lines[number])
            self.lines[number] = _NO_ANSWERS.sub(r"\1 {}", self.lines[number])
        if moved:
            self._insert(moved, column, gone)

    def _insert(self, moved: list[str], column: int, gone: set[int]) -> None:
        """Put lines at the end of the section `retired`, which is made at the end of the file where there is none."""
        if not LINE_END.search(moved[-1]):
            moved[-1] += self._ending
        at, before = len(self.lines), self._heading()
        if present := self.tree.data.get(RETIRED):
            at, before = max(self._block(RETIRED, item).stop for item in present), []
            moved = _shifted(moved, self._column(RETIRED) - column)
        kept = [line for number, line in enumerate(self.lines[:at]) if number not in gone]
        rest = [line for number, line in enumerate(self.lines[at:], at) if number not in gone]
        if kept and not LINE_END.search(kept[-1]):
            kept[-1] += self._ending
        self.lines = [*kept, *before, *moved, *rest]

    def _heading(self) -> list[str]:
        note = _("What is not asked in this form any more. It is kept so that no word is lost.")
        return [f"{line}{self._ending}" for line in ("", f"# {note}", f"{RETIRED}:")]

    @property
    def _ending(self) -> str:
        """How the file ends its lines."""
        found = LINE_END.search("".join(self.lines))
        return found[0] if found else "\n"

    def _column(self, section: str) -> int:
        """How far the entries of a section are indented. Raises OutputError where they stand in brackets."""
        marks = [self.tree.keys[section, item] for item in self.tree.data[section]]
        columns = {mark.column for mark in marks}
        if len(columns) > 1 or any(self.lines[mark.line][: mark.column].strip(" ") for mark in marks):
            raise _refusal(
                self.tree,
                _("answers that have to be moved do not stand on lines of their own, but in brackets or behind a `?`"),
            )
        return int(columns.pop())

    def _block(self, section: str, item: str) -> range:
        """The lines of one answer: from the comments right above it to the last line that belongs to it."""
        column, first = self._column(section), int(self.tree.keys[section, item].line)
        later = [mark.line for path, mark in self.tree.keys.items() if len(path) == 1 or path[0] == section]
        end = min((line for line in later if line > first and self._is_next(line, column)), default=len(self.lines))
        while end - 1 > first and self._is_apart(end - 1, column):
            end -= 1
        start = first
        while start > 0 and self._is_comment_at(start - 1, column):
            start -= 1
        return range(start, end)

    def _is_next(self, number: int, column: int) -> bool:
        """Whether a key on this line begins something new: an answer beside this one, or another section."""
        line = self.lines[number]
        return len(line) - len(line.lstrip(" ")) <= column

    def _is_apart(self, number: int, column: int) -> bool:
        """Whether a line belongs to no answer: blank, or a comment that is not indented deeper than the answers."""
        line = self.lines[number]
        text = line.strip()
        return not text or (text.startswith("#") and self._is_next(number, column))

    def _is_comment_at(self, number: int, column: int) -> bool:
        line = self.lines[number]
        return line.lstrip(" ").startswith("#") and len(line) - len(line.lstrip(" ")) == column


def _shifted(lines: list[str], by: int) -> list[str]:
    if by >= 0:
        return [" " * by + line if line.strip() else line for line in lines]
    return [line[-by:] if not line[:-by].strip() else line for line in lines]


def _as_planned(tree: Tree, plan: Plan) -> dict[str, Any]:
    """What the file should say."""
    names = _names_in_retired(tree, plan)
    new_name = {move.item: move.now[0] for move in plan.of_fate(RENAMED)}
    answers = tree.data.get(ANSWERS) or {}
    planned: dict[str, Any] = {**tree.data, "rubric": plan.rubric}
    if answers:
        planned[ANSWERS] = {new_name.get(item, item): given for item, given in answers.items() if item not in names}
    retired = {name: answers[item] for item, name in names.items()} | dict.fromkeys(plan.kept_for_actions)
    if retired:
        planned[RETIRED] = {**(tree.data.get(RETIRED) or {}), **retired}
    if tree.data.get("actions"):
        planned["actions"] = [_with_new_name(action, plan) for action in tree.data["actions"]]
    return planned


def _with_new_name(action: Any, plan: Plan) -> Any:
    return {**action, "item": plan.renamed[action["item"]]} if action.get("item") in plan.renamed else action


def _says(text: str, wanted: dict[str, Any]) -> bool:
    try:
        return bool(parse_answers(text.encode(), "").data == wanted)
    except InputError:
        return False


def _keeps_every_line(before: str, after: str, changed: list[str]) -> bool:
    """Whether every line of the file is still there, but for those that were changed."""
    old, new = (Counter(line.strip() for line in text.splitlines()) for text in (before, after))
    return old - new <= Counter(line.strip() for line in changed)
