"""Reading one answers file: its shape, and its answers against the rubric it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from involve_audit.errors import Problem, bounded, choice, one_of, suggestion, unknown
from involve_audit.language import _, in_short, number
from involve_audit.loading.files import digest
from involve_audit.loading.tree import KeyPath, Tree, listed, parse_answers
from involve_audit.loading.validation import cut_short, validated
from involve_audit.model.base import first_day
from involve_audit.model.rubric import Item, Rubric, Sourced, original
from involve_audit.model.view import (
    FIRST_YEAR,
    NOT_APPLICABLE,
    RUBRIC_REFERENCE,
    UNKNOWN,
    View,
    answer_word,
    is_unlikely,
)

if TYPE_CHECKING:
    from involve_audit.model.spelling import Spelling

# It may be tomorrow already where the answers were given.
_TIME_ZONES = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ReadView:
    """A file that was read: the view it holds, or None and why not. `tree` can still be checked further.

    `doubts` are what somebody should look at, though it is taken as it stands.
    """

    tree: Tree
    source: Sourced[View] | None
    problems: list[Problem]
    doubts: list[Problem] = field(default_factory=list)

    @property
    def rubric(self) -> str | None:
        """The rubric that the file names, where it names one as it should."""
        named = _mapping(self.tree.data).get("rubric")
        return named if isinstance(named, str) and re.fullmatch(RUBRIC_REFERENCE, named) else None


def read_view(content: bytes, file: str, today: date) -> ReadView:
    """Read a view, its answers not yet held against a rubric.

    Raises InputError where the file is no YAML of the kind that formats.md describes.
    """
    return view_of_tree(parse_answers(content, file), digest(content), today)


def view_of_tree(tree: Tree, sha256: str, today: date) -> ReadView:
    """The view that a tree in the shape of an answers file stands for, not yet held against a rubric.

    `sha256` is that of the file that it was read from.
    """
    view, problems = validated(View, tree)
    if view is None or _newest(view) > today + _TIME_ZONES:
        problems += bounded(_future_dates(tree, today))
    if view is None:
        return ReadView(tree, None, problems)
    days = (view.date, *_days_of_evidence(view), *filter(None, (first_day(action.due) for action in view.actions)))
    doubts = list(_unlikely_dates(tree, today)) if any(is_unlikely(day, today) for day in days) else []
    doubts += cut_short(View, tree)
    return ReadView(tree, Sourced(view, tree.file, sha256), problems, doubts)


def _newest(view: View) -> date:
    """The latest day on which anything of a view was."""
    return max([view.date, *_days_of_evidence(view)])


def _days_of_evidence(view: View) -> list[date]:
    return [found.date for answer in view.answers.values() for found in answer.evidence if found.date is not None]


def _future_dates(tree: Tree, today: date) -> Iterator[Problem]:
    for path, written, day in _dates(tree):
        if path[0] != "actions" and day > today + _TIME_ZONES:
            what = _("`{date}` is in the future").format(date=written)
            yield tree.problem(path, what, _("Check the year, and the clock of this computer."))


def _unlikely_dates(tree: Tree, today: date) -> Iterator[Problem]:
    for path, written, day in _dates(tree):
        if is_unlikely(day, today):
            early = day.year < FIRST_YEAR
            what = _("`{date}` is long ago") if early else _("`{date}` is more than a year from today")
            yield tree.problem(path, what.format(date=written), _("Is the year right? It is taken as it stands."))


def _dates(tree: Tree) -> Iterator[tuple[KeyPath, str, date]]:
    """Where a view says when something was or is due, with what it says, as far as that is a day."""
    for path, written in _written_dates(tree):
        with suppress(ValueError):  # the model says what is wrong with it
            yield path, written, first_day(written) or date.fromisoformat(written)


def _written_dates(tree: Tree) -> Iterator[tuple[KeyPath, str]]:
    root = _mapping(tree.data)
    if isinstance(root.get("date"), str):
        yield ("date",), root["date"]
    for item, answer in _mapping(root.get("answers")).items():
        for place, evidence in listed(_mapping(answer).get("evidence")):
            if isinstance(evidence.get("date"), str):
                yield ("answers", item, "evidence", place, "date"), evidence["date"]
    for place, action in listed(root.get("actions")):
        if isinstance(action.get("due"), str):
            yield ("actions", place, "due"), action["due"]


class AnswerRules:
    """What a rubric allows in an answers file. Made once for a rubric, used for any number of views."""

    def __init__(self, rubric: Rubric, switched_off: Iterable[Item] = ()) -> None:
        """`switched_off` are items that an overlay left out: answers to them are kept, and do not count."""
        items = (*rubric.items, *switched_off)
        self.allowed = {item.id: sorted(rubric.answers_to(item), key=NOT_APPLICABLE.__eq__) for item in items}
        self.rubric = rubric
        self.scale = rubric.scale
        self.perspectives = dict.fromkeys(perspective.id for perspective in rubric.perspectives)
        self.reference = rubric.reference
        self.replaced: dict[str, list[str]] = {}
        for item in rubric.items:
            for old in item.replaces:
                self.replaced.setdefault(old, []).append(item.id)

    def problems(self, tree: Tree) -> list[Problem]:
        """What in a view's tree the rubric does not allow; of very much, the first."""
        if not isinstance(tree.data, dict):
            return []
        return bounded(chain(self._respondents(tree), self._answers(tree), self._tallies(tree), self._actions(tree)))

    def _respondents(self, tree: Tree) -> Iterator[Problem]:
        for name in _mapping(tree.data.get("respondents")):
            if name not in self.perspectives:
                yield tree.problem(("respondents", name), *unknown("perspective", name, self.perspectives), at_key=True)

    def _answers(self, tree: Tree) -> Iterator[Problem]:
        for item, given in _mapping(tree.data.get("answers")).items():
            allowed = self.allowed.get(item)
            word = given.get("answer") if isinstance(given, dict) else given
            if allowed is not None and word not in allowed:
                word = answer_word(word)
            if allowed is not None and word in allowed and word != NOT_APPLICABLE:
                continue  # nearly always
            path = ("answers", item)
            if allowed is None:
                yield tree.problem(path, *self._unknown(tree, item), at_key=True)
            elif isinstance(word, str):
                place, beside = ((*path, "answer"), given) if isinstance(given, dict) else (path, {})
                yield from self._answer(tree, place, word, allowed, beside)

    def _tallies(self, tree: Tree) -> Iterator[Problem]:
        """Tallies count the responses that a view was combined from, by answers that there are."""
        given = _mapping(tree.data.get("answers")).items()
        tallies = {
            item: _mapping(said.get("tally")) for item, said in given if isinstance(said, dict) and "tally" in said
        }
        files = _counted(_mapping(tree.data.get("combined")).get("files"))
        for item, tally in tallies.items():
            path = ("answers", item, "tally")
            for word in tally:
                if item in self.allowed and word not in self.allowed[item]:
                    what = _("`{word}` is not an answer to `{item}`").format(word=word, item=item)
                    yield tree.problem((*path, word), what, suggestion(word, self.allowed[item]), at_key=True)
            if sum(map(_counted, tally.values())) > files:
                what = _("this tally counts more responses than there are in `combined`: {count}")
                hint = _("Put the responses together again: involve-audit answers combine")
                yield tree.problem(path, what.format(count=number(files)), hint, at_key=True)

    def _actions(self, tree: Tree) -> Iterator[Problem]:
        retired = _mapping(tree.data.get("retired"))
        for place, action in listed(tree.data.get("actions")):
            item = action.get("item")
            if isinstance(item, str) and item not in self.allowed and item not in retired:
                yield tree.problem(("actions", place, "item"), *self._unknown(tree, item))

    def _unknown(self, tree: Tree, item: str) -> tuple[str, str]:
        """That the rubric does not ask a question, and what it asks in its place or what may have been meant."""
        if item not in self.replaced:
            return unknown("item", item, self.allowed)
        what = _("`{item}` is not asked any more: it is now called {now}")
        if len(self.replaced[item]) > 1:
            what = _("`{item}` is not asked any more: in its place are {now}")
        now = in_short(f"`{name}`" for name in self.replaced[item])
        hint = _("`involve-audit answers migrate FILE --to {version}` carries it over.")
        if tree.data.get("rubric") == self.reference:  # nothing is carried over to the version that it names
            hint = _("Write that in its place.")
        return what.format(item=item, now=now), hint.format(version=self.reference.rpartition("@")[2])

    def _answer(
        self, tree: Tree, path: KeyPath, word: str, allowed: list[str], given: dict[str, Any]
    ) -> Iterator[Problem]:
        item = path[1]
        if word not in allowed and self._named(word) == (NOT_APPLICABLE,) and NOT_APPLICABLE not in allowed:
            what = _("`{item}` cannot be {word}")
            hint = _("The rubric gives no case where it would not apply. Where nobody knows, write `{unknown}`.")
            yield tree.problem(path, what.format(item=item, word=word), hint.format(unknown=UNKNOWN))
        elif word not in allowed:
            what = _("`{word}` is not an answer to `{item}`").format(word=word, item=item)
            yield tree.problem(path, what, self._meant(word, allowed, tree.where_reasons_go))
        elif word == NOT_APPLICABLE and given.get("reason") is None:
            what = _("`{item}` is {word} without a reason").format(item=item, word=word)
            hint = _("Write `{line}`.").format(line=f"{item}: {{answer: {word}, reason: …}}")
            yield tree.problem(path, what, tree.where_reasons_go or hint)

    def _meant(self, word: str, allowed: list[str], not_yaml: str) -> str:
        """What to write instead of a word that is no answer; `not_yaml` is empty where it is written in YAML."""
        if was := [answer for answer in _READ_AS.get(word, ()) if answer in allowed]:
            hint = _("Another program has changed it; it was likely {words}. Write `{answer}`, with the quotes.")
            if not_yaml:
                return _("Another program has changed it; it was likely {words}.").format(words=one_of(was))
            return hint.format(words=one_of(was), answer=f'"{was[0]}"')
        if word in _READ_AS:
            return _("Another program has changed it. {words}").format(words=choice(allowed))
        with suppress(ValueError):
            if worth := [option.id for option in self.scale if option.value == float(word) and option.id in allowed]:
                return _("Write the answer, not what it counts: {words}.").format(words=one_of(worth))
        if named := [answer for answer in self._named(word) if answer in allowed]:
            return _("Write `{word}`.").format(word=named[0])
        if word.casefold() in _FOR_NOTHING:
            return _("If a program wrote that for nothing, take it out. {words}").format(words=choice(allowed))
        return suggestion(word, allowed)

    @cached_property
    def _spelling(self) -> Spelling:
        """Made once, as very many answers of one rubric can be wrong."""
        from involve_audit.model.spelling import Spelling

        return Spelling(self.rubric)

    def _named(self, word: str) -> tuple[str, ...]:
        """The answers that are called so, or that such words commonly stand for, as where the questions are asked."""
        from involve_audit.model.spelling import spelt

        spelling = self._spelling
        for form in (spelt(word), spelt(word).replace("-", " ")):
            if called := spelling.called(form) or spelling.standing_for(spelling.meant(form)):
                return tuple(called)
        return ()


_MOST_DIGITS = 10
# What programs write for an answer that is open, and what readers of YAML 1.1 make of words that are not in quotes.
_FOR_NOTHING = ("none", "null", "nan", "nil", "undefined", "~", "#n/a")
_READ_AS = {"true": ("yes", "on", "y"), "false": ("no", "off", "n")}


def answer_rules(found: Sourced[Rubric]) -> AnswerRules:
    """The rules of a rubric, whatever overlays made of it."""
    here = {item.id for item in found.content.items}
    return AnswerRules(found.content, (item for item in original(found).content.items if item.id not in here))


def _counted(value: Any) -> int:
    """A number of people or responses; 0 where it is none, which the model tells."""
    return int(value) if str(value).isdecimal() and len(str(value)) < _MOST_DIGITS else 0


def _mapping(node: Any) -> dict[str, Any]:
    return node if isinstance(node, dict) else {}
