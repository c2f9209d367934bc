"""The rounds of a comparison, read from answers files or from records."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from involve_audit.engine.comparing.comparison import Round
from involve_audit.engine.comparing.people import People
from involve_audit.engine.compiled import compile_rubric, compile_view
from involve_audit.engine.score import Score
from involve_audit.errors import InputError, Problem
from involve_audit.language import _
from involve_audit.loading.audit import audit_of, read_views, rubric_named_by
from involve_audit.loading.material import Material
from involve_audit.loading.record import compiled_views, read_record, recorded_audit, recorded_score, require_sound
from involve_audit.loading.rubrics import Ready, Rubrics
from involve_audit.model.audit import Audit, Sourced, layers, lineage
from involve_audit.model.record import FewerThan, Record
from involve_audit.model.rubric import Rubric
from involve_audit.model.view import Action, Subject


@dataclass(frozen=True)
class ReadRound:
    """One audit of a comparison. `answers` is the audit as its answers files have it, `record` the record it was read
    from; one of the two is there.

    The rubric is a stand-in, another version cut down to the questions of the record, where the score is only recorded.
    `not_shown` are the questions of such a record that the stand-in does not know either.
    """

    name: str
    rubric: Sourced[Rubric]
    score: Score
    answers: Audit | None = None
    record: Record | None = None
    not_shown: tuple[str, ...] = ()

    @cached_property
    def audit(self) -> Audit:
        """The audit with everything that was said in it."""
        return self.answers or recorded_audit(self._record, self.name, self.rubric)

    @property
    def _record(self) -> Record:
        assert self.record is not None
        return self.record

    @property
    def id(self) -> str:
        """The id of the audit."""
        return self.answers.id if self.answers else self._record.audit

    @property
    def lineage(self) -> Collection[str]:
        """The ids of its rubric and of those that it was made of."""
        used = self.record.rubric if self.record else None
        return lineage(self.rubric) if used is None else {used.id, *(below.id for below in used.made_of)}

    @property
    def fingerprint(self) -> Sequence[str]:
        """What its rubric is known by: the digests of every file that it was made of."""
        if self.record:
            used = self.record.rubric
            return [used.sha256, *(below.sha256 for below in used.made_of)]
        return [self.rubric.sha256, *(layer.base.sha256 for layer in layers(self.rubric))]

    @property
    def subject(self) -> Subject:
        return self.answers.subject if self.answers else self._record.subject

    @property
    def date(self) -> date:
        return self.answers.date if self.answers else self._record.date

    @property
    def people(self) -> Mapping[str, People]:
        """How many people of each perspective answered; somebody who took part in two views counts twice."""
        found: dict[str, People] = {}
        for name, count in self._respondents():
            low, high = (1, count.fewer_than - 1) if isinstance(count, FewerThan) else (count, count)
            before = found.get(name, People(0, 0))
            found[name] = People(before.at_least + low, before.at_most + high)
        return {name: found[name] for name in self.score.rubric.perspectives if name in found}

    def _respondents(self) -> Iterator[tuple[str, int | FewerThan]]:
        if self.answers:
            for view in self.answers.views:
                yield from view.content.present.items()
        else:
            for read in self._record.views:
                yield from read.respondents.items()

    @property
    def actions(self) -> Sequence[Action]:
        """What was agreed in it."""
        return [action for view in self.audit.views for action in view.content.actions]

    @property
    def restated(self) -> str:
        """The stage that its record says, where the answers in it come to another one now; else empty."""
        said = self.record.stage.floor if self.record else self.score.floor
        return "" if said == self.score.floor else said

    def round(self) -> Round:
        """The same for the engine."""
        return Round(self.score, self.date, self.people, self.actions, told=not (self.record and self.record.published))


def in_order(rounds: Sequence[ReadRound]) -> tuple[list[ReadRound], list[tuple[str, str]]]:
    """The audits in the order of time, each once, and those left out with the one that stands for them.

    Of one audit of one day, answers files stand before a record, and a full record before one made for sharing.
    """
    best: dict[tuple[str, date], ReadRound] = {}
    for one in sorted(rounds, key=_rank):
        best.setdefault((one.id, one.date), one)
    left_out = [(one.name, best[one.id, one.date].name) for one in rounds if best[one.id, one.date] is not one]
    return sorted(best.values(), key=lambda one: (one.date, one.id)), left_out


def _rank(one: ReadRound) -> tuple[bool, bool, str]:
    return one.record is not None, bool(one.record and one.record.published), one.name


def read_rounds(materials: Sequence[Material], rubrics: Rubrics, today: date) -> list[ReadRound]:
    """Each of these, read. Raises InputError with every problem of each.

    Records come first, because the rubrics that they carry may be those of other rounds.
    """
    problems: list[Problem] = []
    records: dict[int, Record] = {}
    rounds: dict[int, ReadRound] = {}
    for place, material in enumerate(materials):
        try:
            if material.record:
                records[place] = read_record(material.record.content, material.record.file).content
                rubrics.of_record(records[place], material.record.file)
        except InputError as error:
            problems += error.problems
    for place, material in enumerate(materials):
        try:
            if place in records:
                rounds[place] = _from_record(records[place], material.files[0].file, rubrics)
            elif not material.record:
                rounds[place] = _from_answers(material, rubrics, today)
        except InputError as error:
            problems += [problem for problem in error.problems if problem not in problems]
    if problems:
        raise InputError(problems)
    return [rounds[place] for place in range(len(materials))]


def _from_answers(material: Material, rubrics: Rubrics, today: date) -> ReadRound:
    read = read_views(material.files, today)
    references = [view.rubric for view in read if view.rubric]
    ready = rubric_named_by(read, lambda name: rubrics.for_answers(name, references))
    audit = audit_of(read, ready.source, ready.rules)
    score = Score(ready.compiled, [compile_view(ready.compiled, view.content) for view in audit.views])
    return ReadRound(material.name, ready.source, score, answers=audit)


def _from_record(record: Record, file: str, rubrics: Rubrics) -> ReadRound:
    ready = rubrics.of_record(record, file)
    if ready is not None:
        require_sound(record, file, ready.compiled)
        return ReadRound(
            file, ready.source, Score(ready.compiled, compiled_views(record, ready.compiled)), record=record
        )
    other = rubrics.stand_in(record)
    if other is None:
        used = f"{record.rubric.id}@{record.rubric.version}"
        what = _("this record does not carry its rubric, and the rubric `{rubric}` is not here").format(rubric=used)
        raise InputError(Problem(file, what, _("Name a version of it with -r FILE.")))
    return _with_stand_in(record, file, other)


def _with_stand_in(record: Record, file: str, other: Ready) -> ReadRound:
    asked = [item.id for item in record.items]
    cut = _cut_down(other.source.content, asked)
    known = {item.id for item in cut.items}
    score = recorded_score(record, compile_rubric(cut))
    source = Sourced(cut, other.source.file, record.rubric.sha256)
    return ReadRound(file, source, score, record=record, not_shown=tuple(item for item in asked if item not in known))


def _cut_down(rubric: Rubric, asked: Sequence[str]) -> Rubric:
    """A rubric with only these questions, each by itself."""
    alone = {"limits": (), "alternative_stage": None}
    indicators = [item.model_copy(update={**alone, "implies": ()}) for item in rubric.indicators if item.id in asked]
    others = [item.model_copy(update={"limits": ()}) for item in rubric.anti_patterns if item.id in asked]
    return rubric.model_copy(update={"indicators": tuple(indicators), "anti_patterns": tuple(others)})
