"""`involve-audit assess` without files, on a terminal: ask the questions and keep every answer."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import typer

from involve_audit import clock, terminal
from involve_audit.asking.conversation import Conversation, console_for
from involve_audit.asking.draft import Draft
from involve_audit.asking.interview import Interview, Stopped
from involve_audit.asking.keeping import Keeping, alone_with, free_name
from involve_audit.asking.keyboard import Keyboard, characters_as_they_come
from involve_audit.asking.wanted import Asking
from involve_audit.asking.which_rubric import chosen_rubric
from involve_audit.errors import INTERRUPTED, InputError, Problem, UsageError
from involve_audit.language import ENGLISH, _, current
from involve_audit.loading.audit import load_audit, open_views, views_beside
from involve_audit.loading.files import is_file, is_folder
from involve_audit.loading.rubric import load_rubric, load_rubric_by_id, serves
from involve_audit.model.audit import Audit, Overlaid, Sourced, own_id
from involve_audit.model.rubric import Item, Rubric
from involve_audit.model.view import View
from involve_audit.suggest import unknown
from involve_audit.words.asking import ASKING, COUNTED_QUESTIONS


def ask(wanted: Asking) -> tuple[list[str], str | None]:
    """Ask the questions.

    Returns the views to assess: the one that was filled in, and others of the same audit. And the rubric to assess
    them with, where it is another than the one that they name.
    Raises typer.Exit where the people stopped, and InputError or UsageError where a file or a word is wrong.
    """
    today = clock.today()
    last = load_audit([wanted.last], today, wanted.rubric) if wanted.last else None
    console = console_for(terminal.width(), terminal.wants_colour(wanted.plain))
    talk = Conversation(console, Keyboard(sys.stdin.fileno(), sys.stdout.fileno()))
    with ExitStack() as stack:
        stack.enter_context(characters_as_they_come(sys.stdin.fileno()))

        def lock(path: Path) -> None:
            stack.enter_context(alone_with(path))

        path = _file_to_go_on_with(wanted, talk, today)
        if path is not None:
            lock(path)
        begun = load_audit([str(path)], today, wanted.rubric) if path and (wanted.resume or path.exists()) else None
        found = begun.rubric if begun else _rubric(wanted, last, talk)
        rubric, wanted = found.content, _with_translation(wanted, found)
        draft = Draft.of(_only_view(begun)) if begun else Draft(rubric=f"{rubric.id}@{rubric.version}")
        items = _items(rubric, draft, wanted)
        if begun:
            _say_resumed(talk, draft, items, begun.inputs[0])
        keeping = Keeping(path, talk.say, lock)
        interview = Interview(
            rubric, draft, items, talk, keeping.save, today, Draft.of(_only_view(last)) if last else None
        )
        interview.file = str(path) if begun else ""
        _run(interview, keeping, talk, wanted)
        talk.say()
        talk.say(ASKING["done"].format(file=keeping.path))
    return (views_beside(keeping.path) if keeping.path else []), wanted.rubric


def _run(interview: Interview, keeping: Keeping, talk: Conversation, wanted: Asking) -> None:
    try:
        interview.run()
    except (Stopped, KeyboardInterrupt) as stopped:
        talk.say()
        _refuse_to_end_unsaved(interview, keeping, talk, INTERRUPTED if isinstance(stopped, KeyboardInterrupt) else 2)
        if keeping.path is None:
            talk.say(ASKING["stopped_unsaved"])
        else:
            talk.say(ASKING["stopped"].format(file=keeping.path, command=_command_to_go_on(wanted, keeping.path)))
        raise typer.Exit(INTERRUPTED if isinstance(stopped, KeyboardInterrupt) else 0) from None
    _refuse_to_end_unsaved(interview, keeping, talk, 2)


def _refuse_to_end_unsaved(interview: Interview, keeping: Keeping, talk: Conversation, code: int) -> None:
    """Try to save what waits. Raises typer.Exit, and says so, where it cannot be saved."""
    interview.save_what_waits()
    if interview.unsaved:
        on_disk = keeping.path if keeping.path and keeping.path.exists() else None
        talk.say(ASKING["ended_unsaved"].format(file=on_disk) if on_disk else ASKING["ended_unsaved_at_all"])
        raise typer.Exit(code)


def _command_to_go_on(wanted: Asking, path: Path) -> str:
    language = current().tag
    options = [("--rubric", wanted.rubric), ("--from", wanted.last)]
    options += [("--language", language)] if language != ENGLISH else []
    options += [("--theme", theme) for theme in wanted.themes] + [("--stage", stage) for stage in wanted.stages]
    words = [word for name, value in options if value for word in (name, value)]
    return shlex.join(["involve-audit", "assess", "--resume", str(path), *words, *["--plain"] * wanted.plain])


def _with_translation(wanted: Asking, found: Sourced[Rubric]) -> Asking:
    """What is wanted, with the translation that was chosen: answers name the rubric that it translates."""
    if wanted.rubric is None and isinstance(found, Overlaid) and found.is_translation:
        return replace(wanted, rubric=own_id(found))
    return wanted


def _only_view(audit: Audit) -> View:
    return audit.views[0].content


def _rubric(wanted: Asking, last: Audit | None, talk: Conversation) -> Sourced[Rubric]:
    """The rubric that was named, that of the last time, or the one that the people choose."""
    if wanted.rubric:
        return load_rubric(wanted.rubric)
    return last.rubric if last else chosen_rubric(talk, wanted)


def _items(rubric: Rubric, draft: Draft, wanted: Asking) -> list[Item]:
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


def _file_to_go_on_with(wanted: Asking, talk: Conversation, today: date) -> Path | None:
    """The file of this session; None where its name follows from the first answers.

    Offers a file that still has open questions. Raises UsageError rather than write over one that has none.
    """
    if (named := wanted.resume or wanted.save) and is_folder(Path(named)):
        raise UsageError(Problem(named, _("this is a folder"), _("Name a file in it.")))
    if wanted.resume:
        return Path(wanted.resume)
    if not wanted.save:
        last = Path(wanted.last).resolve() if wanted.last else None
        found = [
            (file, view)
            for file, view in open_views(Path(), today)
            if file.resolve() != last and _open_count(wanted, view)
        ]
        return found[0][0] if found and _accepts(talk, wanted, *found[0]) else None
    path = Path(wanted.save)
    if not is_file(path):
        return path
    view = _only_view(load_audit([wanted.save], today, wanted.rubric))
    if not _open_count(wanted, view):
        what = _("this file already holds all the answers")
        raise UsageError(Problem(wanted.save, what, _("Change them with --resume, or name another file.")))
    return path if _accepts(talk, wanted, path, view) else free_name(path)


def _open_count(wanted: Asking, view: View) -> int:
    """How many questions of its rubric a view leaves open; none where that rubric is not at hand, or another one."""
    with suppress(InputError):
        rubric = load_rubric(wanted.rubric) if wanted.rubric else load_rubric_by_id(view.rubric.partition("@")[0])
        if serves(rubric, view.rubric):
            return len(Draft.of(view).open_items(item.id for item in rubric.content.items))
    return 0


def _accepts(talk: Conversation, wanted: Asking, path: Path, view: View) -> bool:
    """Whether the people want to go on with a file that they are offered."""
    offer = COUNTED_QUESTIONS.of("offer", _open_count(wanted, view), file=path)
    try:
        while (typed := talk.line(f"{offer}: ").strip()) not in ("1", "2"):
            pass
    except (EOFError, KeyboardInterrupt):
        raise typer.Exit(INTERRUPTED) from None
    return typed == "1"


def _say_resumed(talk: Conversation, draft: Draft, items: Sequence[Item], file: str) -> None:
    known, unknown, still_open = draft.counts(item.id for item in items)
    talk.say(ASKING["resumed"].format(file=file, known=known, unknown=unknown, open=still_open))
