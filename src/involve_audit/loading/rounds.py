"""The rounds of a comparison, read from answers files or from records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from involve_audit.engine.comparing.round import People, Round
from involve_audit.engine.compiled import compile_rubric
from involve_audit.engine.score import Score, score_of
from involve_audit.errors import InputError, Problem, UsageError, tried
from involve_audit.language import _, in_short
from involve_audit.loading.audit import audit_of, read_views, rubric_named_by
from involve_audit.loading.record import compiled_views, read_record, recorded_audit, recorded_score, require_sound
from involve_audit.loading.rubrics import Ready, Rubrics
from involve_audit.model.names import folded, look_alikes
from involve_audit.model.record import FewerThan, Record
from involve_audit.model.rubric import Rubric, Sourced, fingerprint, lineage
from involve_audit.model.view import UNKNOWN, View

if TYPE_CHECKING:
    from involve_audit.loading.material import Material

_FEWEST = 2


def in_order(rounds: Sequence[Round]) -> tuple[list[Round], list[tuple[str, str]]]:
    """The audits in the order of time, each once, and those left out with the one that stands for them.

    Of one audit of one day, answers files stand before a record, and a full record before one made for sharing.
    """
    best: dict[tuple[str, date], Round] = {}
    for one in sorted(rounds, key=_rank):
        best.setdefault((one.id, one.date), one)
    left_out = [(one.name, best[one.id, one.date].name) for one in rounds if best[one.id, one.date] is not one]
    return sorted(best.values(), key=lambda one: (one.date, one.id)), left_out


def _rank(one: Round) -> tuple[bool, bool, str]:
    return one.record is not None, bool(one.record and one.record.published), one.name


def require_one_subject(rounds: Sequence[Round], any_subject: bool) -> None:
    """Raise UsageError where the audits are of different subjects and nobody asked for that."""
    each_of: dict[str, Round] = {}
    for one in rounds:
        each_of.setdefault(folded(one.subject.name), one)
    if len(each_of) > 1 and not any_subject:
        shown = in_short(
            _("{file} has “{name}”").format(file=one.name, name=one.subject.name) for one in each_of.values()
        )
        what = _("these audits are of different subjects: {list}").format(list=shown)
        hint = _("Compare audits of one subject, or say that it is one with --any-subject.")
        raise UsageError(Problem("", what, f"{look_alikes(one.subject.name for one in rounds)} {hint}".lstrip()))


def require_series(rounds: Sequence[Round], any_subject: bool, unread: Sequence[Problem]) -> None:
    """Raise UsageError where the audits are too few for a series, or those that `require_one_subject` refuses.

    Where they are too few, it names all that could not be read too.
    """
    require_one_subject(rounds, any_subject)
    if len(rounds) < _FEWEST:
        what = _("`trend` needs at least two audits of different days or names")
        raise UsageError([*unread, Problem("", what, _("Name more audits, or the folder they are in."))])


def read_rounds(materials: Sequence[Material], named: Sequence[str], today: date) -> list[Round]:
    """Each of these, read; `named` are the rubrics to choose from. Raises InputError with every problem of each."""
    problems: list[Problem] = []
    rounds = readable_rounds(materials, named, today, problems)
    if problems:
        raise InputError(problems)
    return rounds


def readable_rounds(
    materials: Sequence[Material],
    named: Sequence[str],
    today: date,
    unread: list[Problem],
    kept: Callable[[Round], Round] = lambda one: one,
) -> list[Round]:
    """Those of these that can be read, as `read_rounds` reads them; every problem of the others goes into `unread`.

    Records that carry their rubric come first, because it may be that of other rounds. Each is read when its turn
    comes, and `kept` says what is kept of it, where there may be very many.
    """
    rubrics = Rubrics(named)
    rounds: dict[int, Round] = {}
    waiting: list[int] = []
    problems: list[Problem] = []

    def read_first(place: int) -> None:
        record = _recorded(materials[place])
        if record is None or record.content.rubric.content is None:
            waiting.append(place)
        else:
            rounds[place] = kept(_from_record(record, rubrics))

    def read(place: int) -> None:
        material = materials[place]
        try:
            record = _recorded(material)
            one = _from_record(record, rubrics) if record else _from_answers(material, rubrics, today)
        except InputError as error:
            placed = [replace(problem, path=problem.path or material.name) for problem in error.problems]
            raise InputError(placed) from None
        rounds[place] = kept(one)

    tried(read_first, range(len(materials)), problems)
    tried(read, waiting, problems)
    unread += dict.fromkeys(problems)
    return [rounds[place] for place in sorted(rounds)]


def _recorded(material: Material) -> Sourced[Record] | None:
    """The record, where it is one."""
    found = material.record()
    return read_record(found.content, found.file) if found else None


def without_words(one: Round) -> Round:
    """A round without what was said beside each answer: its score has the answers, and its actions are whole.

    Of the answers of each view one is left that is known, if there is any: it was heard.
    """
    views = (replace(view, content=_heard(view.content)) for view in one.audit.views)
    record = one.record
    if record:
        rubric = record.rubric.changed(content=None)
        record = record.changed(**dict.fromkeys(_IN_DETAIL, ()), next_steps=None, rubric=rubric)
    return replace(one, audit=replace(one.audit, views=tuple(views)), record=record)


_IN_DETAIL = ("views", "readings", "gates", "items", "disagreements", "spread", "actions", "warnings")
"""Parts of a record whose score is there."""


def _heard(view: View) -> View:
    known = ({item: given} for item, given in view.answers.items() if given.answer not in (None, UNKNOWN))
    return view.changed(answers=next(known, {}))


def by_service(rounds: Sequence[Round]) -> tuple[list[list[Round]], list[tuple[str, str]]]:
    """The audits of each service in the order of time, the services by their names; and what `in_order` left out."""
    services: dict[str, list[Round]] = {}
    for one in rounds:
        services.setdefault(folded(one.subject.name), []).append(one)
    ordered = [in_order(services[name]) for name in sorted(services)]
    return [series for series, _left in ordered], [pair for _series, left in ordered for pair in left]


def _from_answers(material: Material, rubrics: Rubrics, today: date) -> Round:
    read = read_views(material.files, today)
    references = [view.rubric for view in read if view.rubric]
    ready = rubric_named_by(read, lambda name: rubrics.for_answers(name, references))
    audit = replace(audit_of(read, ready.source, ready.rules), left_alone=material.others)
    score = score_of(ready.compiled, (view.content for view in audit.views))
    counts = (people for view in audit.views for people in view.content.present.items())
    return Round(
        name=material.name,
        audit=audit,
        score=score,
        people=_people(score, counts),
        lineage=frozenset(lineage(ready.source)),
        fingerprint=fingerprint(ready.source),
    )


def _from_record(read: Sourced[Record], rubrics: Rubrics) -> Round:
    record, file = read.content, read.file
    ready = rubrics.of_record(record, file)
    if ready is not None:
        require_sound(record, file, ready.compiled)
        score = Score(ready.compiled, compiled_views(record, ready.compiled))
        return _recorded_round(record, file, ready.source, score)
    other = rubrics.stand_in(record)
    if other is None:
        what = _("this record does not carry its rubric, and the rubric `{rubric}` is not here")
        what = what.format(rubric=record.rubric.reference)
        raise InputError(Problem(file, what, _("Name a version of it with -r FILE.")))
    return _with_stand_in(record, file, other)


def _with_stand_in(record: Record, file: str, other: Ready) -> Round:
    asked = [item.id for item in record.items]
    cut = _cut_down(other.source.content, asked)
    known = {item.id for item in cut.items}
    score = recorded_score(record, compile_rubric(cut))
    source = Sourced(cut, other.source.file, record.rubric.sha256)
    return _recorded_round(record, file, source, score, tuple(item for item in asked if item not in known))


def _recorded_round(
    record: Record, file: str, rubric: Sourced[Rubric], score: Score, not_shown: tuple[str, ...] = ()
) -> Round:
    return Round(
        name=file,
        audit=recorded_audit(record, file, rubric),
        score=score,
        people=_people(score, (people for view in record.views for people in view.respondents.items())),
        lineage=frozenset(record.rubric.lineage),
        fingerprint=record.rubric.fingerprint,
        record=record,
        not_shown=not_shown,
    )


def _people(score: Score, counts: Iterable[tuple[str, int | FewerThan]]) -> dict[str, People]:
    """How many people of each perspective answered; somebody who took part in two views counts twice."""
    found: dict[str, People] = {}
    for name, count in counts:
        low, high = (1, count.fewer_than - 1) if isinstance(count, FewerThan) else (count, count)
        before = found.get(name, People(0, 0))
        found[name] = People(before.at_least + low, before.at_most + high)
    return {name: found[name] for name in score.rubric.perspectives if name in found}


def _cut_down(rubric: Rubric, asked: Sequence[str]) -> Rubric:
    """A rubric with only these questions, each by itself."""
    alone = {"limits": (), "alternative_stage": None}
    indicators = [item.changed(**alone, implies=()) for item in rubric.indicators if item.id in asked]
    others = [item.changed(limits=()) for item in rubric.anti_patterns if item.id in asked]
    return rubric.changed(indicators=tuple(indicators), anti_patterns=tuple(others))
