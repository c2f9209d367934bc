"""`involve-audit assess` without files, on a terminal: ask the questions and keep every answer."""

from __future__ import annotations

import os
import shlex
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from involve_audit.asking.choosing import rubric_to_ask, with_translation
from involve_audit.asking.conversation import Conversation, at_the_terminal
from involve_audit.asking.draft import Draft
from involve_audit.asking.interview import Interview
from involve_audit.asking.joining import (
    Elsewhere,
    Way,
    Ways,
    are_the_same_here,
    begun_beside,
    questions_left,
    views_beside_draft,
)
from involve_audit.asking.keeping import Keeping, alone_with
from involve_audit.asking.storage import whole
from involve_audit.errors import INTERRUPTED, OutputError, Problem, Stopped, UsageError, unknown
from involve_audit.language import ENGLISH, _, current
from involve_audit.loading.audit import load_audit, views_beside
from involve_audit.loading.files import is_file
from involve_audit.output import require_places, require_room, to_standard_output
from involve_audit.words.asking import ASKING

if TYPE_CHECKING:
    from involve_audit.asking.wanted import Asking
    from involve_audit.model.rubric import Item, Rubric
    from involve_audit.model.view import Audit


def ask(wanted: Asking, today: date) -> tuple[list[str], str | None]:
    """Ask the questions; what is answered is of this day, or of one before it.

    Returns the views to assess: the one that was filled in, and others of the same audit. And the rubric to assess
    them with, where it is another than the one that they name.
    Raises Stopped where the people stopped, and InputError or UsageError where a file or a word is wrong.
    """
    last = load_audit([wanted.last], today, wanted.rubric) if wanted.last else None
    require_place(wanted)
    with at_the_terminal(wanted.plain) as talk:
        ways = Ways(talk, wanted, today)
        way = ways.to_begin()
        while True:
            try:
                return _asked(talk, ways, way, last)
            except Elsewhere as elsewhere:
                way = elsewhere.way


def require_place(wanted: Asking) -> None:
    """Raise OutputError where no answers could be kept, before anything is asked."""
    require_places(filter(None, [wanted.resume or wanted.save]))
    try:
        require_room(Path(wanted.resume or wanted.save or "answers").parent)
    except OutputError as error:
        hint = _(
            "Start it in a folder of your own, or name a file in one: involve-audit assess --save FOLDER/FILE.yaml"
        )
        raise OutputError(replace(problem, hint=hint) for problem in error.problems) from None


def _asked(talk: Conversation, ways: Ways, way: Way, last: Audit | None) -> tuple[list[str], str | None]:
    """Hold a session on one view. Raises Elsewhere where it goes on with another."""
    wanted, today = ways.wanted, ways.today
    with ExitStack() as stack:

        def lock(path: Path) -> None:
            stack.enter_context(alone_with(path))

        if way.file:
            lock(way.file)
        at_hand = way.joins or (way.file if way.file and (wanted.resume or way.file.exists()) else None)
        begun = load_audit([str(at_hand)], today, wanted.rubric) if at_hand else None
        source = begun.rubric if begun else last.rubric if last and not wanted.rubric else rubric_to_ask(talk, wanted)
        rubric, wanted = source.content, with_translation(wanted, source)
        draft = _draft(talk, way, rubric, begun)
        items = items_to_ask(rubric, draft, wanted)
        if begun and not way.joins:
            _resume(talk, way, draft, begun, items, today)
        if begun:
            items = questions_left(talk, items, draft, views_beside_draft(draft, way, today))
        keeping = Keeping(way.file, talk.say, lock, way.folder)
        before = Draft.of(last.views[0].content) if last else None

        def named(subject: str) -> None:
            ways.of_subject(rubric, subject, way)

        interview = Interview(rubric, draft, items, talk, keeping.save, today, before, named)
        interview.file = str(way.file) if begun and not way.joins else ""
        try:
            _hold(interview, keeping, talk, wanted)
        except SystemExit:  # a signal: nobody can be asked any more
            _save_at_home(interview, keeping)
            raise
        talk.say()
        talk.say(ASKING["done"].format(file=keeping.path))
    return (views_beside(keeping.path) if keeping.path else []), wanted.rubric


