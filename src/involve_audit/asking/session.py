"""`involve-audit assess` without files, on a terminal: ask the questions and keep every answer."""

from __future__ import annotations

import shlex
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from involve_audit.asking.choosing import file_to_go_on_with, items_to_ask, rubric_to_ask, with_translation
from involve_audit.asking.conversation import Conversation, at_the_terminal
from involve_audit.asking.draft import Draft
from involve_audit.asking.interview import Interview
from involve_audit.asking.keeping import Keeping, alone_with
from involve_audit.asking.wanted import Asking
from involve_audit.errors import INTERRUPTED, Stopped
from involve_audit.language import ENGLISH, current
from involve_audit.loading.audit import load_audit, views_beside
from involve_audit.words.asking import ASKING


def ask(wanted: Asking, today: date) -> tuple[list[str], str | None]:
    """Ask the questions; what is answered is of this day, or of one before it.

    Returns the views to assess: the one that was filled in, and others of the same audit. And the rubric to assess
    them with, where it is another than the one that they name.
    Raises Stopped where the people stopped, and InputError or UsageError where a file or a word is wrong.
    """
    last = load_audit([wanted.last], today, wanted.rubric) if wanted.last else None
    with ExitStack() as stack:
        talk = stack.enter_context(at_the_terminal(wanted.plain))

        def lock(path: Path) -> None:
            stack.enter_context(alone_with(path))

        path = file_to_go_on_with(talk, wanted, today)
        if path is not None:
            lock(path)
        begun = load_audit([str(path)], today, wanted.rubric) if path and (wanted.resume or path.exists()) else None
        source = begun.rubric if begun else last.rubric if last and not wanted.rubric else rubric_to_ask(talk, wanted)
        rubric, wanted = source.content, with_translation(wanted, source)
        draft = Draft.of(begun.views[0].content) if begun else Draft(rubric=rubric.reference)
        items = items_to_ask(rubric, draft, wanted)
        if begun:
            known, unknown, still_open = draft.counts(item.id for item in items)
            resumed = ASKING["resumed"].format(file=begun.inputs[0], known=known, unknown=unknown, open=still_open)
            talk.say(resumed)
        keeping = Keeping(path, talk.say, lock)
        before = Draft.of(last.views[0].content) if last else None
        interview = Interview(rubric, draft, items, talk, keeping.save, today, before)
        interview.file = str(path) if begun else ""
        _hold(interview, keeping, talk, wanted)
        talk.say()
        talk.say(ASKING["done"].format(file=keeping.path))
    return (views_beside(keeping.path) if keeping.path else []), wanted.rubric


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
    """Try to save what waits. Raises Stopped, and says so, where it cannot be saved."""
    interview.save_what_waits()
    if interview.unsaved:
        on_disk = keeping.path if keeping.path and keeping.path.exists() else None
        talk.say(ASKING["ended_unsaved"].format(file=on_disk) if on_disk else ASKING["ended_unsaved_at_all"])
        raise Stopped(code)


def command_to_go_on(wanted: Asking, path: Path) -> str:
    """The command that asks the rest of the same questions."""
    language = current().tag
    options = [("--rubric", wanted.rubric), ("--from", wanted.last)]
    options += [("--language", language)] if language != ENGLISH else []
    options += [("--theme", theme) for theme in wanted.themes] + [("--stage", stage) for stage in wanted.stages]
    words = [word for name, value in options if value for word in (name, value)]
    return shlex.join(["involve-audit", "assess", "--resume", str(path), *words, *["--plain"] * wanted.plain])
