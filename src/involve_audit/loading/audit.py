"""Gathering the views of one audit from files and folders."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePath
from typing import NamedTuple, TypeVar

from involve_audit.errors import InputError, Problem, bounded, each, tried
from involve_audit.language import _, first_of
from involve_audit.loading.answers_files import FileSearch, heading, is_answers, look_into, what_answers_are
from involve_audit.loading.files import FileContent, as_text, is_folder, read_bytes, real_path
from involve_audit.loading.rubric import load_rubric, load_rubric_by_id, serves
from involve_audit.loading.tree import in_file_order
from involve_audit.loading.view import AnswerRules, ReadView, answer_rules, read_view
from involve_audit.model.names import differ_a_little, look_alikes, told_apart
from involve_audit.model.reference import Reference, numbers
from involve_audit.model.rubric import Rubric, Sourced, layers
from involve_audit.model.view import Audit, Subject, View

Loaded = TypeVar("Loaded")


def load_audit(paths: Sequence[str], today: date, rubric: str | None = None) -> Audit:
    """The audit whose views are these files, or lie in these folders.

    `rubric` is an id or a file; without it, the rubric that the views name. Raises InputError with every problem
    of every file.
    """
    files, left_alone = _view_files(paths)
    if not files:
        hint = _("Name at least one, or the folder they are in.")
        raise InputError(Problem("", _("no answers files were named"), hint))
    read = read_views(files, today)
    loaded = load_rubric(rubric) if rubric is not None else rubric_named_by(read, load_rubric_by_id)
    return replace(audit_of(read, loaded, answer_rules(loaded)), left_alone=tuple(left_alone))


def audit_of(read: Sequence[ReadView], rubric: Sourced[Rubric], rules: AnswerRules) -> Audit:
    """The audit of these views, held against a rubric and its rules.

    Raises InputError with every problem of every view.
    """
    problems = [problem for view in read for problem in problems_of(view, rubric, rules)]
    views = [view.source for view in read if view.source is not None]
    problems += _mixed(views)
    if problems:
        raise InputError(problems)
    audit = _combined(views, rubric)
    found = (doubt for view in read for doubt in in_file_order([*view.doubts, *_spelling(view, audit.subject)]))
    if doubts := bounded(found):
        names = dict(zip(audit.inputs, _names([view.file for view in views]), strict=False))
        doubts = [replace(doubt, path=names[doubt.path]) for doubt in doubts]
    doubts += beside_combined(audit.views)
    return replace(audit, doubts=tuple(doubts)) if doubts else audit


def problems_of(view: ReadView, rubric: Sourced[Rubric], rules: AnswerRules) -> list[Problem]:
    """Everything that is wrong with one view, held against a rubric and its rules."""
    return in_file_order([*view.problems, *rules.problems(view.tree), *_rubric_problems(view, rubric)])


def views_beside(file: Path) -> list[str]:
    """This view's file and the others of the same audit in its folder, by name, also those that are not valid."""
    audit = heading(read_bytes(file)).audit
    others = [other.file for other in views_of(audit, file.parent)]
    return [str(view) for view in sorted({file, *map(Path, others)})]


def views_of(audit: str, folder: Path) -> list[FileContent]:
    """The files of a folder that are views of an audit, by name, also those that are not valid; none without an id."""
    return [file for file in _answers_in(folder) if audit and heading(file.content).audit == audit]


def audits_in(folder: Path) -> set[str]:
    """The ids of the audits whose views lie in a folder, also of views that are not valid."""
    return {heading(file.content).audit for file in _answers_in(folder)} - {""}


class ViewThere(NamedTuple):
    """A view that lies in a folder, and its rubric where that is at hand."""

    path: Path
    view: View
    rubric: Rubric | None


def views_in(folder: Path, today: date, rubric: str | None = None) -> list[ViewThere]:
    """The views of a folder, the newest first; files that cannot be read as views are left out.

    `rubric` is an id or a file, the only one that views shall be for.
    """
    known: dict[str, Sourced[Rubric] | None] = {}

    def at_hand(view: View) -> Rubric | None:
        named = rubric or Reference.of(view.rubric).id
        if named not in known:
            known[named] = next(iter(tried(load_rubric if rubric else load_rubric_by_id, [named], [])), None)
        found = known[named]
        return found.content if found and serves(found, view.rubric) else None

    read = tried(lambda file: read_view(file.content, file.file, today).source, _answers_in(folder), [])
    views = [ViewThere(Path(found.file), found.content, at_hand(found.content)) for found in read if found is not None]
    return sorted(views, key=lambda found: found.path.stat().st_mtime, reverse=True)


