"""Two versions of a rubric, and the answers that one of them may touch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from involve_audit.errors import InputError, Problem, UsageError, each
from involve_audit.language import _
from involve_audit.loading.answers_files import look_into
from involve_audit.loading.audit import read_view
from involve_audit.loading.files import FileContent, is_folder
from involve_audit.loading.git import file_in_git
from involve_audit.loading.material import file_at
from involve_audit.loading.rubric import load_rubric, parse_rubric, read_reference
from involve_audit.model.rubric import Rubric, Sourced
from involve_audit.model.view import View


def both_versions(versions: Sequence[str], git: str | None) -> tuple[Sourced[Rubric], Sourced[Rubric]]:
    """The earlier and the later version. Raises UsageError, or InputError with what is wrong with either."""
    if git is not None:
        if len(versions) != 1:
            what = _("--git REV goes with one rubric file")
            raise UsageError(Problem("", what, _("It is compared with itself, as it was in that version.")))
        content, file = read_reference(versions[0])
        kept = file_in_git(git, file)
        return parse_rubric(kept.content, kept.file), parse_rubric(content, file)
    if len(versions) != 2:
        what, hint = _("`rubric diff` compares two versions"), _("Name the earlier and the later: rubric diff OLD NEW")
        raise UsageError(Problem("", what, hint))
    before, after = each(load_rubric, versions)
    return before, after


def views_at(paths: Sequence[str], today: date) -> list[Sourced[View]]:
    """The answers files of these names and folders. Raises InputError with every problem of every file."""

    def view(file: FileContent) -> Sourced[View]:
        read = read_view(file.content, file.file, today)
        if read.source is None or read.problems:
            raise InputError(read.problems)
        return read.source

    return [found for views in each(lambda path: each(view, _answers_at(path)), paths) for found in views]


def _answers_at(path: str) -> Sequence[FileContent]:
    return look_into(str(Path(path))).answers if is_folder(Path(path)) else [file_at(path)]
