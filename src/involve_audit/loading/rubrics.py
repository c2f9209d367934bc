"""Rubrics made ready for scoring: those of a comparison, and those of a run over many audits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.engine.compiled import CompiledRubric, compile_rubric
from involve_audit.errors import InputError, Problem, tried
from involve_audit.language import N_, _
from involve_audit.loading.audit import audit_of, read_views, rubric_named_by
from involve_audit.loading.rubric import load_rubric, load_rubric_by_id, serves, shelf_of
from involve_audit.loading.rubric_rules import rule_problems
from involve_audit.loading.tree import Tree
from involve_audit.loading.view import AnswerRules, ReadView, answer_rules
from involve_audit.model.reference import Reference
from involve_audit.model.rubric import Rubric, Sourced, lineage

if TYPE_CHECKING:
    from involve_audit.loading.answers_files import Group
    from involve_audit.loading.files import FileContent
    from involve_audit.model.record import Record
    from involve_audit.model.view import Audit


class Ready(NamedTuple):
    """A rubric, its rules for answers, the same compiled, and the `original` that it was tailored from, if it was."""

    source: Sourced[Rubric]
    rules: AnswerRules
    compiled: CompiledRubric
    original: CompiledRubric | None

    @property
    def reference(self) -> str:
        """What answers name the rubric by."""
        return self.source.content.reference

    @property
    def version(self) -> list[int]:
        """The version, in an order of its own."""
        return self.source.content.numbers


def made_ready(source: Sourced[Rubric]) -> Ready:
    """The rubric, ready for any number of audits."""
    below = source.tailored_from
    return Ready(source, answer_rules(source), compile_rubric(source.content), compile_rubric(below) if below else None)


class Rubrics:
    """Every rubric at hand. Each is made ready once, however many rounds were made with it."""

    def __init__(self, named: Sequence[str] = ()) -> None:
        """`named` are ids and files. Raises InputError with everything that is wrong with any of them."""
        self._named = tuple(made_ready(source) for source in _loaded(named))
        self._carried: list[Ready] = []
        self._found: dict[str, Ready] = {}

    def for_answers(self, rubric_id: str, references: Iterable[str]) -> Ready:
        """The rubric for answers that name it as each of `references`, such as `id@1.0.0`.

        The very version comes first, whether it was named or a record carries it (then better from its file); next one
        that was named, and be it made of this rubric; then the one that is found by the id. Raises InputError where
        there is none.
        """
        wanted = list(references)
        named = [ready for ready in self._named if rubric_id in lineage(ready.source)]
        exact = [ready for ready in named if ready.reference in wanted]
        carried = [ready for ready in self._carried if ready.reference in wanted]
        if carried and not exact:
            exact = [*(ready for ready in self._shelved(rubric_id) if ready.reference in wanted), *carried]
        fitting = [ready for ready in named if all(serves(ready.source, one) for one in wanted)]
        found = [*exact[:1], *_newest_first(fitting), *_newest_first(named)]
        return found[0] if found else self._by_id(rubric_id)

    def of_record(self, record: Record, file: str) -> Ready | None:
        """The very rubric of a record, whose words may be left out; None where it is nowhere.

        Raises InputError where the record carries something that is no rubric.
        """
        used = record.rubric
        for ready in self._known(used.id):
            if ready.source.sha256 == used.sha256 and (used.content is None or _is_the_same(ready, used.content)):
                return ready
        if used.content is None:
            return None
        problems = rule_problems(Tree(file, used.content.as_tree()))
        if problems:
            raise InputError(problems)
        self._carried.append(made_ready(Sourced(used.content, used.id, used.sha256)))
        return self._carried[-1]

    def stand_in(self, record: Record) -> Ready | None:
        """Another version of a record's rubric, at best one of the same number; None where there is none."""
        known = sorted(self._known(record.rubric.id), key=lambda ready: ready.version, reverse=True)
        same = [ready for ready in known if ready.source.content.version == record.rubric.version]
        return next(iter([*same, *known]), None)

    def _known(self, rubric_id: str) -> Iterator[Ready]:
        """Every rubric of an id: named, carried, and found by the id."""
        yield from (ready for ready in (*self._named, *self._carried) if ready.source.content.id == rubric_id)
        yield from self._shelved(rubric_id)

    def _shelved(self, rubric_id: str) -> Iterator[Ready]:
        """The rubric that is found by an id; none where there is none, or where it is not valid."""
        if shelf_of(rubric_id) is not None:
            with suppress(InputError):
                yield self._by_id(rubric_id)

    def _by_id(self, rubric_id: str) -> Ready:
        if rubric_id not in self._found:
            self._found[rubric_id] = made_ready(load_rubric_by_id(rubric_id))
        return self._found[rubric_id]