def _answers_in(folder: Path) -> list[FileContent]:
    """The answers files of a folder, by name, as far as they may be read at all."""
    files = sorted(FileSearch(deep=False).files([str(folder)]))
    read = tried(lambda file: FileContent(file, read_bytes(file)), files, [])
    return [file for file in read if is_answers(file.content)]


def read_views(files: Iterable[str | FileContent], today: date) -> list[ReadView]:
    """Every file read. Raises InputError, once all were tried, where one is not YAML of our kind."""

    def read(file: str | FileContent) -> ReadView:
        name, content = file if isinstance(file, FileContent) else (file, read_bytes(file))
        return read_view(content, name, today)

    unreadable: list[Problem] = []
    views = tried(read, files, unreadable)
    if unreadable:
        raise InputError([*unreadable, *_problems_of(views)])
    return views


def views_at(paths: Sequence[str], today: date) -> list[Sourced[View]]:
    """The answers files of these names and folders. Raises InputError with every problem of every file."""

    def view(file: FileContent) -> Sourced[View]:
        read = read_view(file.content, file.file, today)
        if read.source is None or read.problems:
            raise InputError(read.problems)
        return read.source

    return [found for views in each(lambda path: each(view, _answers_at(path)), paths) for found in views]


def _answers_at(path: str) -> Sequence[FileContent]:
    return look_into(str(Path(path))).answers if is_folder(Path(path)) else [FileContent(path, read_bytes(path))]


def _view_files(paths: Sequence[str]) -> tuple[list[str | FileContent], list[Problem]]:
    """The answers files, each once, those in folders with what is in them; and why other files there are none."""
    files: dict[Path, tuple[Path, str | FileContent]] = {}
    left_alone: list[Problem] = []
    for path in sorted(map(Path, paths)):
        inside: Sequence[str | FileContent] = [str(path)]
        if is_folder(path):
            inside, others = _in_folder(str(path))
            left_alone += others
        for file in inside:
            name = Path(file.file if isinstance(file, FileContent) else file)
            files.setdefault(real_path(name), (name, file))
    return [file for _name, file in sorted(files.values())], left_alone


def _in_folder(folder: str) -> tuple[Sequence[FileContent], Sequence[Problem]]:
    found = look_into(folder)
    if not found.answers:
        what = _("there are no answers files in this folder")
        raise InputError([Problem(folder, what, what_answers_are()), *found.others])
    return found.answers, found.others


def rubric_named_by(read: Sequence[ReadView], load: Callable[[str], Loaded]) -> Loaded:
    """The one rubric that all views name, as `load` gives it for an id.

    Raises InputError where they name several, or none, or one that there is not.
    """
    named: dict[str, ReadView] = {}
    for view in read:
        if view.rubric is not None:
            named.setdefault(Reference.of(view.rubric).id, view)
    if len(named) > 1:
        what = _("these views are for different rubrics: {list}")
        what = what.format(list=_list_of((v.tree.file, name) for name, v in named.items()))
        raise InputError([*_problems_of(read), Problem("", what, _("Give only views for one rubric."))])
    if not named:
        raise InputError(_problems_of(read))
    ((rubric_id, view),) = named.items()
    try:
        return load(rubric_id)
    except InputError as error:
        view.problems.extend(view.tree.problem(("rubric",), found.what, found.hint) for found in error.problems)
        raise InputError(_problems_of(read)) from None


def _problems_of(read: Iterable[ReadView]) -> list[Problem]:
    return [problem for view in read for problem in in_file_order(view.problems)]


def _rubric_problems(view: ReadView, found: Sourced[Rubric]) -> list[Problem]:
    if view.source is None or serves(found, view.source.content.rubric):
        return []
    what = _("these answers are for `{wanted}`; the rubric at hand is `{used}`")
    what = what.format(wanted=view.rubric, used=found.content.reference)
    hint = _("Name another rubric, or update the program if it brings the rubric.")
    if _is_older(view.source.content.rubric, found.content):
        hint = _("Name the earlier rubric, or carry the answers over: involve-audit answers migrate")
    return [view.tree.problem(("rubric",), what, hint)]


