"""Two rounds of one audit, held against each other item by item.

It does not flatter: what is not known any more is never counted as better, and never hidden.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from involve_audit.engine.compiled import CompiledItem, CompiledRubric
from involve_audit.engine.reading import TOLERANCE
from involve_audit.engine.score import Score

IMPROVED, WORSE, UNCHANGED = "improved", "worse", "unchanged"
NEWLY_KNOWN, NO_LONGER_KNOWN = "newly-known", "no-longer-known"
BECAME_NOT_APPLICABLE, BECAME_APPLICABLE = "became-not-applicable", "became-applicable"
NEW_IN_RUBRIC, GONE_FROM_RUBRIC = "new-in-rubric", "gone-from-rubric"

_OPEN = ("unknown", "unanswered")
_ASIDE = "not-applicable"


class Answered(NamedTuple):
    """An item's answer and its own value at the floor: what is not known at its worst, None where it does not apply."""

    answer: str
    value: float | None


class Round(NamedTuple):
    """One side of a comparison: the stage that is published, and the answer to every item that its rubric has."""

    stage: str
    items: Mapping[str, Answered]


class ItemChange(NamedTuple):
    """How one item moved: `kind` is one of the names above. `loses` says whether it counts less at the floor."""

    item: str
    kind: str
    before: str | None
    after: str | None
    loses: bool


class Comparison(NamedTuple):
    """What changed: the stage, and every item that either side has, in the rubric's order."""

    before: str
    after: str
    fell: bool
    items: tuple[ItemChange, ...]

    @property
    def lost(self) -> tuple[ItemChange, ...]:
        """The items that count less than before."""
        return tuple(change for change in self.items if change.loses)


def compare(rubric: CompiledRubric, before: Round, after: Round) -> Comparison:
    """How `after` differs from `before`, both with answers and stages that this rubric knows."""
    place = rubric.stages.index
    return Comparison(
        before=before.stage,
        after=after.stage,
        fell=place(after.stage) < place(before.stage),
        items=tuple(_changes(rubric, before.items, after.items)),
    )


def round_of(score: Score) -> Round:
    """An audit that was just scored, as one side of a comparison."""
    answers = zip(score.rubric.items, score.resolved.answers, score.own_values, strict=True)
    return Round(score.floor, {item.id: Answered(score.rubric.word(code), value) for item, code, value in answers})


def round_from(rubric: CompiledRubric, stage: str, answers: Mapping[str, str]) -> Round:
    """An earlier round, of which the answers were kept as words; those that this rubric does not know are left out."""
    codes = {rubric.word(code): code for code in range(rubric.unanswered + 1)}
    return Round(
        stage,
        {
            item.id: Answered(word, rubric.worst[place][codes[word]])
            for place, item in enumerate(rubric.items)
            if (word := answers.get(item.id)) in codes
        },
    )


def _changes(
    rubric: CompiledRubric, before: Mapping[str, Answered], after: Mapping[str, Answered]
) -> Iterator[ItemChange]:
    for item in rubric.items:
        then, now = before.get(item.id), after.get(item.id)
        if then or now:
            words = (then and then.answer, now and now.answer)
            yield ItemChange(item.id, _kind(item, then, now), *words, loses=_loses(item, then, now))


def _kind(item: CompiledItem, then: Answered | None, now: Answered | None) -> str:
    if then is None or now is None:
        return NEW_IN_RUBRIC if then is None else GONE_FROM_RUBRIC
    if then.answer in _OPEN or now.answer in _OPEN:
        return _of_open(then.answer in _OPEN, now.answer in _OPEN)
    if then.answer == _ASIDE or now.answer == _ASIDE:
        return UNCHANGED if then == now else BECAME_APPLICABLE if then.answer == _ASIDE else BECAME_NOT_APPLICABLE
    gain = _gain(item, then, now)
    return UNCHANGED if abs(gain) <= TOLERANCE else IMPROVED if gain > 0 else WORSE


def _of_open(then_open: bool, now_open: bool) -> str:
    if then_open and now_open:
        return UNCHANGED
    return NEWLY_KNOWN if then_open else NO_LONGER_KNOWN


def _loses(item: CompiledItem, then: Answered | None, now: Answered | None) -> bool:
    return then is not None and now is not None and _gain(item, then, now) < -TOLERANCE


def _gain(item: CompiledItem, then: Answered, now: Answered) -> float:
    """By how much an item counts for more than before; nothing where it does not apply in both."""
    if then.value is None or now.value is None:
        return 0.0
    return (then.value - now.value) if item.lower_is_better else (now.value - then.value)
