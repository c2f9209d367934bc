"""What many audits for one rubric have in common (docs/batch.md, "The overview").

Counts of audits and nothing else is kept of each, so that there may be any number, counted by several workers.
What is not known is counted apart everywhere: it is neither a yes nor a no.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from involve_audit.engine.compiled import CompiledGate, CompiledRubric
from involve_audit.engine.measures import MEASURES, SET_ASIDE, TOLERANCE, VALUE
from involve_audit.engine.score import Score


class Tally:
    """Counts over audits for one rubric. Lists are by the places of stages, items and perspectives.

    `original` is the rubric that this one was tailored from, if it was.
    """

    def __init__(self, rubric: CompiledRubric, original: CompiledRubric | None = None) -> None:
        items = len(rubric.items)
        self.audits = 0
        self.little_known = 0
        self.differing = 0
        self.spread = [0] * items
        self.split = [0] * items
        self.at_stage = [0] * len(rubric.stages)
        self.could_be_higher = [0] * len(rubric.stages)
        self.answers = [[0] * (rubric.unanswered + 1) for _ in range(items)]
        self.holding_back = [0] * items
        self.not_known_holding_back = [0] * items
        self.unheard_holding_back = [0] * len(rubric.perspectives)
        self.heard = [0] * len(rubric.perspectives)
        self.under_original = [0] * (len(original.stages) + 1) if original else []

    def add(self, score: Score, below: Score | None = None) -> None:
        """Count one audit; `below` is what its answers come to under the original rubric."""
        self.audits += 1
        self.differing += bool(score.disagreements)
        if score.enough_known:
            self.at_stage[score.standing.floor] += 1
            self.could_be_higher[score.standing.floor] += score.standing.ceiling > score.standing.floor
        else:
            self.little_known += 1
        for counts, code in zip(self.answers, score.resolved.answers, strict=True):
            counts[code] += 1
        for perspective in score.heard:
            self.heard[score.rubric.perspectives.index(perspective)] += 1
        for place, is_split in _split(score).items():
            self.spread[place] += 1
            self.split[place] += is_split
        if below is not None:
            self.under_original[below.standing.floor if below.enough_known else -1] += 1
        self._add_what_holds_back(score)

    def _add_what_holds_back(self, score: Score) -> None:
        failing = _failing_above(score)
        for perspective in {gate.perspective for gate in failing if gate.perspective is not None}:
            self.unheard_holding_back[perspective] += 1
        last_known = score.rubric.not_applicable
        for item in {item for gate in failing if gate.perspective is None for item in _short(score, gate)}:
            self.holding_back[item] += 1
            self.not_known_holding_back[item] += score.resolved.answers[item] > last_known

    def merge(self, other: Tally) -> None:
        """Add what another tally for the same rubric counted."""
        for name, value in vars(other).items():
            setattr(self, name, _sum(getattr(self, name), value))


def _sum(one: object, other: object) -> object:
    if isinstance(one, list) and isinstance(other, list):
        return [_sum(*pair) for pair in zip(one, other, strict=True)]
    return one + other  # type: ignore[operator]


def _split(score: Score) -> dict[int, bool]:
    """The places of items of which a spread within a group is known, and whether one of these groups is split."""
    found: dict[int, bool] = {}
    for spread in score.spreads:
        place = score.places[spread.item]
        found[place] = found.get(place, False) or spread.is_split
    return found


def _failing_above(score: Score) -> list[CompiledGate]:
    """The gates that keep an audit from its next stage."""
    names = score.held_back_by
    return [gate for gates in score.rubric.gates for gate in gates if gate.id in names]


def _short(score: Score, gate: CompiledGate) -> Iterator[int]:
    """The items of a gate that are short of their best; all that were set aside where that is what fails."""
    values, looks_at = score.standing.floor_values, MEASURES[gate.measure].looks_at
    for item in gate.items:
        value = values[item]
        if value is None:
            if looks_at == SET_ASIDE:
                yield item
        elif looks_at == VALUE:
            best = 0.0 if score.rubric.items[item].lower_is_better else 1.0
            if abs(value - best) > TOLERANCE:
                yield item


class AtStage(NamedTuple):
    """How many audits are at a stage, and how many of them could be higher if the open answers were good."""

    stage: str
    audits: int
    could_be_higher: int


class HoldingBack(NamedTuple):
    """How many audits an item keeps from their next stage, and for how many of them nobody knows its answer."""

    item: str
    audits: int
    not_known: int


class SplitWithin(NamedTuple):
    """In how many audits the people of one group are split on an item, of all in which enough of them answered it."""

    item: str
    audits: int
    of: int


class Answered(NamedTuple):
    """In how many audits an item is as it should be, in part and not, in how many that is not known, and in how many
    it was set aside. What is only planned is not as it should be."""

    item: str
    best: int
    part: int
    worst: int
    not_known: int
    set_aside: int


class Heat(NamedTuple):
    """One cell of the grid over all audits: how far it is as it should be, from `known` answers; `not_known` are open.

    Of its `items`, the `neutral` ones are neither good nor bad and left out of all else. `share` is None where no
    answer is known, and `items` is 0 where the source does not distinguish.
    """

    stage: str
    items: int
    neutral: int
    share: float | None
    known: int
    not_known: int


class Overview(NamedTuple):
    """What many audits for one rubric have in common. Counts are of audits, except in the grid.

    `unheard` counts, for each perspective that a condition of a stage asks to be heard, or else for the first one, the
    audits in which nobody of it gave a known answer. `answers` has every item, in the rubric's order.
    `under_original` has a count for each stage of the rubric that this one was tailored from, and at last that of
    audits of which too little is known; it is empty where nothing was tailored.
    """

    audits: int
    stages: tuple[AtStage, ...]
    little_known: int
    differing: int
    holding_back: tuple[HoldingBack, ...]
    unheard_holding_back: tuple[tuple[str, int], ...]
    answers: tuple[Answered, ...]
    anti_patterns: tuple[Answered, ...]
    split: tuple[SplitWithin, ...]
    heard: tuple[tuple[str, int], ...]
    unheard: tuple[tuple[str, int], ...]
    grid: tuple[tuple[str, tuple[Heat, ...]], ...]
    under_original: tuple[int, ...] = ()


def overview(rubric: CompiledRubric, tally: Tally) -> Overview:
    """The tally by name: stages in order, what holds back or is there most often first, ties in the rubric's order."""
    answers = tuple(_answered(rubric, tally, place) for place in range(len(rubric.items)))
    return Overview(
        audits=tally.audits,
        stages=tuple(map(AtStage, rubric.stages, tally.at_stage, tally.could_be_higher)),
        little_known=tally.little_known,
        differing=tally.differing,
        holding_back=tuple(sorted(_holding_back(rubric, tally), key=lambda item: -item.audits)),
        unheard_holding_back=tuple(
            pair for pair in zip(rubric.perspectives, tally.unheard_holding_back, strict=True) if pair[1]
        ),
        answers=answers,
        anti_patterns=tuple(
            sorted((answers[n] for n in rubric.anti_patterns), key=lambda item: (-item.worst - item.part, -item.worst))
        ),
        split=tuple(sorted(_splits(rubric, tally), key=lambda item: -item.audits)),
        heard=tuple(zip(rubric.perspectives, tally.heard, strict=True)),
        unheard=tuple((rubric.perspectives[n], tally.audits - tally.heard[n]) for n in _to_be_heard(rubric)),
        grid=tuple((theme, tuple(_heat(rubric, tally, *cell) for cell in row)) for theme, row in rubric.grid),
        under_original=tuple(tally.under_original),
    )


