"""Reading answers files: the views of one audit, from files and folders, held against a rubric."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path, PurePath
from typing import Any, TypeVar

from involve_audit.errors import InputError, Problem, each, suggestion, tried, unknown
from involve_audit.language import _
from involve_audit.loading.answers_files import FileSearch, heading, is_answers, look_into
from involve_audit.loading.files import LARGEST_RECORD, FileContent, digest, is_folder, read_bytes, real_path
from involve_audit.loading.rubric import load_rubric, load_rubric_by_id, serves
from involve_audit.loading.tree import KeyPath, Tree, in_file_order, listed, parse_tree
from involve_audit.loading.validation import validated
from involve_audit.model.names import distinct, look_alikes
from involve_audit.model.reference import Reference, numbers
from involve_audit.model.rubric import Item, Rubric, Sourced, layers, original
from involve_audit.model.view import FORMAT, NOT_APPLICABLE, RUBRIC_REFERENCE, UNKNOWN, Audit, View

# It may be tomorrow already where the answers were given.
_TIME_ZONES = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ReadView:
    """A file that was read: the view it holds, or None and why not. `tree` can still be checked further."""

    tree: Tree
    source: Sourced[View] | None
    problems: list[Problem]

    @property
    def rubric(self) -> str | None:
        """The rubric that the file names, where it names one as it should."""
        named = _mapping(self.tree.data).get("rubric")
        return named if isinstance(named, str) and re.fullmatch(RUBRIC_REFERENCE, named) else None


def read_view(content: bytes, file: str, today: date) -> ReadView:
    """Read a view, its answers not yet held against a rubric.

    Raises InputError where the file is no YAML of the kind that formats.md describes.
    """
    tree = parse_tree(content, file)
    view, problems = validated(View, tree)
    if view is None or _newest(view) > today + _TIME_ZONES:
        problems += _future_dates(tree, today)
    source = Sourced(view, file, digest(content)) if view is not None else None
    return ReadView(tree, source, problems)


def _newest(view: View) -> date:
    """The latest day on which anything of a view was."""
    days = [found.date for answer in view.answers.values() for found in answer.evidence if found.date is not None]
    return max(view.date, *days) if days else view.date


def _future_dates(tree: Tree, today: date) -> Iterator[Problem]:
    for path, written in _dates(tree):
        try:
            future = date.fromisoformat(written) > today + _TIME_ZONES
        except ValueError:
            continue  # the model says what is wrong with it
        if future:
            what = _("`{date}` is in the future").format(date=written)
            yield tree.problem(path, what, _("Check the year, and the clock of this computer."))


def _dates(tree: Tree) -> Iterator[tuple[KeyPath, str]]:
    """Where a view says when something was, with what it says."""
    root = _mapping(tree.data)
    if isinstance(root.get("date"), str):
        yield ("date",), root["date"]
    for item, answer in _mapping(root.get("answers")).items():
        for place, evidence in listed(_mapping(answer).get("evidence")):
            if isinstance(evidence.get("date"), str):
                yield ("answers", item, "evidence", place, "date"), evidence["date"]


class AnswerRules:
    """What a rubric allows in an answers file. Made once for a rubric, used for any number of views."""

    def __init__(self, rubric: Rubric, switched_off: Iterable[Item] = ()) -> None:
        """`switched_off` are items that an overlay left out: answers to them are kept, and do not count."""
        items = (*rubric.items, *switched_off)
        self.allowed = {item.id: sorted(rubric.answers_to(item), key=NOT_APPLICABLE.__eq__) for item in items}
        self.perspectives = [perspective.id for perspective in rubric.perspectives]

    def problems(self, tree: Tree) -> list[Problem]:
        """Everything in a view's tree that the rubric does not allow."""
        if not isinstance(tree.data, dict):
            return []
        return [*self._respondents(tree), *self._answers(tree), *self._actions(tree)]

    def _respondents(self, tree: Tree) -> Iterator[Problem]:
        for name in _mapping(tree.data.get("respondents")):
            if name not in self.perspectives:
                yield tree.problem(("respondents", name), *unknown("perspective", name, self.perspectives), at_key=True)

    def _answers(self, tree: Tree) -> Iterator[Problem]:
        for item, given in _mapping(tree.data.get("answers")).items():
            allowed = self.allowed.get(item)
            word = given.get("answer") if isinstance(given, dict) else given
            if allowed is not None and word in allowed and word != NOT_APPLICABLE:
                continue  # nearly always
            path = ("answers", item)
            if allowed is None:
                yield tree.problem(path, *unknown("item", item, self.allowed), at_key=True)
            elif isinstance(given, str):
                yield from _answer(tree, path, given, allowed, {})
            elif isinstance(given, dict) and isinstance(given.get("answer"), str):
                yield from _answer(tree, (*path, "answer"), given["answer"], allowed, given)

    def _actions(self, tree: Tree) -> Iterator[Problem]:
        retired = _mapping(tree.data.get("retired"))
        for place, action in listed(tree.data.get("actions")):
            item = action.get("item")
            if isinstance(item, str) and item not in self.allowed and item not in retired:
                yield tree.problem(("actions", place, "item"), *unknown("item", item, self.allowed))


