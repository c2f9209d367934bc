"""`involve-audit assess` without files, on a terminal: ask the questions and keep every answer."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.asking.agreed import Agreeing
from involve_audit.asking.choosing import (
    Elsewhere,
    Way,
    Ways,
    are_the_same_here,
    begun_beside,
    number_of,
    questions_left,
    rubric_to_ask,
    views_beside_draft,
    with_translation,
)
from involve_audit.asking.conversation import Conversation, at_the_terminal
from involve_audit.asking.draft import Draft
from involve_audit.asking.interview import Interview
from involve_audit.asking.keeping import Keeping, alone_with, free_name
from involve_audit.asking.prompts import OthersAreHere
from involve_audit.errors import INTERRUPTED, OutputError, Problem, Stopped, UsageError, unknown
from involve_audit.language import ENGLISH, _, current, listed
from involve_audit.loading.audit import load_audit, views_beside
from involve_audit.output import require_places, require_room, to_standard_output
from involve_audit.render.formats import ASSESSMENT
from involve_audit.words.asking import ASKING, COUNTED_QUESTIONS, PARTS, RESULT

if TYPE_CHECKING:
    from involve_audit.asking.wanted import Asking
    from involve_audit.model.rubric import Item, Rubric
    from involve_audit.model.view import Audit
    from involve_audit.render.titles import Titles


_MOST_NAMED = 5


class Held(NamedTuple):
    """A session that is over: the views to assess, the one that was filled in and others of the same audit.

    `rubric` is the one to assess them with, where it is another than the one that they name; `pages` are the files to
    write the result to.
    """

    views: list[str]
    rubric: str | None
    pages: list[str]

    def told(self, outputs: Sequence[str], publish: bool, fewer_than: str | None) -> str:
        """The whole command that gives the result again with these options: as a page in any case, on one line."""
        pages = [*outputs] or self.pages or [str(free_name(Path(self.views[-1]).with_suffix(".html")))]
        options = [("--rubric", self.rubric), *(("-o", page) for page in pages), ("--fewer-than", fewer_than)]
        words = [word for name, value in options if value for word in (name, value)]
        command = ["involve-audit", "assess", *self.views, *words, *["--publish"] * publish, *_language()]
        return RESULT["again"].format(command=shlex.join(command))


def ask(wanted: Asking, today: date) -> Held:
    """Ask the questions; what is answered is of this day, or of one before it.

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


def _asked(talk: Conversation, ways: Ways, way: Way, last: Audit | None) -> Held:
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
        _say_doubts(talk, last, begun)
        keeping = Keeping(way.file, talk.say, lock, way.folder)
        if begun and not way.joins:
            keeping.storage.require_changeable([item.id for item in items], str(way.file))
            _resume(talk, way, draft, begun, items, today)
        if begun:
            items = questions_left(talk, items, draft, views_beside_draft(draft, way, today))
        keeping.kept = draft.as_tree() if begun and not way.joins else {}
        before = Draft.of(last.views[0].content) if last else None

        def named(subject: str) -> None:
            ways.of_subject(rubric, subject, way)

        interview = Interview(rubric, draft, items, talk, keeping.save, today, before, named)
        interview.file = str(way.file) if begun and not way.joins else ""
        at = ASKING["in_file" if way.file else "in_folder"]
        interview.place = at.format(place=(way.file or way.folder).absolute())
        ending = Agreeing(interview.titles, interview.draft, interview.prompts, interview.save).ask
        try:
            hold(partial(interview.run, ending), interview, keeping, talk, partial(command_to_go_on, wanted))
        except OthersAreHere:
            raise Elsewhere(Way(joins=keeping.path)) from None
        talk.say()
        talk.say(ASKING["done"].format(file=keeping.path))
    if keeping.path is None:
        return Held([], wanted.rubric, [])
    return Held(views_beside(keeping.path), wanted.rubric, _pages(talk, keeping.path) if wanted.offers_pages else [])


def _say_doubts(talk: Conversation, *audits: Audit | None) -> None:
    """Say what is doubtful in files that are gone on with: what is shown of them may not be all that was written."""
    for audit in filter(None, audits):
        for sentence in audit.about_files:
            talk.say(sentence)


