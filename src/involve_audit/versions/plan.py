"""What happens to every answer of a view that is carried to another version of its rubric."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from involve_audit.model.rubric import Item, Rubric
from involve_audit.model.view import View

KEPT, RENAMED, ASK_AGAIN, DROPPED = "kept", "renamed", "ask-again", "dropped"
FATES = (KEPT, RENAMED, ASK_AGAIN, DROPPED)
"""What can happen to an answer. Of the last two the words go to the section `retired`."""

SEVERAL, ANSWER_GONE = "several", "answer-gone"
"""Why a question has to be asked again: it takes the place of several, or is one of several; or its answer is gone."""


class AnswerFate(NamedTuple):
    """One answer: what it was an answer to, and what becomes of it. `now` are the questions that take its place."""

    item: str
    answer: str | None
    fate: str
    now: tuple[str, ...]
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What carrying a view to a rubric does: to every answer, in the order of the file.

    `new` are the questions that are asked for the first time; `homeless` the perspectives among the respondents that
    the rubric does not have, which only a person can put right; `renamed` the actions' items by their new names.
    """

    rubric: str
    moves: tuple[AnswerFate, ...]
    new: tuple[str, ...]
    homeless: tuple[str, ...]
    renamed: Mapping[str, str]
    kept_for_actions: tuple[str, ...]

    @property
    def retired(self) -> list[str]:
        """The items whose words have no place among the answers any more."""
        return [move.item for move in self.moves if move.fate in (ASK_AGAIN, DROPPED)]

    def of_fate(self, fate: str) -> list[AnswerFate]:
        """The answers to which this happens."""
        return [move for move in self.moves if move.fate == fate]


def plan(view: View, rubric: Rubric, earlier: Rubric | None = None) -> Plan:
    """What becomes of a view. `earlier` is the version it was written for, where that is at hand.

    An answer is kept where the question is still asked, and renamed where one question alone takes the place of one
    other alone, as far as the answer can still be given. Without `earlier`, a question that replaces several is taken
    to replace all of them.
    """
    return _Planning(rubric, earlier).plan(view)


class _Planning:
    """A rubric, and what takes the place of what in it."""

    def __init__(self, rubric: Rubric, earlier: Rubric | None) -> None:
        self.rubric = rubric
        self.items = {item.id: item for item in rubric.items}
        self.asked_before = {item.id for item in earlier.items} if earlier else None
        self.successors: dict[str, list[str]] = {}
        for item in rubric.items:
            for old in self._replaced(item):
                self.successors.setdefault(old, []).append(item.id)

    def _replaced(self, item: Item) -> Sequence[str]:
        """The items of the earlier version that this one replaces."""
        return [old for old in item.replaces if self.asked_before is None or old in self.asked_before]

    def plan(self, view: View) -> Plan:
        """What becomes of a view."""
        moves = tuple(self.move(item, given.answer) for item, given in view.answers.items())
        renamed = {old: new[0] for old, new in self.successors.items() if self._is_one_to_one(old)}
        about = dict.fromkeys(action.item for action in view.actions if action.item)
        retired = {*view.retired, *(move.item for move in moves if move.fate in (ASK_AGAIN, DROPPED))}
        return Plan(
            rubric=self.rubric.reference,
            moves=moves,
            new=tuple(self._new(view, moves)),
            homeless=tuple(name for name in view.respondents if name not in self._perspectives),
            renamed={item: renamed[item] for item in about if item not in self.items and item in renamed},
            kept_for_actions=tuple(
                item for item in about if item not in self.items and item not in renamed and item not in retired
            ),
        )

    @property
    def _perspectives(self) -> set[str]:
        return {perspective.id for perspective in self.rubric.perspectives}

    def move(self, item: str, answer: str | None) -> AnswerFate:
        """What becomes of one answer."""
        now = (item,) if item in self.items else tuple(self.successors.get(item, ()))
        if not now:
            return AnswerFate(item, answer, DROPPED, ())
        if item not in self.items and not self._is_one_to_one(item):
            return AnswerFate(item, answer, ASK_AGAIN, now, SEVERAL)
        if answer is not None and answer not in self.rubric.answers_to(self.items[now[0]]):
            return AnswerFate(item, answer, ASK_AGAIN, now, ANSWER_GONE)
        return AnswerFate(item, answer, KEPT if now == (item,) else RENAMED, now)

    def _is_one_to_one(self, old: str) -> bool:
        new = self.successors.get(old, [])
        return len(new) == 1 and len(self._replaced(self.items[new[0]])) == 1

    def _new(self, view: View, moves: Sequence[AnswerFate]) -> Iterator[str]:
        """The questions that nobody was asked before; of an unknown earlier version, those without an answer."""
        taken = Counter(item for move in moves for item in move.now)
        for item in self.rubric.items:
            known = item.id in self.asked_before if self.asked_before is not None else False
            if not known and not taken[item.id] and not self._replaced(item):
                yield item.id


def touched(before: Rubric, after: Rubric) -> list[AnswerFate]:
    """Which stored answers another version touches: each question that is not simply kept, whatever was answered
    (`answer` is None), and each answer that cannot be given any more to one that is.
    """
    planning = _Planning(after, before)
    fates: list[AnswerFate] = []
    for item in before.items:
        whatever = planning.move(item.id, None)
        fates += [whatever] if whatever.fate != KEPT else []
        if whatever.fate in (KEPT, RENAMED):
            moves = [planning.move(item.id, word) for word in before.answers_to(item)]
            fates += [move for move in moves if move.fate == ASK_AGAIN]
    return fates
