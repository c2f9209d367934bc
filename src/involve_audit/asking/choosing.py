"""Choosing by a number, before there is anything to save: which rubric, and which view of which audit.

A session is on a view that is there, on another one of its audit, or on the first of a new audit. Who is heard follows
from who was in the room when a view was answered. So a view is of one group on one day or more, and whoever else comes
answers in a file of their own, with the same `audit:` line (docs/asking.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.asking.draft import Draft
from involve_audit.asking.keeping import add_audit, free_name
from involve_audit.errors import INTERRUPTED, Stopped
from involve_audit.language import day, listed, number
from involve_audit.loading.audit import ViewThere, load_audit, views_in
from involve_audit.loading.rubric import inventory, load_rubric
from involve_audit.model.names import folded
from involve_audit.model.rubric import Overlaid, own_id
from involve_audit.model.spelling import Spelling, spelt
from involve_audit.render.titles import Titles
from involve_audit.words.asking import ASKING, COUNTED_QUESTIONS, JOINING, WHICH_RUBRIC

if TYPE_CHECKING:
    from involve_audit.asking.prompts import Talk
    from involve_audit.asking.wanted import Asking
    from involve_audit.model.rubric import Item, Rubric, Sourced
    from involve_audit.model.view import View

_SENTENCE_END = re.compile(r"(?<=[.!?。])\s+")
_LONGEST_LINE = 160
_HELP = ("help", "list")
_MOST_OFFERED = 9


def rubric_to_ask(talk: Talk, wanted: Asking) -> Sourced[Rubric]:
    """The rubric that was named, the only one that has the themes and stages wanted, or one chosen from a list.

    Where none has them, the first, which can say what it has. Raises Stopped where the people stop instead.
    """
    if wanted.rubric:
        return load_rubric(wanted.rubric)
    in_use = [found for place in inventory() for found in place.rubrics if not found.behind]
    known = [found.rubric for found in in_use if found.rubric is not None]
    for broken in (found for found in in_use if found.rubric is None):
        talk.say(WHICH_RUBRIC["not_valid"].format(file=broken.file, problem=broken.problem))
    fitting = [rubric for rubric in known if _has(rubric.content, wanted)] or known[:1]
    return fitting[0] if len(fitting) == 1 else _choice(talk, fitting)


def _has(rubric: Rubric, wanted: Asking) -> bool:
    """Whether a rubric has all the themes and stages that are to be asked."""
    themes, stages = ({entry.id for entry in entries} for entries in (rubric.themes, rubric.stages))
    return themes.issuperset(wanted.themes) and stages.issuperset(wanted.stages)


def _choice(talk: Talk, rubrics: list[Sourced[Rubric]]) -> Sourced[Rubric]:
    _show(talk, rubrics)
    while True:
        typed = _typed(talk, WHICH_RUBRIC["prompt"]).casefold()
        command = Spelling().command(typed)
        if command == "stop":
            talk.say(ASKING["stopped_unsaved"])
            raise Stopped
        if command in _HELP:
            talk.say(WHICH_RUBRIC["help"])
            _show(talk, rubrics)
        elif (place := _place(typed, rubrics)) is not None:
            talk.say()
            return rubrics[place]
        else:
            talk.say(WHICH_RUBRIC["again"].format(count=number(len(rubrics))))


def number_of(talk: Talk, question: str, ways: int, enter: str = "") -> int:
    """Which of some ways was chosen, by its number; it is asked until one is. `enter` is what Enter alone stands for.

    Raises Stopped where the people stop instead.
    """
    numbers = [str(place) for place in range(1, ways + 1)]
    while True:
        talk.say(question)
        typed = spelt(_typed(talk, JOINING["number"].format(numbers=listed(numbers, "or")))) or enter
        begun = [line.split()[0] for line in question.split("\n") if typed and _is_way(line, typed)]
        if typed in numbers or len(begun) == 1:
            talk.say()
            return int(typed if typed in numbers else begun[0])
        if Spelling().command(typed) == "stop":
            talk.say(JOINING["stopped"])
            raise Stopped
        talk.say(JOINING["again"].format(numbers=listed(numbers, "or")))


def _is_way(line: str, typed: str) -> bool:
    """Whether a line is a numbered way of which the beginning was typed."""
    numbered, _dot, words = line.strip().partition(" ")
    return numbered.isdecimal() and len(typed) > 1 and spelt(words).startswith(typed)


def _typed(talk: Talk, prompt: str) -> str:
    """What is typed before there is anything to save. Raises Stopped where there will be no more."""
    try:
        return talk.line(prompt).strip()
    except (EOFError, KeyboardInterrupt):
        raise Stopped(INTERRUPTED) from None


def _show(talk: Talk, rubrics: list[Sourced[Rubric]]) -> None:
    talk.say(WHICH_RUBRIC["question"])
    for place, rubric in enumerate(rubrics, 1):
        count = sum(1 for _item in rubric.content.items)
        talk.say(f"  {place} {COUNTED_QUESTIONS.of('rubric', count, title=rubric.content.title)}")
        first = _SENTENCE_END.split(rubric.content.summary.strip(), 1)[0]
        talk.say(f"    {shorten(first, _LONGEST_LINE, placeholder='…')}")


def _place(typed: str, rubrics: list[Sourced[Rubric]]) -> int | None:
    """The place of what was typed: a number, an id, or Enter for the first."""
    if not typed:
        return 0
    if typed.isdecimal() and len(typed) < 6 and 1 <= int(typed) <= len(rubrics):
        return int(typed) - 1
    return next((place for place, rubric in enumerate(rubrics) if own_id(rubric) == typed), None)


def with_translation(wanted: Asking, source: Sourced[Rubric]) -> Asking:
    """What is wanted, with the translation that was chosen: answers name the rubric that it translates."""
    if wanted.rubric is None and isinstance(source, Overlaid) and source.is_translation:
        return replace(wanted, rubric=own_id(source))
    return wanted


# Which view of which audit


class Way(NamedTuple):
    """What a session is on: a file that is there or is to be, or None where its name follows from the first answers.

    `joins` is the file of another view of the same audit, where a new view of it begins.
    """

    file: Path | None = None
    joins: Path | None = None

    @property
    def folder(self) -> Path:
        """Where the other views of its audit lie."""
        return self.joins.parent if self.joins else self.file.parent if self.file else Path()


class Elsewhere(Exception):
    """The people in the room go on with another view than the one at hand."""

    def __init__(self, way: Way) -> None:
        super().__init__()
        self.way = way


class Ways:
    """The ways that the people in the room can go, where views lie in the folder of the session already."""

    def __init__(self, talk: Talk, wanted: Asking, today: date) -> None:
        self.talk = talk
        self.wanted = wanted
        self.today = today
        self.of_a_new_audit: set[str] = set()  # subjects, folded: those for which one is wanted

    def to_begin(self) -> Way:
        """The way that was asked for, or that is chosen where there is a view.

        Raises InputError rather than write over anything that is no view, and Stopped where the people stop instead.
        """
        if self.wanted.resume:
            return Way(Path(self.wanted.resume))
        if not self.wanted.save:
            return self._offered([found for found in self._views(Path()) if found.rubric]) or Way()
        path = Path(self.wanted.save)
        if not path.exists():
            return Way(path)
        audit = load_audit([str(path)], self.today, self.wanted.rubric)
        found = ViewThere(path, audit.views[0].content, audit.rubric.content)
        return self._chosen(found, free_name(path)) or Way(free_name(path))

    def of_subject(self, rubric: Rubric, subject: str, way: Way) -> None:
        """Offer to join another audit of a subject that was just named. Raises Elsewhere where that is wanted."""
        if folded(subject) in self.of_a_new_audit:
            return
        there = [found for found in self._views(way.folder) if found.rubric and found.rubric.id == rubric.id]
        same = [found for found in there if folded(found.view.subject.name) == folded(subject)]
        if chosen := self._offered(same, way.file):
            raise Elsewhere(chosen)

    def _views(self, folder: Path) -> list[ViewThere]:
        """The views of a folder, the newest first, without those of the audit that is shown as last time's."""
        views = views_in(folder, self.today, self.wanted.rubric)
        last = Path(self.wanted.last).resolve() if self.wanted.last else None
        then = {found.view.audit for found in views if found.path.resolve() == last} - {None}
        return [found for found in views if found.path.resolve() != last and found.view.audit not in then]

    def _offered(self, there: list[ViewThere], file: Path | None = None) -> Way | None:
        """What is chosen where views lie; None for a new audit. Of each audit one is offered, the newest first.

        That is the newest of its views, one with open questions before any other.
        """
        audits: dict[str, ViewThere] = {}
        for found in sorted(there, key=lambda found: not _open_in(found)):
            audits.setdefault(found.view.audit or str(found.path), found)
        offers = sorted(audits.values(), key=lambda found: found.view.date, reverse=True)[:_MOST_OFFERED]
        chosen = 1
        if len(offers) > 1:
            lines = [JOINING["which_audit"]]
            for place, (path, view, _rubric) in enumerate(offers, 1):
                lines.append(f"  {place} {view.subject.name}, {day(view.date)} ({path})")
            lines.append(f"  {len(offers) + 1} {JOINING['none_of_these']}")
            chosen = number_of(self.talk, "\n".join(lines), len(offers) + 1)
        if chosen <= len(offers):
            return self._chosen(offers[chosen - 1], file)
        self.of_a_new_audit.update(folded(found.view.subject.name) for found in offers)
        return None

    def _chosen(self, found: ViewThere, file: Path | None = None) -> Way | None:
        """What is chosen for a view that lies there; None for a new audit. A new view would be kept in `file`."""
        path, view, rubric = found
        assert rubric is not None
        there = {"file": path, "subject": view.subject.name, "date": day(view.date), "who": Titles(rubric).who(view)}
        said = [JOINING["found"].format_map(there), COUNTED_QUESTIONS.of("open", len(_open_in(found)))]
        others = [one.view for one in self._views(path.parent) if view.audit and one.view.audit == view.audit]
        if len(others) > 1:
            said.append(COUNTED_QUESTIONS.of("open_in_audit", len(set(_open_in(found)) - _answered(others))))
        chosen = number_of(self.talk, f"{' '.join(said)}\n{JOINING['ways']}", 3)
        if chosen == 3:
            self.of_a_new_audit.add(folded(view.subject.name))
            return None
        return Way(path) if chosen == 1 else Way(file, joins=path)