def _draft(talk: Conversation, way: Way, rubric: Rubric, begun: Audit | None) -> Draft:
    """What is filled in: a view that was begun, or a new one."""
    if begun is None:
        return Draft(rubric=rubric.reference)
    view = begun.views[0].content
    return begun_beside(talk, rubric, way.joins, view) if way.joins else Draft.of(view)


def _resume(talk: Conversation, way: Way, draft: Draft, begun: Audit, items: list[Item], today: date) -> None:
    """Say how far a view is that was begun. Raises Elsewhere where others than then are here."""
    known, unknown, still_open = draft.counts(item.id for item in items)
    talk.say(ASKING["resumed"].format(file=begun.inputs[0], known=known, unknown=unknown, open=still_open))
    if not are_the_same_here(talk, begun.rubric.content, begun.views[0].content, today):
        raise Elsewhere(Way(joins=way.file))
    if not draft.answers:  # nothing was said that day
        draft.date = None


def _hold(interview: Interview, keeping: Keeping, talk: Conversation, wanted: Asking) -> None:
    """Hold the session. Raises Stopped where it ends before its end, once it is said how to go on."""
    try:
        interview.run()
    except (Stopped, KeyboardInterrupt) as stopped:
        interrupted = isinstance(stopped, KeyboardInterrupt)
        talk.say()
        _refuse_to_end_unsaved(interview, keeping, talk, INTERRUPTED if interrupted else 2)
        if keeping.path is None:
            talk.say(ASKING["stopped_unsaved"])
        else:
            talk.say(ASKING["stopped"].format(file=keeping.path, command=command_to_go_on(wanted, keeping.path)))
        raise Stopped(INTERRUPTED if interrupted else 0) from None
    _refuse_to_end_unsaved(interview, keeping, talk, 2)


def _refuse_to_end_unsaved(interview: Interview, keeping: Keeping, talk: Conversation, code: int) -> None:
    """Try to save what waits, at last in the people's own folder. Raises Stopped, and shows it, where it cannot be."""
    interview.save_what_waits()
    path = keeping.path
    _save_at_home(interview, keeping)
    if interview.unsaved:
        on_disk = path if path and is_file(path) else None
        talk.say(ASKING["ended_unsaved"].format(file=on_disk) if on_disk else ASKING["ended_unsaved_at_all"])
        to_standard_output(whole(interview.draft))
        raise Stopped(code)


def _save_at_home(interview: Interview, keeping: Keeping) -> None:
    if interview.unsaved:
        keeping.leave_for(Path(os.path.expanduser("~")))  # noqa: PTH111 - stays as it is where there is no such folder
        interview.save()


def command_to_go_on(wanted: Asking, path: Path) -> str:
    """The command that asks the rest of the same questions."""
    language = current().tag
    options = [("--rubric", wanted.rubric), ("--from", wanted.last)]
    options += [("--language", language)] if language != ENGLISH else []
    options += [("--theme", theme) for theme in wanted.themes] + [("--stage", stage) for stage in wanted.stages]
    words = [word for name, value in options if value for word in (name, value)]
    return shlex.join(["involve-audit", "assess", "--resume", str(path), *words, *["--plain"] * wanted.plain])


# Which questions


def items_to_ask(rubric: Rubric, draft: Draft, wanted: Asking) -> list[Item]:
    """The questions that were asked for, in the rubric's order. Raises UsageError for a theme or stage it lacks."""
    problems = [
        Problem("", *unknown(sort, word, known))
        for words, known, sort in (
            (wanted.themes, [theme.id for theme in rubric.themes], "theme"),
            (wanted.stages, [stage.id for stage in rubric.stages], "stage"),
        )
        for word in words
        if word not in known
    ]
    if problems:
        raise UsageError(problems)
    return [
        item
        for item in rubric.items
        if (not wanted.themes or item.theme in wanted.themes)
        and (not wanted.stages or item.stage in wanted.stages)
        and (not wanted.only_unanswered or draft.is_open(item.id))
    ]
