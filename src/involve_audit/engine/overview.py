"""What many audits for one rubric have in common (docs/batch.md, "The overview").

Counts of audits and nothing else is kept of each, so that there may be any number, counted by several workers.
What is not known is counted apart everywhere: it is neither a yes nor a no.
"""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

from involve_audit.engine.compiled import CompiledGate, CompiledRubric
from involve_audit.engine.measures import MEASURES, SET_ASIDE, TOLERANCE, VALUE
from involve_audit.engine.score import Score


class Tally:
    """Counts over audits for one rubric, one after another in a list: `of` gives those of one kind.

    They are by the places of stages, items and perspectives. `original` is the rubric that this one was tailored from,
    if it was.
    """

    def __init__(self, rubric: CompiledRubric, original: CompiledRubric | None = None) -> None:
        items, stages, perspectives = len(rubric.items), len(rubric.stages), len(rubric.perspectives)
        self._codes = rubric.unanswered + 1
        sizes = {
            **dict.fromkeys(("audits", "little_known", "differing"), 1),
            **dict.fromkeys(("at_stage", "could_be_higher"), stages),
            **dict.fromkeys(("heard", "unheard_holding_back"), perspectives),
            **dict.fromkeys(("spread", "split", "holding_back", "not_known_holding_back"), items),
            "answers": items * self._codes,
            "under_original": len(original.stages) + 1 if original else 0,
        }
        ends = [0, *accumulate(sizes.values())]
        self._places = {name: range(*pair) for name, pair in zip(sizes, pairwise(ends), strict=True)}
        self.counts = [0] * ends[-1]

    def of(self, name: str) -> list[int]:
        """The counts of one kind."""
        places = self._places[name]
        return self.counts[places.start : places.stop]

    def one(self, name: str) -> int:
        """The only count of a kind that has one."""
        return self.counts[self._places[name][0]]

    def answers(self, item: int) -> list[int]:
        """How many audits gave an item each answer, by code."""
        start = self._places["answers"].start + item * self._codes
        return self.counts[start : start + self._codes]

    def add(self, score: Score, below: Score | None = None) -> None:
        """Count one audit; `below` is what its answers come to under the original rubric."""
        self.count(chain(self._stages(score, below), self._answers(score), self._holding_back(score)))

    def count(self, places: Iterable[int]) -> None:
        """Count one more at each of these places of `counts`."""
        counts = self.counts
        for place in places:
            counts[place] += 1

    def _stages(self, score: Score, below: Score | None) -> Iterator[int]:
        """Where an audit counts for what it came to."""
        at, standing = self._places, score.standing
        yield at["audits"][0]
        if not score.enough_known:
            yield at["little_known"][0]
        else:
            yield at["at_stage"][standing.floor]
            if standing.ceiling > standing.floor:
                yield at["could_be_higher"][standing.floor]
        if below is not None:
            yield at["under_original"][below.standing.floor if below.enough_known else -1]

    def _answers(self, score: Score) -> Iterator[int]:
        """Where it counts for who said what."""
        at = self._places
        if score.disagreements:
            yield at["differing"][0]
        yield from map(operator.add, at["answers"][:: self._codes], score.resolved.answers)
        for perspective in score.heard:
            yield at["heard"][score.rubric.perspectives.index(perspective)]
        for item, is_split in _split(score).items():
            yield at["spread"][item]
            if is_split:
                yield at["split"][item]

    def _holding_back(self, score: Score) -> Iterator[int]:
        """Where it counts for what keeps it from its next stage."""
        at, failing = self._places, _failing_above(score)
        for perspective in {gate.perspective for gate in failing if gate.perspective is not None}:
            yield at["unheard_holding_back"][perspective]
        last_known = score.rubric.not_applicable
        for item in {item for gate in failing if gate.perspective is None for item in _short(score, gate)}:
            yield at["holding_back"][item]
            if score.resolved.answers[item] > last_known:
                yield at["not_known_holding_back"][item]

    def merge(self, other: Tally) -> None:
        """Add what another tally for the same rubric counted."""
        self.counts = list(map(operator.add, self.counts, other.counts))


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
    heard = tally.of("heard")
    return Overview(
        audits=tally.one("audits"),
        stages=tuple(map(AtStage, rubric.stages, tally.of("at_stage"), tally.of("could_be_higher"))),
        little_known=tally.one("little_known"),
        differing=tally.one("differing"),
        holding_back=tuple(sorted(_holding_back(rubric, tally), key=lambda item: -item.audits)),
        unheard_holding_back=tuple(
            pair for pair in zip(rubric.perspectives, tally.of("unheard_holding_back"), strict=True) if pair[1]
        ),
        answers=answers,
        anti_patterns=tuple(
            sorted((answers[n] for n in rubric.anti_patterns), key=lambda item: (-item.worst - item.part, -item.worst))
        ),
        split=tuple(sorted(_splits(rubric, tally), key=lambda item: -item.audits)),
        heard=tuple(zip(rubric.perspectives, heard, strict=True)),
        unheard=tuple((rubric.perspectives[n], tally.one("audits") - heard[n]) for n in _to_be_heard(rubric)),
        grid=tuple((theme, tuple(_heat(rubric, tally, *cell) for cell in row)) for theme, row in rubric.grid),
        under_original=tuple(tally.of("under_original")),
    )


def _holding_back(rubric: CompiledRubric, tally: Tally) -> Iterator[HoldingBack]:
    for item, audits, unknown in zip(
        rubric.items, tally.of("holding_back"), tally.of("not_known_holding_back"), strict=True
    ):
        if audits:
            yield HoldingBack(item.id, audits, unknown)


def _splits(rubric: CompiledRubric, tally: Tally) -> Iterator[SplitWithin]:
    for item, audits, of in zip(rubric.items, tally.of("split"), tally.of("spread"), strict=True):
        if audits:
            yield SplitWithin(item.id, audits, of)


def _to_be_heard(rubric: CompiledRubric) -> list[int]:
    """The places of the perspectives that a condition of a stage asks for, or else of the first one."""
    asked = {gate.perspective for gates in rubric.gates for gate in gates if gate.perspective is not None}
    return sorted(asked) or [0][: len(rubric.perspectives)]


def _answered(rubric: CompiledRubric, tally: Tally, place: int) -> Answered:
    worth = Counter[float]()
    for value, audits in zip(rubric.values, tally.answers(place), strict=False):
        worth[_goodness(rubric, place, value)] += audits
    in_part = worth.total() - worth[1] - worth[0]
    set_aside = tally.answers(place)[rubric.not_applicable]
    return Answered(rubric.items[place].id, worth[1], in_part, worth[0], _not_known(rubric, tally, [place]), set_aside)


def _goodness(rubric: CompiledRubric, place: int, value: float) -> float:
    """How far an answer of this value is as it should be, from 0 to 1."""
    return 1 - value if rubric.items[place].lower_is_better else value


def _heat(rubric: CompiledRubric, tally: Tally, stage: str, items: tuple[int, ...]) -> Heat:
    judged = [place for place in items if rubric.items[place].is_achievement or rubric.items[place].lower_is_better]
    known, total = 0, 0.0
    for place in judged:
        for value, audits in zip(rubric.values, tally.answers(place), strict=False):
            known += audits
            total += audits * _goodness(rubric, place, value)
    share = total / known if known else None
    return Heat(stage, len(items), len(items) - len(judged), share, known, _not_known(rubric, tally, judged))


def _not_known(rubric: CompiledRubric, tally: Tally, items: Iterable[int]) -> int:
    return sum(sum(tally.answers(item)[rubric.unknown :]) for item in items)