def _loaded(named: Sequence[str]) -> list[Sourced[Rubric]]:
    problems: list[Problem] = []
    found = tried(load_rubric, dict.fromkeys(named), problems)
    names = [source.content.reference for source in found]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        what = _("the rubric `{rubric}` was named twice, by different files").format(rubric=name)
        problems.append(Problem("", what, _("Name each version once.")))
    if problems:
        raise InputError(problems)
    return found


def _newest_first(found: Sequence[Ready]) -> list[Ready]:
    return sorted(found, key=lambda ready: ready.version, reverse=True)


def _is_the_same(ready: Ready, carried: Rubric) -> bool:
    """Whether a rubric is what a record carries, but for the help texts: nobody changed the record."""
    return ready.source.content in (carried,) or ready.source.content.without_help() == carried


_AGAIN = N_("Was the file changed meanwhile? Run the command again.")


class Loaded(NamedTuple):
    """An audit, the trees of its files in the order of its views, and its rubric."""

    audit: Audit
    trees: tuple[Tree, ...]
    rubric: Ready


@dataclass(frozen=True, slots=True)
class RubricsOfRun:
    """The rubrics of a run: one for all audits, or those that their files name, by id, with what is wrong with them.

    Made once and handed to every worker.
    """

    for_all: Ready | None
    by_id: Mapping[str, Ready | InputError]

    def __iter__(self) -> Iterator[Ready]:
        """The rubrics that could be read, each once."""
        named = (found for found in self.by_id.values() if not isinstance(found, InputError))
        return iter([self.for_all, *named] if self.for_all else named)

    def of(self, read: list[ReadView]) -> Ready:
        """The rubric of these views. Raises InputError where they have none, or not the same."""
        return self.for_all or rubric_named_by(read, self._named)

    def _named(self, rubric_id: str) -> Ready:
        found = self.by_id.get(rubric_id)
        if found is None:
            raise InputError(Problem("", _("its `rubric:` line is not what it was a moment ago"), _(_AGAIN)))
        if isinstance(found, InputError):
            raise InputError(found.problems)
        return found


def rubrics_for(references: Iterable[str], rubric: str | None) -> RubricsOfRun:
    """The rubrics that files name as `id@version`, or `rubric`, an id or a file, for all of them.

    Raises InputError where `rubric` cannot be read; one that only files name is a problem of these.
    """
    if rubric is not None:
        return RubricsOfRun(made_ready(load_rubric(rubric)), {})
    ids = {Reference.of(text).id for text in references}
    return RubricsOfRun(None, {rubric_id: _ready_or_not(rubric_id) for rubric_id in sorted(ids)})


def _ready_or_not(rubric_id: str) -> Ready | InputError:
    try:
        return made_ready(load_rubric_by_id(rubric_id))
    except InputError as error:
        return error


def load_group(
    group: Group, rubrics: RubricsOfRun, today: date, contents: Sequence[FileContent] | None = None
) -> Loaded:
    """The audit that these files make; `contents` are the files where they were read already.

    Raises InputError with every problem of every file.
    """
    read = read_views(contents or group.files, today)
    rubric = rubrics.of(read)
    audit = audit_of(read, rubric.source, rubric.rules)
    if changed := [_changed(view) for view in read if not _belongs(view, group)]:
        raise InputError(changed)
    trees = {id(view.source.content): view.tree for view in read if view.source is not None}
    return Loaded(audit, tuple(trees[id(view.content)] for view in audit.views), rubric)


def _belongs(view: ReadView, group: Group) -> bool:
    return view.source is not None and (view.source.content.audit or "") == (group.id if group.named else "")


def _changed(view: ReadView) -> Problem:
    what = _("its `audit:` line is not what it was a moment ago")
    return view.tree.problem(("audit",), what, _(_AGAIN))