def _pages(talk: Conversation, path: Path) -> list[str]:
    """The pages that the people want of the result: beside the answers, and none that is there already."""
    forms = [form for form in ASSESSMENT.formats if form.template == "html" and form.is_at_hand]
    files = [str(free_name(path.with_suffix(form.suffixes[0]))) for form in forms]
    lines = [RESULT["pages"], RESULT["none"]]
    for count in range(1, len(files) + 1):
        lines.append(RESULT["page"].format(number=count + 1, files=listed(files[:count])))
    chosen = number_of(talk, "\n".join(lines), len(files) + 1, enter="1")
    return files[: chosen - 1]


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
    if not draft.says_anything and draft.date != today:  # nothing was said that day
        draft.date = None


def hold(
    run: Callable[[], None],
    interview: Interview,
    keeping: Keeping,
    talk: Conversation,
    command: Callable[[Path], str],
) -> None:
    """Hold a session, which is `run`. Nothing that was said in it is lost, however it ends.

    Raises Stopped where it ends before its end, once it is said by which `command` it goes on.
    """
    try:
        run()
    except SystemExit:  # a signal: nobody can be asked any more
        _save_at_home(interview, keeping)
        raise
    except OthersAreHere:
        _refuse_to_end_unsaved(interview, keeping, talk, 2)
        raise
    except (Stopped, KeyboardInterrupt) as stopped:
        interrupted = isinstance(stopped, KeyboardInterrupt)
        talk.say()
        _refuse_to_end_unsaved(interview, keeping, talk, INTERRUPTED if interrupted else 2)
        if keeping.path is None:
            talk.say(ASKING["stopped_unsaved"])
        else:
            talk.say(ASKING["stopped"].format(file=keeping.path))
            talk.command(command(keeping.path))
        raise Stopped(INTERRUPTED if interrupted else 0) from None
    _refuse_to_end_unsaved(interview, keeping, talk, 2)


def _refuse_to_end_unsaved(interview: Interview, keeping: Keeping, talk: Conversation, code: int) -> None:
    """Try to save what waits, at last in the people's own folder. Raises Stopped, and shows it, where it cannot be."""
    if not keeping.is_kept():
        interview.save()
    interview.save_what_waits()
    path = keeping.path
    _save_at_home(interview, keeping)
    if interview.unsaved:
        on_disk = path if path and path.is_file() else None
        what = in_words(interview.titles, keeping.not_kept(interview.draft))
        talk.say(ASKING["ended_unsaved"].format(what=what, file=on_disk) if on_disk else ASKING["ended_unsaved_at_all"])
        to_standard_output(keeping.whole(interview.draft))
        raise Stopped(code)


def in_words(titles: Titles, parts: list[str]) -> str:
    """Parts of a draft in words: questions by number and title, the first of many."""
    questions = {
        name: ASKING["question_named"].format(number=number, title=titles.item(name))
        for name, number in titles.numbers.items()
    }
    named = [questions.get(part) or PARTS.get(part, part) for part in parts]
    more = [COUNTED_QUESTIONS.of("more", len(named) - _MOST_NAMED)] if len(named) > _MOST_NAMED else []
    return listed([*named[:_MOST_NAMED], *more])


def _save_at_home(interview: Interview, keeping: Keeping) -> None:
    if interview.unsaved:
        keeping.leave_for(Path(os.path.expanduser("~")))  # noqa: PTH111 - stays as it is where there is no such folder
        interview.save()


def command_to_go_on(wanted: Asking, path: Path) -> str:
    """The command that asks the rest of the same questions."""
    options = [("--rubric", wanted.rubric), ("--from", wanted.last)]
    options += [("--theme", theme) for theme in wanted.themes] + [("--stage", stage) for stage in wanted.stages]
    words = [word for name, value in options if value for word in (name, value)]
    return as_typed("assess", "--resume", str(path), *words, plain=wanted.plain)


def as_typed(*words: str, plain: bool) -> str:
    """A command as it is typed, in the language in use."""
    return shlex.join(["involve-audit", *words, *_language(), *["--plain"] * plain])


def _language() -> list[str]:
    return ["--language", current().tag] if current().tag != ENGLISH else []


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
