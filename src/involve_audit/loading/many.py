"""Loading one audit of many: each rubric is prepared once, and what is wrong with one audit stays with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from involve_audit.engine.compiled import CompiledRubric, compile_rubric
from involve_audit.errors import InputError, Problem
from involve_audit.language import N_, _
from involve_audit.loading.audit import audit_of, read_views, rubric_named_by
from involve_audit.loading.gathering import Group
from involve_audit.loading.rubric import load_rubric, load_rubric_by_id
from involve_audit.loading.tree import Tree
from involve_audit.loading.view import AnswerRules, ReadView, answer_rules
from involve_audit.model.audit import Audit, Sourced, original, tailorings
from involve_audit.model.rubric import Rubric

_AGAIN = N_("Was the file changed meanwhile? Run the command again.")


class Prepared(NamedTuple):
    """A rubric, ready for any number of audits, and the `original` that it was tailored from, if it was."""

    source: Sourced[Rubric]
    rules: AnswerRules
    compiled: CompiledRubric
    original: CompiledRubric | None


class Loaded(NamedTuple):
    """An audit, the trees of its files in the order of its views, and its rubric."""

    audit: Audit
    trees: tuple[Tree, ...]
    rubric: Prepared


@dataclass(frozen=True, slots=True)
class Rubrics:
    """The rubrics of a run: one for all audits, or those that their files name, by id, with what is wrong with them.

    Made once and handed to every worker.
    """

    for_all: Prepared | None
    by_id: Mapping[str, Prepared | InputError]

    def __iter__(self) -> Iterator[Prepared]:
        """The rubrics that could be read, each once."""
        named = (found for found in self.by_id.values() if not isinstance(found, InputError))
        return iter([self.for_all, *named] if self.for_all else named)

    def of(self, read: list[ReadView]) -> Prepared:
        """The rubric of these views. Raises InputError where they have none, or not the same."""
        return self.for_all or rubric_named_by(read, self._named)

    def _named(self, rubric_id: str) -> Prepared:
        found = self.by_id.get(rubric_id)
        if found is None:
            raise InputError(Problem("", _("its `rubric:` line is not what it was a moment ago"), _(_AGAIN)))
        if isinstance(found, InputError):
            raise InputError(found.problems)
        return found


def rubrics_for(references: Iterable[str], rubric: str | None) -> Rubrics:
    """The rubrics that files name as `id@version`, or `rubric`, an id or a file, for all of them.

    Raises InputError where `rubric` cannot be read; one that only files name is a problem of these.
    """
    if rubric is not None:
        return Rubrics(prepared(load_rubric(rubric)), {})
    ids = {reference.partition("@")[0] for reference in references}
    return Rubrics(None, {rubric_id: _prepared_or_not(rubric_id) for rubric_id in sorted(ids)})


def prepared(source: Sourced[Rubric]) -> Prepared:
    """The rubric with its rules, compiled."""
    below = compile_rubric(original(source).content) if tailorings(source) else None
    return Prepared(source, answer_rules(source), compile_rubric(source.content), below)


def _prepared_or_not(rubric_id: str) -> Prepared | InputError:
    try:
        return prepared(load_rubric_by_id(rubric_id))
    except InputError as error:
        return error


def load_group(group: Group, rubrics: Rubrics, today: date) -> Loaded:
    """The audit that these files make. Raises InputError with every problem of every file."""
    read = read_views(group.files, today)
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