def answer_rules(found: Sourced[Rubric]) -> AnswerRules:
    """The rules of a rubric, whatever overlays made of it."""
    here = {item.id for item in found.content.items}
    return AnswerRules(found.content, (item for item in original(found).content.items if item.id not in here))


def _answer(tree: Tree, path: KeyPath, word: str, allowed: list[str], given: dict[str, Any]) -> Iterator[Problem]:
    item = path[1]
    if word == NOT_APPLICABLE and word not in allowed:
        what = _("`{item}` cannot be {word}")
        hint = _("The rubric gives no case where it would not apply. Where nobody knows, write `{unknown}`.")
        yield tree.problem(path, what.format(item=item, word=word), hint.format(unknown=UNKNOWN))
    elif word not in allowed:
        what = _("`{word}` is not an answer to `{item}`").format(word=word, item=item)
        yield tree.problem(path, what, suggestion(word, allowed))
    elif word == NOT_APPLICABLE and given.get("reason") is None:
        what = _("`{item}` is {word} without a reason").format(item=item, word=word)
        yield tree.problem(path, what, _("Write `{line}`.").format(line=f"{item}: {{answer: {word}, reason: …}}"))


def _mapping(node: Any) -> dict[str, Any]:
    return node if isinstance(node, dict) else {}


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


def views_beside(file: Path) -> list[str]:
    """This view's file and the others of the same audit in its folder, by name, also those that are not valid."""
    audit = heading(read_bytes(file)).audit
    others = [other for other, content in _answers_in(file.parent) if audit and heading(content).audit == audit]
    return [str(view) for view in sorted({file, *others})]


def open_views(folder: Path, today: date) -> list[tuple[Path, View]]:
    """The views of a folder, the newest first; files that cannot be read as views are left out."""
    read = tried(lambda file: (file[0], read_view(file[1], str(file[0]), today).source), _answers_in(folder), [])
    views = [(file, source.content) for file, source in read if source is not None]
    return sorted(views, key=lambda found: found[0].stat().st_mtime, reverse=True)


def _answers_in(folder: Path) -> list[tuple[Path, bytes]]:
    """The answers files of a folder, by name, as far as they may be read at all."""
    files = tried(lambda file: (Path(file), read_bytes(file)), sorted(FileSearch(deep=False).files([str(folder)])), [])
    return [(file, content) for file, content in files if is_answers(content)]


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
    return (
        look_into(str(Path(path))).answers
        if is_folder(Path(path))
        else [FileContent(path, read_bytes(path, LARGEST_RECORD))]
    )


def _view_files(paths: Sequence[str]) -> tuple[list[str | FileContent], list[str]]:
    """The answers files, each once, those in folders with what is in them; and the YAML files there that are none."""
    files: dict[Path, tuple[Path, str | FileContent]] = {}
    left_alone: list[str] = []
    for path in sorted(map(Path, paths)):
        inside: Sequence[str | FileContent] = [str(path)]
        if is_folder(path):
            inside, others = _in_folder(str(path))
            left_alone += others
        for file in inside:
            name = Path(file.file if isinstance(file, FileContent) else file)
            files.setdefault(real_path(name), (name, file))
    return [file for _name, file in sorted(files.values())], left_alone


def _in_folder(folder: str) -> tuple[Sequence[FileContent], Sequence[str]]:
    found = look_into(folder)
    if not found.answers:
        hint = _("An answers file ends in .yaml and has a line `{line}`.").format(line=f"format: {FORMAT}")
        raise InputError(Problem(folder, _("there are no answers files in this folder"), hint))
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
    hint = _("Name another rubric with -r, or update the program if it brings the rubric.")
    if _is_older(view.source.content.rubric, found.content):
        hint = _("Name the earlier rubric with -r, or carry the answers over: involve-audit answers migrate")
    return [view.tree.problem(("rubric",), what, hint)]


def _is_older(wanted: str, rubric: Rubric) -> bool:
    """Whether answers are for an earlier major version of a rubric."""
    named = Reference.of(wanted)
    return named.id == rubric.id and numbers(named.version)[0] < rubric.numbers[0]


def _mixed(views: Sequence[Sourced[View]]) -> list[Problem]:
    problems = []
    if len({view.content.audit or view.file for view in views}) > 1:
        names = _list_of((view.file, view.content.audit or _("(none)")) for view in views)
        what = _("these views are of different audits: {list}").format(list=names)
        hint = _("Views of one audit carry the same `audit:` line. Assess different audits one at a time.")
        problems.append(Problem("", what, hint))
    elif len(distinct(subjects := [view.content.subject.name for view in views])) > 1:
        names = _list_of((view.file, view.content.subject.name) for view in views)
        what = _("views of one audit have different subjects: {list}").format(list=names)
        hint = _("Use one name in all.")
        problems.append(Problem("", what, f"{look_alikes(subjects)} {hint}".lstrip()))
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
