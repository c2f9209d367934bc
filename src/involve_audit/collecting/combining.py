"""`answers combine`: the views of audits, put together by who answered (docs/collecting.md, "Putting many people's
answers together")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

from involve_audit.collecting.writing import NewFiles, say_all, with_who
from involve_audit.errors import InputError, Problem, each
from involve_audit.language import _, listed
from involve_audit.loading.answers_files import Group, gather
from involve_audit.loading.audit import beside_combined, views_of
from involve_audit.loading.combining import Combining, Together
from involve_audit.loading.files import FileContent, read_bytes, real_path
from involve_audit.loading.rubrics import Loaded, RubricsOfRun, load_group, rubrics_for
from involve_audit.loading.view import read_view
from involve_audit.model.rubric import Rubric
from involve_audit.words.responses import COMBINING, RECEIVED


def combine(paths: Sequence[str], folder: str, today: date, rubric: str | None = None, notes: bool = False) -> None:
    """Write one answers file for each audit and each set of perspectives in it.

    Raises InputError where a view cannot be read, or where one would be left over that counts beside the others.
    """
    if around := [
        path for path in paths if Path(path).is_dir() and real_path(Path(path)) in real_path(Path(folder)).parents
    ]:
        what = _("it holds the folder that is to be written")
        hint = _("Name a folder outside of it: else all would be counted twice the next time.")
        raise InputError(Problem(path, what, hint) for path in around)
    gathered = gather(paths)
    if gathered.problems:
        raise InputError(gathered.problems)
    gathered.require_some()
    groups = list(gathered.groups())
    _require_audits(groups)
    rubrics = rubrics_for(gathered.rubrics, rubric)
    files = NewFiles(folder)
    told = each(lambda group: _combine(group, rubrics, files, today, notes), groups)
    files.write()
    say_all([*chain.from_iterable(told), *([gathered.left_alone] if gathered.others else [])])


def _require_audits(groups: Sequence[Group]) -> None:
    """Raise InputError with the files that do not say to which audit they belong."""
    if len(groups) > 1 and (lone := [group.files[0] for group in groups if not group.named]):
        each(read_bytes, lone)  # of one that cannot be read nothing else is said
        what = _("it does not say which audit it belongs to")
        hint = _("Add a line such as `audit: riverside-2026`, the same in all files of an audit.")
        raise InputError(Problem(file, what, hint) for file in lone)


def _combine(group: Group, rubrics: RubricsOfRun, files: NewFiles, today: date, notes: bool) -> list[str]:
    """Put the views of one audit together, and give what to tell of it."""
    loaded = load_group(group, rubrics, today)
    rubric = loaded.rubric.source.content
    combining = Combining(rubric, loaded.rubric.compiled, notes)
    for read in loaded.audit.views:
        combining.add(read.content, read.file)
    try:
        combining.require_the_same()
    except InputError as error:
        raise InputError(replace(one, path=one.path or group.id) for one in error.problems) from None
    found = list(combining.views())
    _require_all(group, loaded, files.folder, {frozenset(view.present) for view, _made_of in found}, today)
    beside = {*beside_combined(loaded.audit.views)}  # of what is put together now, it is not so any more
    told = replace(loaded.audit, doubts=tuple(one for one in loaded.audit.doubts if one not in beside)).about_files
    if beside:
        told += [COMBINING["before"].format(file=one.file) for one in loaded.audit.views if one.content.combined]
    for one, made_of in found:
        view = one.changed(subject=loaded.audit.subject)
        told.append(_told(files.add(view, with_who(view), only=True), made_of, rubric))
    left_out = any(made_of.notes for _view, made_of in found) and not notes
    return [*told, *sorted(combining.told), *([COMBINING["notes"]] if left_out else [])]


def _told(file: str, made_of: Together, rubric: Rubric) -> str:
    titles = {perspective.id: perspective.title for perspective in rubric.perspectives}
    who = listed(titles[name] for name in titles if name in made_of.respondents) or COMBINING["nobody"]
    return RECEIVED.of("together", made_of.voices.number, file=file, who=who)


def _require_all(group: Group, loaded: Loaded, target: Path, sets: set[frozenset[str]], today: date) -> None:
    """Raise InputError with every view of the audit that would be left over beside those that are put together.

    Left over, it would count as much as all of them.
    """
    taken = {real_path(Path(file)) for file in group.files}
    inside = [file for file in taken if real_path(target) in file.parents]
    folders = {*(file.parent for file in taken), *([real_path(target)] if target.is_dir() else [])}
    beside = [file for folder in sorted(folders) for file in views_of(loaded.audit.id if group.named else "", folder)]
    others = [file for file in beside if real_path(Path(file.file)) not in taken]
    left = [file for file in others if _whose(file, today) in {*sets, None}]
    problems = list(_left_over(left))
    what, hint = (
        _("it lies in the folder that is to be written"),
        _("Name another folder: both would be counted there."),
    )
    problems += [Problem(str(file), what, hint) for file in sorted(inside)]
    if problems:
        raise InputError(problems)


def _left_over(files: Sequence[FileContent]) -> Iterator[Problem]:
    what = _("it is of the same audit and the same people, and would be left over")
    hint = _(
        "Name it too, or put it in another place: beside the others together it would count as much as all of them."
    )
    yield from (Problem(file.file, what, hint) for file in files)


def _whose(file: FileContent, today: date) -> frozenset[str] | None:
    """The perspectives of a view; None where it cannot be read."""
    with suppress(InputError):
        if source := read_view(file.content, file.file, today).source:
            return frozenset(source.content.present)
    return None
