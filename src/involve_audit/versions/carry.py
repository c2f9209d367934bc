"""Carrying an answers file to another version of its rubric: to which one, and whether that can be."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from involve_audit.errors import InputError, Problem, UsageError, nearest, unknown
from involve_audit.language import _, in_short
from involve_audit.loading.answers_files import gather
from involve_audit.loading.files import is_file, read_bytes, real_path
from involve_audit.loading.rubric import load_rubric, load_rubric_by_id, shelf_of
from involve_audit.loading.tree import Tree, in_file_order
from involve_audit.loading.view import answer_rules, read_view
from involve_audit.model.reference import Reference, numbers
from involve_audit.model.rubric import Rubric, Sourced
from involve_audit.versions.editing import migrated
from involve_audit.versions.plan import ANSWER_GONE, DROPPED, Plan, plan

_VERSION = re.compile(r"(?:([a-z0-9-]+)@)?([0-9]{1,6}(?:\.[0-9]{1,6}){0,2})")


@dataclass(frozen=True, slots=True)
class Carried:
    """An answers file on its way: what it is now, what it is to become, and what that does to every answer.

    `mark` is what stands before its text: byte order marks, or nothing.
    """

    tree: Tree
    mark: str
    rubric: Rubric
    earlier: Rubric | None
    plan: Plan

    @property
    def file(self) -> str:
        """Its name."""
        return self.tree.file

    @property
    def start(self) -> Reference:
        """The rubric and the version that it names now."""
        return Reference.of(self.tree.data["rubric"])

    @property
    def is_there_already(self) -> bool:
        """Whether the file names this version already."""
        return str(self.start) == self.plan.rubric

    def text(self) -> str:
        """The text of the file as it is to become. Raises OutputError where it cannot be made without a loss."""
        return self.mark + migrated(self.tree, self.plan)


@dataclass(frozen=True, slots=True)
class Carrier:
    """What carries answers files to the version `to` of their rubric, such as `2.0.0` or `2`.

    `rubrics` are ids and files to choose from. Each rubric is read once, however many files there are.
    """

    to: str
    rubrics: Sequence[str]
    today: date
    _known: dict[str, list[Sourced[Rubric]]] = field(default_factory=dict)

    def carried(self, file: str) -> Carried:
        """The file on its way.

        Raises InputError where the file, or a version of its rubric, cannot be read; UsageError where `to` is none, or
        an older one.
        """
        content = read_bytes(Path(file))
        read = read_view(content, file, self.today)
        if read.source is None or read.problems:
            raise InputError(in_file_order(read.problems))
        view = read.source.content
        rubric_id, start = Reference.of(view.rubric)
        if rubric_id not in self._known:
            self._known[rubric_id] = list(_versions(rubric_id, self.rubrics))
        known = self._known[rubric_id]
        chosen = _chosen(rubric_id, _asked_for(self.to, rubric_id), known)
        target = chosen.content
        if target.numbers < numbers(start):
            what = _("this file is for version {start}, and {to} is older").format(start=start, to=target.version)
            hint = _("Answers are carried forward only. `diff` compares audits of both versions as they are.")
            raise UsageError(Problem(file, what, hint))
        before = next((found for found in known if found.content.numbers == numbers(start)), None)
        earlier = before.content if before else None
        planned = plan(view, target, earlier)
        if planned.homeless:
            raise InputError(_homeless(read.tree, planned, target))
        if slips := list(_slips(read.tree, planned, chosen, before, start)):
            raise InputError(slips)
        return Carried(read.tree, content.decode().removesuffix(read.tree.text), target, earlier, planned)


def files_to_carry(paths: Sequence[str], problems: list[Problem]) -> tuple[list[str], str]:
    """The answers files of these names, folders and patterns, each once; what leads to none goes into `problems`.
    And which other files the folders hold, in words; empty where they hold none.

    A file that is named is taken, whatever it holds: whoever reads it says what is wrong. A folder stands for every
    answers file in it and below.
    """
    named = [path for path in paths if is_file(Path(path))]
    found = gather(path for path in paths if path not in named)
    problems += found.problems
    if not named and not problems:
        found.require_some()
    files = _each_once([*named, *sorted(file for group in found.groups() for file in group.files)])
    return [*files], found.left_alone if found.others else ""


def _each_once(files: Iterable[str]) -> Collection[str]:
    met: dict[Path, str] = {}
    for file in files:
        met.setdefault(real_path(Path(file)), file)
    return met.values()


def _asked_for(to: str, rubric_id: str) -> str:
    """The digits of a version. Raises UsageError where it is none, or one of another rubric."""
    found = _VERSION.fullmatch(to.strip())
    if found is None or found[1] not in (None, rubric_id):
        what = _("`{word}` is not a version of the rubric `{rubric}`").format(word=to, rubric=rubric_id)
        raise UsageError(Problem("", what, _("Write it like 2.0.0, or 2 for the newest that begins with 2.")))
    return found[2]


def _versions(rubric_id: str, rubrics: Sequence[str]) -> Iterator[Sourced[Rubric]]:
    """Every version of a rubric that is at hand: those that were named, then the one that is found by its id."""
    sources = [load_rubric(reference) for reference in dict.fromkeys(rubrics)]
    yield from (source for source in sources if source.content.id == rubric_id)
    if shelf_of(rubric_id) is not None:
        yield load_rubric_by_id(rubric_id)


def _chosen(rubric_id: str, asked: str, known: Sequence[Sourced[Rubric]]) -> Sourced[Rubric]:
    """The newest version that begins as it was asked for. Raises InputError where there is none."""
    fitting = [found for found in known if f"{found.content.version}.".startswith(f"{asked}.")]
    if fitting:
        return max(fitting, key=lambda found: found.content.numbers)
    what = _("version {version} of the rubric `{rubric}` is not here").format(version=asked, rubric=rubric_id)
    versions = in_short(dict.fromkeys(found.content.version for found in known))
    here = _("Here is: {versions}.").format(versions=versions) if versions else ""
    raise InputError(Problem("", what, " ".join(filter(None, (here, _("Name the file of another with -r FILE."))))))


def _homeless(tree: Tree, planned: Plan, target: Rubric) -> Iterator[Problem]:
    for name in planned.homeless:
        what = _("version {version} has no perspective `{name}`").format(version=target.version, name=name)
        hint = _("Say in the file under which perspective these people come now, and run the command again.")
        yield tree.problem(("respondents", name), what, hint, at_key=True)


def _slips(
    tree: Tree, planned: Plan, chosen: Sourced[Rubric], before: Sourced[Rubric] | None, start: str
) -> Iterator[Problem]:
    """Questions and answers that never were in the rubric, and so must not be retired as if they had gone.

    The earlier version says so. Where it is not at hand, so does the later one of the same major version, from which
    nothing goes; of two major versions, it is told what is like something that there is.
    """
    rules = answer_rules(before or chosen)
    if before is not None:
        yield from rules.problems(tree)
        return
    same = numbers(start)[0] == chosen.content.numbers[0]
    for move in planned.moves:
        if move.fate == DROPPED:
            word, allowed, place = move.item, list(rules.allowed), ("answers", move.item)
        elif move.why == ANSWER_GONE:
            word, allowed, place = str(move.answer), rules.allowed[move.now[0]], ("answers", move.item)
        else:
            continue
        if same or nearest(word, allowed):
            what, hint = unknown("item" if move.fate == DROPPED else "answer", word, allowed)
            known = _("Was it there in version {version}? Then name its file too, with -r.").format(version=start)
            yield tree.problem(place, what, hint if same else f"{hint} {known}", at_key=True)
