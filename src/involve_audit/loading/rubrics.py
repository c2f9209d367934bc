"""The rubrics that rounds are scored with: those that were named, that records carry, and that are found by id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from involve_audit.engine.compiled import CompiledRubric, compile_rubric
from involve_audit.errors import InputError, Problem
from involve_audit.language import _
from involve_audit.loading.library import shelf_of
from involve_audit.loading.rubric import load_rubric, load_rubric_by_id, serves
from involve_audit.loading.rubric_rules import rule_problems
from involve_audit.loading.tree import Tree
from involve_audit.loading.view import AnswerRules, answer_rules
from involve_audit.model.audit import Sourced, lineage
from involve_audit.model.record import Record
from involve_audit.model.rubric import Rubric


class Ready(NamedTuple):
    """A rubric, its rules for answers, and the same compiled."""

    source: Sourced[Rubric]
    rules: AnswerRules
    compiled: CompiledRubric

    @property
    def version(self) -> list[int]:
        """The version, in an order of its own."""
        return [int(part) for part in self.source.content.version.split(".")]


class Rubrics:
    """Every rubric at hand. Each is made ready once, however many rounds were made with it."""

    def __init__(self, named: Sequence[str] = ()) -> None:
        """`named` are ids and files. Raises InputError with everything that is wrong with any of them."""
        self._named = tuple(_ready(source) for source in _loaded(named))
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
        exact = [ready for ready in named if _reference(ready) in wanted]
        carried = [ready for ready in self._carried if _reference(ready) in wanted]
        if carried and not exact:
            exact = [*(ready for ready in self._shelved(rubric_id) if _reference(ready) in wanted), *carried]
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
        problems = rule_problems(Tree(file, used.content.model_dump(mode="json", by_alias=True, exclude_defaults=True)))
        if problems:
            raise InputError(problems)
        self._carried.append(_ready(Sourced(used.content, used.id, used.sha256)))
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
            self._found[rubric_id] = _ready(load_rubric_by_id(rubric_id))
        return self._found[rubric_id]


def _loaded(named: Sequence[str]) -> list[Sourced[Rubric]]:
    found: list[Sourced[Rubric]] = []
    problems: list[Problem] = []
    for reference in dict.fromkeys(named):
        try:
            found.append(load_rubric(reference))
        except InputError as error:
            problems += error.problems
    names = [f"{source.content.id}@{source.content.version}" for source in found]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        what = _("the rubric `{rubric}` was named twice, by different files").format(rubric=name)
        problems.append(Problem("", what, _("Name each version once.")))
    if problems:
        raise InputError(problems)
    return found


def _ready(source: Sourced[Rubric]) -> Ready:
    return Ready(source, answer_rules(source), compile_rubric(source.content))


def _reference(ready: Ready) -> str:
    return f"{ready.source.content.id}@{ready.source.content.version}"


def _newest_first(found: Sequence[Ready]) -> list[Ready]:
    return sorted(found, key=lambda ready: ready.version, reverse=True)


def _is_the_same(ready: Ready, carried: Rubric) -> bool:
    """Whether a rubric is what a record carries, but for the help texts: nobody changed the record."""
    return ready.source.content in (carried,) or ready.source.content.without_help() == carried
