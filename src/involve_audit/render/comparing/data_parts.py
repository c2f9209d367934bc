"""The parts of comparisons as data, shared by diff and trend."""

from __future__ import annotations

from involve_audit.engine.comparing.people import People
from involve_audit.engine.comparing.split import Reached, Split, Step
from involve_audit.model.comparison import (
    AuditCompared,
    Direction,
    PeopleFound,
    ReachedFound,
    RubricNamed,
    SplitFound,
    StageOf,
    StepFound,
)
from involve_audit.render.comparing.shown import ReadRound

_DIRECTIONS: dict[int, Direction] = {1: "up", 0: "none", -1: "down"}


def audit_of(read: ReadRound) -> AuditCompared:
    """One audit as data."""
    side, record, rubric = read.side, read.record, read.rubric
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
        rubric_at_hand=side.recorded is None,
        stage=StageOf(
            floor=side.floor,
            ceiling=side.ceiling,
            enough_known=side.enough_known,
            known=side.known,
            of=len(side.rubric.items),
        ),
        respondents={name: people_of(people) for name, people in read.people.items()},
    )


def people_of(people: People) -> PeopleFound:
    """A number of people as data."""
    return PeopleFound(at_least=people.low, at_most=people.high)


def step_of(step: Step | None) -> StepFound | None:
    """A step as data."""
    if step is None:
        return None
    direction = None if step.direction is None else _DIRECTIONS[step.direction]
    return StepFound(then=step.then, now=step.now, direction=direction)


def split_of(parts: Split, before: ReadRound, after: ReadRound) -> SplitFound:
    """What the organisation did and what the rubric did, as data."""
    taken_under = after if parts.under_new else before if parts.under_old else None
    return SplitFound(
        then_under_old=_reached(parts.then_old),
        then_under_new=parts.then_new and _reached(parts.then_new),
        now_under_old=parts.now_old and _reached(parts.now_old),
        now_under_new=_reached(parts.now_new),
        organisation=step_of(parts.organisation),
        organisation_under=taken_under.rubric.content.version if taken_under else None,
        rubric=step_of(parts.rubric),
    )


def _reached(reached: Reached) -> ReachedFound:
    return ReachedFound(lowest=reached.low, highest=reached.high)