def _is_older(wanted: str, rubric: Rubric) -> bool:
    """Whether answers are for an earlier major version of a rubric."""
    named = Reference.of(wanted)
    return named.id == rubric.id and numbers(named.version)[0] < rubric.numbers[0]


def _mixed(views: Sequence[Sourced[View]]) -> list[Problem]:
    problems = []
    subjects = [view.content.subject.name for view in views]
    if len({view.content.audit or view.file for view in views}) > 1:
        names = _list_of((view.file, view.content.audit or _("(none)")) for view in views)
        what = _("these views are of different audits: {list}").format(list=names)
        hint = _(
            "Views of one audit carry the same `audit:` line. Assess one audit at a time, or all: involve-audit batch"
        )
        problems.append(Problem("", what, hint))
    elif not all(differ_a_little(views[0].content.subject.name, name) for name in subjects):
        names = _list_of((view.file, view.content.subject.name) for view in views)
        what = _("views of one audit have different subjects: {list}").format(list=names)
        hint = _("Use one name in all.")
        problems.append(Problem("", what, f"{look_alikes(subjects)} {hint}".lstrip()))
    return problems


def _spelling(view: ReadView, shown: Subject) -> list[Problem]:
    """That a view writes the name of the audit's subject in another way than it is shown."""
    name = view.source.content.subject.name if view.source else shown.name
    if name == shown.name:
        return []
    what = _("the subject is “{name}” here, and “{shown}” in another view of this audit")
    hint = _("They are taken as one, and “{shown}” is shown. Use one name in all.").format(shown=shown.name)
    apart = told_apart(name, shown.name)
    what = what.format(name=name, shown=shown.name)
    return [view.tree.problem(("subject", "name"), what, f"{apart} {hint}".lstrip())]


def beside_combined(views: Sequence[Sourced[View]]) -> Iterator[Problem]:
    """That a view counts as much as one which was put together from many responses of the same people."""
    together = {frozenset(view.content.present): view for view in views if view.content.combined}
    for view in views:
        other = together.get(frozenset(view.content.present))
        if other not in (None, view):
            what = _("it is of the same people as {file}, and counts as much as all the responses in that together")
            hint = _("Put all responses together anew: involve-audit answers combine")
            yield Problem(view.file, what.format(file=other.file if other else ""), hint)


def _list_of(pairs: Iterable[tuple[str, str]]) -> str:
    return ", ".join(first_of(_("{file} has `{name}`").format(file=file, name=name) for file, name in pairs))


def _names(files: Sequence[str]) -> list[str]:
    """The files' names from the folder above all; where one is not UTF-8, with a mark for what cannot be written."""
    if len(files) == 1:
        return [as_text(PurePath(files[0]).name)]
    above = os.path.commonpath([os.path.normpath(Path(file).absolute().parent) for file in files])
    return [as_text(Path(os.path.relpath(file, above)).as_posix()) for file in files]


def _combined(views: Sequence[Sourced[View]], rubric: Sourced[Rubric]) -> Audit:
    """The audit. Of several files with the same bytes, the one with the shortest name is taken."""
    files = [view.file for view in views]
    names = _names(files)
    named = sorted(
        (Sourced(view.content, name, view.sha256) for view, name in zip(views, names, strict=True)),
        key=lambda view: view.file,
    )
    taken = {view.sha256: view for view in sorted(named, key=lambda view: len(view.file), reverse=True)}
    alone = [view for view in named if taken[view.sha256] is view]
    latest = {view.content.response: view for view in sorted(alone, key=lambda view: view.content.saved or "")}
    first = named[0].content
    return Audit(
        id=first.audit or Path(named[0].file).stem,
        subject=first.subject,
        date=max(view.content.date for view in views),
        views=tuple(view for view in alone if view.content.response is None or latest[view.content.response] is view),
        rubric=rubric,
        copies=tuple((view.file, taken[view.sha256].file) for view in named if taken[view.sha256] is not view),
        outdated=tuple(
            (view.file, latest[view.content.response].file)
            for view in alone
            if view.content.response is not None and latest[view.content.response] is not view
        ),
        inputs=(*files, rubric.file, *(layer.base.file for layer in layers(rubric))),
    )
