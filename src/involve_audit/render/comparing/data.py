"""A comparison of two audits as JSON: the same input gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator

from involve_audit import __version__
from involve_audit.engine.comparing.actions import ActionChange
from involve_audit.engine.comparing.gates import GateChange
from involve_audit.engine.comparing.people import People, PeopleChange
from involve_audit.engine.comparing.split import Reached, Split, StageStep
from involve_audit.engine.score import GateResult, Score
from involve_audit.escaping import json_text
from involve_audit.model.comparison import (
    DIFF_FORMAT,
    ActionCompared,
    AnswerFound,
    AuditCompared,
    Diff,
    Direction,
    FlatteringFound,
    GateCompared,
    GateMeasured,
    ItemCompared,
    PeopleCompared,
    PeopleFound,
    ReachedFound,
    RubricNamed,
    SplitFound,
    StageOf,
    StepFound,
)
from involve_audit.model.record import Tool
from involve_audit.render.comparing.report import DiffPage
from involve_audit.render.comparing.shown import ReadRound


def render(report: DiffPage) -> str:
    """The comparison as text."""
    return json_text(as_data(report).model_dump_json(indent=2, by_alias=True)) + "\n"


def as_data(report: DiffPage) -> Diff:
    """Everything that the report says, as data."""
    found = report.comparison
    return Diff(
        format=DIFF_FORMAT,
        tool=Tool(version=__version__),
        written=report.options.written,
        before=audit_of(report.before),
        after=audit_of(report.after),
        comparable=found.is_comparable,
        not_comparable_because=found.split.reason,
        stage=step_of(found.split.whole),
        split=None if found.same_rubric else split_of(found.split, report.before, report.after),
        counts=found.counts,
        items=tuple(_items(report)),
        gates=tuple(_gate(change) for change in found.gates),
        flattering=tuple(_flattering(report)),
        people=tuple(_people(change) for change in found.people),
        actions=tuple(_action(change) for change in found.actions),
        notes=tuple(report.notes),
    )


def _items(report: DiffPage) -> Iterator[ItemCompared]:
    found = report.comparison
    items = [*report.before.rubric.content.items, *report.after.rubric.content.items]
    themes = {item.id: item.theme for item in items}
    for change in found.items:
        yield ItemCompared(
            id=change.item,
            theme=themes.get(change.item),
            change=change.kind,
            cause=change.cause,
            gain=round(change.gain, 9),
            then=_answer(found.before, change.before, change.decided_then),
            now=_answer(found.after, change.after, change.decided_now),
        )


def _answer(score: Score, item: str | None, decided_by: str | None) -> AnswerFound | None:
    if item is None:
        return None
    place = score.places[item]
    answer, evidenced = score.rubric.word(score.resolved.answers[place]), score.resolved.evidenced[place]
    return AnswerFound(id=item, answer=answer, decided_by=decided_by or None, evidenced=evidenced)


def _gate(change: GateChange) -> GateCompared:
    return GateCompared(
        id=change.id, stage=change.stage, change=change.kind, then=_measured(change.then), now=_measured(change.now)
    )


def _measured(gate: GateResult | None) -> GateMeasured | None:
    if gate is None:
        return None
    return GateMeasured(
        value=None if gate.figure is None else round(gate.figure, 9),
        side=gate.side,
        threshold=round(gate.threshold, 9),
        holds=gate.holds,
    )


def _flattering(report: DiffPage) -> Iterator[FlatteringFound]:
    for found in report.comparison.flattering:
        yield FlatteringFound(
            kind=found.kind,
            items=tuple(change.item for change in found.items),
            gates=tuple(gate.id for gate in found.gates),
            actions=tuple(action.action.what for action in found.actions),
            stage_otherwise=found.otherwise,
        )


def _people(change: PeopleChange) -> PeopleCompared:
    return PeopleCompared(
        perspective=change.perspective,
        change=change.kind,
        then=change.then and people_of(change.then),
        now=change.now and people_of(change.now),
    )


def _action(change: ActionChange) -> ActionCompared:
    return ActionCompared(
        item=change.action.item,
        what=change.action.what,
        owner=change.action.owner,
        due=change.action.due,
        due_now=change.now.due if change.now else None,
        state=change.state,
        overdue_days=change.overdue,
        moved=change.moved.kind if change.moved else None,
    )


_DIRECTIONS: dict[int, Direction] = {1: "up", 0: "none", -1: "down"}


def audit_of(read: ReadRound) -> AuditCompared:
    """One audit as data."""
    score, record, rubric = read.score, read.record, read.rubric
    return AuditCompared(
        file=read.name,
        audit=read.id,
        subject=read.subject,
        date=read.date,
        rubric=RubricNamed(
            id=rubric.content.id,
            version=record.rubric.version if record else rubric.content.version,
            sha256=rubric.sha256,
        ),
        rubric_at_hand=not score.is_recorded,
        stage=StageOf(
            floor=score.floor,
            ceiling=score.ceiling,
            enough_known=score.enough_known,
            known=score.known,
            of=len(score.rubric.items),
        ),
        respondents={name: people_of(people) for name, people in read.people.items()},
    )


def people_of(people: People) -> PeopleFound:
    """A number of people as data."""
    return PeopleFound(at_least=people.at_least, at_most=people.at_most)


def step_of(step: StageStep | None) -> StepFound | None:
    """A step as data."""
    if step is None:
        return None
    direction = None if step.direction is None else _DIRECTIONS[step.direction]
    return StepFound(then=step.then, now=step.now, direction=direction)


def split_of(parts: Split, before: ReadRound, after: ReadRound) -> SplitFound:
    """What the organisation did and what the rubric did, as data."""
    taken_under = after if parts.under_new else before if parts.under_old else None
    return SplitFound(
        then_under_old=_reached(parts.then_under_old),
        then_under_new=parts.then_under_new and _reached(parts.then_under_new),
        now_under_old=parts.now_under_old and _reached(parts.now_under_old),
        now_under_new=_reached(parts.now_under_new),
        organisation=step_of(parts.organisation),
        organisation_under=taken_under.rubric.content.version if taken_under else None,
        rubric=step_of(parts.rubric),
    )


def _reached(reached: Reached) -> ReachedFound:
    return ReachedFound(lowest=reached.lowest, highest=reached.highest)
