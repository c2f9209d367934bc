"""Gathering the views of one audit from files and folders."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePath
from typing import TypeVar

from involve_audit.errors import InputError, Problem
from involve_audit.language import _
from involve_audit.loading.files import is_folder, read_bytes, real_path
from involve_audit.loading.rubric import load_rubric, load_rubric_by_id, serves
from involve_audit.loading.tree import in_file_order, looks_like
from involve_audit.loading.view import AnswerRules, ReadView, answer_rules, read_view
from involve_audit.model.audit import Audit, Sourced, layers
from involve_audit.model.rubric import Rubric
from involve_audit.model.view import FORMAT, View

_ANSWERS_PREFIX = FORMAT.partition("@")[0] + "@"
_SUFFIXES = (".yaml", ".yml")

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
    problems = [
        problem
        for view in read
        for problem in in_file_order([*view.problems, *rules.problems(view.tree), *_rubric_problems(view, rubric)])
    ]
    views = [view.source for view in read if view.source is not None]
    problems += _mixed(views)
    if problems:
        raise InputError(problems)
    return _combined(views, rubric)


def views_beside(file: Path, today: date) -> list[str]:
    """This view's file and the other views of the same audit in its folder, by name."""
    own = read_view(read_bytes(file), str(file), today).source
    audit = own.content.audit if own else None
    others = [other for other, view in _views_in(file.parent, today) if audit and view.audit == audit]
    return [str(view) for view in sorted({file, *others})]


def open_views(folder: Path, today: date) -> list[tuple[Path, View]]:
    """The views of a folder, the newest first; files that cannot be read as views are left out."""
    return sorted(_views_in(folder, today), key=lambda found: found[0].stat().st_mtime, reverse=True)


def _views_in(folder: Path, today: date) -> list[tuple[Path, View]]:
    found = []
    for path in sorted(folder.iterdir()):
        with suppress(InputError):
            if path.suffix.lower() in _SUFFIXES and looks_like(content := read_bytes(path), _ANSWERS_PREFIX):
                source = read_view(content, str(path), today).source
                if source is not None:
                    found.append((path, source.content))
    return found


def read_views(files: Iterable[str | Path], today: date) -> list[ReadView]:
    """Every file read. Raises InputError, once all were tried, where one is not YAML of our kind."""
    read: list[ReadView] = []
    unreadable: list[Problem] = []
    for file in files:
        try:
            read.append(read_view(read_bytes(file), str(file), today))
        except InputError as error:
            unreadable += error.problems
    if unreadable:
        raise InputError([*unreadable, *_problems_of(read)])
    return read


def _view_files(paths: Sequence[str]) -> tuple[list[Path], list[str]]:
    """The answers files, each once, and the YAML files of the folders that are none."""
    files: dict[Path, Path] = {}
    left_alone: list[str] = []
    for path in sorted(map(Path, paths)):
        inside, others = _in_folder(path) if is_folder(path) else ([path], [])
        for file in inside:
            files.setdefault(real_path(file), file)
        left_alone += others
    return sorted(files.values()), left_alone


def _in_folder(folder: Path) -> tuple[list[Path], list[str]]:
    try:
        candidates = sorted(path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES and path.is_file())
    except OSError as error:
        what = _("this folder cannot be read: {reason}").format(reason=error.strerror)
        raise InputError(Problem(str(folder), what)) from None
    views = [path for path in candidates if looks_like(read_bytes(path), _ANSWERS_PREFIX)]
    if not views:
        hint = _("An answers file ends in .yaml and has a line `{line}`.").format(line=f"format: {FORMAT}")
        raise InputError(Problem(str(folder), _("there are no answers files in this folder"), hint))
    return views, [path.name for path in candidates if path not in views]


def rubric_named_by(read: Sequence[ReadView], load: Callable[[str], Loaded]) -> Loaded:
    """The one rubric that all views name, as `load` gives it for an id.

    Raises InputError where they name several, or none, or one that there is not.
    """
    named: dict[str, ReadView] = {}
    for view in read:
        if view.rubric is not None:
            named.setdefault(view.rubric.partition("@")[0], view)
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
    what = what.format(wanted=view.rubric, used=f"{found.content.id}@{found.content.version}")
    hint = _("Name another rubric with -r, or update the program if it brings the rubric.")
    if _is_older(view.source.content.rubric, found.content):
        hint = _("Name the earlier rubric with -r, or carry the answers over: involve-audit answers migrate")
    return [view.tree.problem(("rubric",), what, hint)]


def _is_older(wanted: str, rubric: Rubric) -> bool:
    """Whether answers are for an earlier major version of a rubric."""
    name, _at, start = wanted.partition("@")
    return name == rubric.id and int(start.partition(".")[0]) < int(rubric.version.partition(".")[0])


def _mixed(views: Sequence[Sourced[View]]) -> list[Problem]:
    problems = []
    if len({view.content.audit or view.file for view in views}) > 1:
        names = _list_of((view.file, view.content.audit or _("(none)")) for view in views)
        what = _("these views are of different audits: {list}").format(list=names)
        hint = _("Views of one audit carry the same `audit:` line. Assess different audits one at a time.")
        problems.append(Problem("", what, hint))
    elif len({view.content.subject.name for view in views}) > 1:
        names = _list_of((view.file, view.content.subject.name) for view in views)
        what = _("views of one audit have different subjects: {list}").format(list=names)
        problems.append(Problem("", what, _("Use one name in all.")))
    return problems


def _list_of(pairs: Iterable[tuple[str, str]]) -> str:
    return ", ".join(_("{file} has `{name}`").format(file=file, name=name) for file, name in pairs)


def _names(files: Sequence[str]) -> list[str]:
    """The files' names from the folder above all; where one is not UTF-8, with a mark for what cannot be written."""
    if len(files) == 1:
        return [_encodable(PurePath(files[0]).name)]
    above = os.path.commonpath([os.path.normpath(Path(file).absolute().parent) for file in files])
    return [_encodable(Path(os.path.relpath(file, above)).as_posix()) for file in files]


def _encodable(name: str) -> str:
    return name if name.isascii() else os.fsencode(name).decode(errors="replace")


def _combined(views: Sequence[Sourced[View]], rubric: Sourced[Rubric]) -> Audit:
    files = [view.file for view in views]
    names = _names(files)
    named = sorted(
        (Sourced(view.content, name, view.sha256) for view, name in zip(views, names, strict=True)),
        key=lambda view: view.file,
    )
    first = named[0].content
    return Audit(
        id=first.audit or Path(named[0].file).stem,
        subject=first.subject,
        date=max(view.content.date for view in views),
        views=tuple(named),
        rubric=rubric,
        inputs=(*files, rubric.file, *(layer.base.file for layer in layers(rubric))),
    )
