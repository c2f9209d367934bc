"""A rubric and what it was earlier: in a file that was named, or in git."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from involve_audit.errors import InputError, Problem, UsageError, each
from involve_audit.language import _
from involve_audit.loading.files import FileContent, is_file
from involve_audit.loading.git import earlier_in_git, file_in_git
from involve_audit.loading.rubric import load_rubric, parse_rubric, read_reference
from involve_audit.model.rubric import Rubric, Sourced, as_filed
from involve_audit.versions.changes import LEVELS, next_version, rubric_changes, verdict
from involve_audit.words.versions import VERSION_LEVELS, WRONG_VERSION_HINTS, WRONG_VERSIONS

EarlierOf = Callable[[str], FileContent | None]
"""Gives what a file was earlier; None where it was not there."""


def both_versions(versions: Sequence[str], git: str | None) -> tuple[Sourced[Rubric], Sourced[Rubric]]:
    """The earlier and the later version. Raises UsageError, or InputError with what is wrong with either."""
    if git is not None:
        if len(versions) != 1:
            what = _("--git REVISION goes with one rubric file")
            raise UsageError(Problem("", what, _("It is compared with itself, as it was in that version.")))
        content, file = read_reference(versions[0])
        kept = file_in_git(git, file)
        return parse_rubric(kept.content, kept.file), parse_rubric(content, file)
    if len(versions) != 2:
        what, hint = _("`rubric diff` compares two versions"), _("Name the earlier and the later: rubric diff OLD NEW")
        raise UsageError(Problem("", what, hint))
    before, after = each(load_rubric, versions)
    return before, after


def earlier_by(rubrics: Sequence[str], named: str | None, revision: str | None) -> EarlierOf | None:
    """How to find what each of these was earlier: a rubric that was named, or the file in git; None for neither.

    Raises UsageError where that cannot be, and InputError where the rubric that was named cannot be read.
    """
    if named is not None and (revision is not None or len(rubrics) > 1):
        what = _("--earlier goes with one rubric, and without --git")
        raise UsageError(Problem("", what, _("Check one at a time, or all of them with --git REVISION.")))
    if named is not None:
        content, file = read_reference(named)
        parse_rubric(content, file)
        return lambda _file: FileContent(file, content)
    return None if revision is None else partial(_in_git, revision)


def _in_git(revision: str, file: str) -> FileContent | None:
    """A file as it was. Raises UsageError where git cannot be asked: that is no fault of the rubric."""
    if not is_file(Path(file)):
        what, hint = _("this rubric comes with the program, and not from git"), _("Check it without --git.")
        raise UsageError(Problem(file, what, hint))
    try:
        return earlier_in_git(revision, file)
    except InputError as error:
        raise UsageError(error.problems) from None


class WrongNumber(NamedTuple):
    """What is wrong with a version number: the key at which to say so, what, and what to do about it."""

    key: str
    what: str
    hint: str


def wrong_number(kept: FileContent, source: Sourced[Rubric]) -> WrongNumber | None:
    """What is wrong with the version number of a rubric, if anything; `kept` is what it was earlier."""
    try:
        earlier = parse_rubric(kept.content, kept.file)
    except InputError as error:
        first = error.problems[0]
        what = _("what this rubric was earlier is not valid: {problem}").format(problem=f"{first.where}: {first.what}")
        return WrongNumber("version", what, _("Hold it against a version that was."))
    return _held_against(as_filed(earlier), as_filed(source))


def _held_against(before: Rubric, after: Rubric) -> WrongNumber | None:
    raised = verdict(before, after, rubric_changes(before, after))
    if not raised.is_wrong:
        return None
    level = raised.needed or LEVELS[0]
    words = {
        "id": before.id,
        "then": before.version,
        "level": VERSION_LEVELS[level],
        "next": next_version(before.version, level),
    }
    key = "id" if before.id != after.id else "version"
    hint = WRONG_VERSION_HINTS[raised.name if raised.name in WRONG_VERSION_HINTS else "raise-it"]
    return WrongNumber(key, WRONG_VERSIONS[raised.name].format(**words), hint.format(**words))