def _holding_back(rubric: CompiledRubric, tally: Tally) -> Iterator[HoldingBack]:
    for item, audits, unknown in zip(rubric.items, tally.holding_back, tally.not_known_holding_back, strict=True):
        if audits:
            yield HoldingBack(item.id, audits, unknown)


def _splits(rubric: CompiledRubric, tally: Tally) -> Iterator[SplitWithin]:
    for item, audits, of in zip(rubric.items, tally.split, tally.spread, strict=True):
        if audits:
            yield SplitWithin(item.id, audits, of)


def _to_be_heard(rubric: CompiledRubric) -> list[int]:
    """The places of the perspectives that a condition of a stage asks for, or else of the first one."""
    asked = {gate.perspective for gates in rubric.gates for gate in gates if gate.perspective is not None}
    return sorted(asked) or [0][: len(rubric.perspectives)]


def _answered(rubric: CompiledRubric, tally: Tally, place: int) -> Answered:
    worth = Counter[float]()
    for value, audits in zip(rubric.values, tally.answers[place], strict=False):
        worth[_goodness(rubric, place, value)] += audits
    in_part = worth.total() - worth[1] - worth[0]
    set_aside = tally.answers[place][rubric.not_applicable]
    return Answered(rubric.items[place].id, worth[1], in_part, worth[0], _not_known(rubric, tally, [place]), set_aside)


def _goodness(rubric: CompiledRubric, place: int, value: float) -> float:
    """How far an answer of this value is as it should be, from 0 to 1."""
    return 1 - value if rubric.items[place].lower_is_better else value


def _heat(rubric: CompiledRubric, tally: Tally, stage: str, items: tuple[int, ...]) -> Heat:
    judged = [place for place in items if rubric.items[place].is_achievement or rubric.items[place].lower_is_better]
    known, total = 0, 0.0
    for place in judged:
        for value, audits in zip(rubric.values, tally.answers[place], strict=False):
            known += audits
            total += audits * _goodness(rubric, place, value)
    share = total / known if known else None
    return Heat(stage, len(items), len(items) - len(judged), share, known, _not_known(rubric, tally, judged))


def _not_known(rubric: CompiledRubric, tally: Tally, items: Iterable[int]) -> int:
    return sum(sum(tally.answers[item][rubric.unknown :]) for item in items)
