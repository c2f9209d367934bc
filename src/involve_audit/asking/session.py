"""`involve-audit assess` without files, on a terminal: ask the questions and keep every answer."""

from __future__ import annotations

import os
import shlex
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from involve_audit.asking.conversation import Conversation, at_the_terminal
from involve_audit.asking.draft import Draft
from involve_audit.asking.interview import Interview
from involve_audit.asking.keeping import Keeping, alone_with, free_name
from involve_audit.asking.storage import whole
from involve_audit.asking.wanted import Asking
from involve_audit.errors import INTERRUPTED, InputError, Problem, Stopped, UsageError, unknown
from involve_audit.language import ENGLISH, _, current, number
from involve_audit.loading.audit import load_audit, open_views, views_beside
from involve_audit.loading.files import is_file
from involve_audit.loading.rubric import inventory, load_rubric, load_rubric_by_id, serves
from involve_audit.model.reference import Reference
from involve_audit.model.rubric import Item, Overlaid, Rubric, Sourced, own_id
from involve_audit.output import require_places, to_standard_output
from involve_audit.words.asking import ASKING, COUNTED_QUESTIONS, WHICH_RUBRIC


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
        try:
            _hold(interview, keeping, talk, wanted)
        except SystemExit:  # a signal: nobody can be asked any more
            _save_at_home(interview, keeping)
            raise
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


_STOP, _HELP = "q", ("?", "h")


# Which rubric


def rubric_to_ask(talk: Conversation, wanted: Asking) -> Sourced[Rubric]:
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


def _choice(talk: Conversation, rubrics: list[Sourced[Rubric]]) -> Sourced[Rubric]:
    _show(talk, rubrics)
    while True:
        typed = _typed(talk, WHICH_RUBRIC["prompt"]).casefold()
        if typed == _STOP:
            talk.say(ASKING["stopped_unsaved"])
            raise Stopped
        if typed in _HELP:
            talk.say(WHICH_RUBRIC["help"])
            _show(talk, rubrics)
        elif (place := _place(typed, rubrics)) is not None:
            talk.say()
            return rubrics[place]
        else:
            talk.say(WHICH_RUBRIC["again"].format(count=number(len(rubrics))))


def _typed(talk: Conversation, prompt: str) -> str:
    """What is typed before there is anything to save. Raises Stopped where there will be no more."""
    try:
        return talk.line(prompt).strip()
    except (EOFError, KeyboardInterrupt):
        raise Stopped(INTERRUPTED) from None


def _show(talk: Conversation, rubrics: list[Sourced[Rubric]]) -> None:
    talk.say(WHICH_RUBRIC["question"])
    for place, rubric in enumerate(rubrics, 1):
        count = sum(1 for _item in rubric.content.items)
        talk.say(f"  {place} {COUNTED_QUESTIONS.of('rubric', count, title=rubric.content.title)}")


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


# Which file


def file_to_go_on_with(talk: Conversation, wanted: Asking, today: date) -> Path | None:
    """The file of this session; None where its name follows from the first answers.

    Offers a file that still has open questions. Raises UsageError rather than write over one that has none, OutputError
    rather than over anything else that was read, and Stopped where the people stop instead.
    """
    require_places(filter(None, [wanted.resume or wanted.save]))
    if wanted.resume:
        return Path(wanted.resume)
    if not wanted.save:
        return _open_file_here(talk, wanted, today)
    path = Path(wanted.save)
    if not is_file(path):
        return path
    count = _open_count(wanted, Draft.of(load_audit([wanted.save], today, wanted.rubric).views[0].content))
    if not count:
        what = _("this file already holds all the answers")
        raise UsageError(Problem(wanted.save, what, _("Change them with --resume, or name another file.")))
    return path if _accepts(talk, path, count) else free_name(path)


def _open_file_here(talk: Conversation, wanted: Asking, today: date) -> Path | None:
    """The newest file of this folder that has open questions, where the people want to go on with it."""
    last = Path(wanted.last).resolve() if wanted.last else None
    for path, view in open_views(Path(), today):
        if path.resolve() != last and (count := _open_count(wanted, Draft.of(view))):
            return path if _accepts(talk, path, count) else None
    return None


def _open_count(wanted: Asking, draft: Draft) -> int:
    """How many questions of its rubric a view leaves open; none where that rubric is not at hand, or another one."""
    with suppress(InputError):
        rubric = load_rubric(wanted.rubric) if wanted.rubric else load_rubric_by_id(Reference.of(draft.rubric).id)
        if serves(rubric, draft.rubric):
            return len(draft.open_items(item.id for item in rubric.content.items))
    return 0


def _accepts(talk: Conversation, path: Path, count: int) -> bool:
    """Whether the people want to go on with a file that they are offered, with so many open questions."""
    offer = COUNTED_QUESTIONS.of("offer", count, file=path)
    while (typed := _typed(talk, f"{offer}: ")) not in ("1", "2"):
        pass
    return typed == "1"
