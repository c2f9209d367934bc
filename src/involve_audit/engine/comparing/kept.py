"""An audit held against what an earlier run kept of it: little enough to keep of very many (docs/batch.md).

Items move as in every comparison (`comparing.changes`); what moved them, only the whole audits could tell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from involve_audit.engine.comparing.changes import (
    GONE,
    NEW,
    WORSE,
    State,
    gain,
    kind_of,
    state_of,
)
from involve_audit.engine.compiled import CompiledRubric
from involve_audit.engine.measures import TOLERANCE
from involve_audit.engine.score import Score


class Kept(NamedTuple):
    """What is kept of an audit: the stage that is published, and each item as it stands."""

    stage: str
    items: Mapping[str, State]


class ItemSince(NamedTuple):
    """How one item moved, by one of the kinds of `comparing.changes`; `before` and `after` are its answers."""

    item: str
    kind: str
    before: str | None
    after: str | None
    is_regression: bool


class Since(NamedTuple):
    """What changed: the stage, and every item that either side has, in the rubric's order."""

    before: str
    after: str
    fell: bool
    items: tuple[ItemSince, ...]

    @property
    def lost(self) -> tuple[ItemSince, ...]:
        """The items that are worse, or that count for less because they are not known any more."""
        return tuple(moved for moved in self.items if moved.is_regression)


def since(rubric: CompiledRubric, before: Kept, after: Kept) -> Since:
    """How `after` differs from `before`, both with answers and stages that this rubric knows."""
    place = rubric.stages.index
    fell = place(after.stage) < place(before.stage)
    return Since(before.stage, after.stage, fell, tuple(_moved(rubric, before.items, after.items)))


def kept_of(score: Score) -> Kept:
    """What there is to keep of an audit that was just scored."""
    said, rubric = score.resolved, score.rubric
    states = {
        item.id: state_of(rubric, place, said.answers[place], said.evidenced[place])
        for place, item in enumerate(rubric.items)
    }
    return Kept(score.floor, states)


def kept_from(
    rubric: CompiledRubric, stage: str, answers: Mapping[str, str], unevidenced: Collection[str] | None
) -> Kept:
    """What was kept as words. Answers that this rubric does not know are left out.

    `unevidenced` are the items that had no evidence; None where that was not kept, so that it makes no difference.
    """
    codes = rubric.codes
    states = {}
    for place, item in enumerate(rubric.items):
        code = codes.get(answers.get(item.id, ""))
        if code is not None:
            evidenced = None if unevidenced is None else item.id not in unevidenced
            states[item.id] = state_of(rubric, place, code, evidenced)
    return Kept(stage, states)


def _moved(rubric: CompiledRubric, before: Mapping[str, State], after: Mapping[str, State]) -> Iterator[ItemSince]:
    for item in rubric.items:
        then, now = before.get(item.id), after.get(item.id)
        if then and now:
            kind = kind_of(then, now)
            lost = kind == WORSE or gain(then, now) < -TOLERANCE
            yield ItemSince(item.id, kind, then.answer, now.answer, lost)
        elif then or now:
            yield ItemSince(item.id, GONE if then else NEW, then and then.answer, now and now.answer, False)