def _open_in(found: ViewThere) -> list[str]:
    """The questions that a view leaves open."""
    return Draft.of(found.view).open_items(item.id for item in found.rubric.items) if found.rubric else []


def _answered(views: Iterable[View]) -> set[str]:
    """The questions that any of these views answers."""
    return {item for view in views for item, given in view.answers.items() if given.answer is not None}


def are_the_same_here(talk: Talk, rubric: Rubric, view: View, today: date) -> bool:
    """Whether those who answered a view on another day are the ones who are here; nobody has to be asked today."""
    if view.date == today or not Draft.of(view).says_anything:
        return True
    here = JOINING["who_is_here"].format(date=day(view.date), who=Titles(rubric).who(view))
    return number_of(talk, here, 2) == 1


def begun_beside(talk: Talk, rubric: Rubric, path: Path, view: View) -> Draft:
    """A new view of the audit that the view in `path` belongs to. That file stays as it is, but for an `audit:` line.

    Raises AuditError where it has none, and none can be added.
    """
    audit = view.audit
    if audit is None:
        audit = add_audit(path, view)
        talk.say(JOINING["line_added"].format(line=f"audit: {audit}", file=path))
    talk.say(JOINING["joined"].format(file=path))
    return Draft(rubric.reference, view.subject.name, view.subject.kind, audit=audit)


def questions_left(talk: Talk, items: Sequence[Item], draft: Draft, beside: Iterable[View]) -> list[Item]:
    """Of these questions, those to ask: all, or only what no view of the audit answers, as the people choose."""
    answered = _answered(beside)
    here = draft.open_items(item.id for item in items)
    left = [item for item in here if item not in answered]
    if left and len(left) < len(here):
        question = JOINING["which_questions"].format(left=number(len(left)), here=number(len(here)))
        if number_of(talk, question, 2) == 1:
            return [item for item in items if item.id in left or item.id not in here]
    return list(items)


def views_beside_draft(draft: Draft, way: Way, today: date) -> list[View]:
    """The other views of a draft's audit, in its folder."""
    own = way.file.resolve() if way.file else None
    there = views_in(way.folder, today) if draft.audit else []
    return [found.view for found in there if found.view.audit == draft.audit and found.path.resolve() != own]
