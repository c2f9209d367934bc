"""What every item counts as and by how much every gate holds, kept up to date while single answers change.

A gate is seen as a sum over its items, its margin (`measures.MeasureRow`), so that a changed item changes each sum by
one part, whatever the measure. What an item limits or implies is read again only as far as it changes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from involve_audit.engine.compiled import CompiledGate, CompiledRubric
from involve_audit.engine.measures import MEASURES, TOLERANCE, MeasureRow, State
from involve_audit.engine.reading import effective

MOST_MARGINS = 256
"""Of so many gates the margins are kept: each of many audits asks for the same ones."""


class Margin(NamedTuple):
    """A gate as a sum: by how much it holds, made up of `start` and of the `part` that an item in some state adds."""

    gate: CompiledGate
    row: MeasureRow
    start: float
    least: float
    part: Callable[[State], float]


@lru_cache(MOST_MARGINS)
def margin(gate: CompiledGate) -> Margin:
    """The margin of a gate. It holds from `least` up: a small part of a step, or of what rounding may take away."""
    row = MEASURES[gate.measure]
    least = -0.5 if row.all_or_nothing else -TOLERANCE * max(1, len(gate.items))
    # There are few states, and searches ask for their parts all the time.
    part = cache(lambda state: row.part(state, gate.threshold, gate.at_least))
    return Margin(gate, row, row.start(gate.threshold, gate.at_least), least, part)


class Balance:
    """Starts with these own values, everybody heard, for these gates.

    `counting` is the state that each item counts in; `broken` are the numbers of the gates that do not hold, and
    `gates_of` those of the gates that look at each item. `looks` counts how often an item or a gate was looked at, for
    whoever has to keep to a budget.
    """

    margins: Sequence[Margin]
    gates_of: Mapping[int, Sequence[int]]

    def __init__(self, rubric: CompiledRubric, own: Sequence[float | None], gates: Iterable[CompiledGate]) -> None:
        self.rubric = rubric
        self.own = list(own)
        self.counting: list[State] = [(value, True) for value in effective(rubric, own)]
        self.margins = [margin(gate) for gate in gates]
        self.sums = [one.start + sum(one.part(self.counting[item]) for item in one.gate.items) for one in self.margins]
        self.applicable = [sum(self.counting[i][0] is not None for i in one.gate.items) for one in self.margins]
        gates_of: dict[int, list[int]] = {item: [] for item in range(len(rubric.items))}
        for number, one in enumerate(self.margins):
            for item in one.gate.items:
                gates_of[item].append(number)
        self.gates_of = gates_of
        self.broken = {number for number in range(len(self.margins)) if not self._holds(number)}
        self.links = Links(rubric)
        self.looks = 0

    def put(self, item: int, state: State) -> None:
        """Put an item into a state, and whatever it limits or implies into what follows."""
        self.own[item] = state[0]
        if item not in self.links.linked:
            self._count(item, state)
            return
        turn = self.links.turn
        waiting = [(turn[other], other) for other in (item, *self.links.limits.get(item, ()))]
        heapify(waiting)
        while waiting:
            _, other = heappop(waiting)
            now = self._value(other), state[1] if other == item else self.counting[other][1]
            if now != self.counting[other]:
                self._count(other, now)
                for target in self.links.implies.get(other, ()):
                    heappush(waiting, (turn[target], target))

    def _value(self, item: int) -> float | None:
        """What an item counts as, those that imply it being read."""
        value, limiting, raising = self.own[item], self.rubric.limited_by[item], self.rubric.implied_by[item]
        self.looks += 1 + len(limiting) + len(raising)
        if value is None:
            return None
        if value > self.rubric.limit_to and any((self.own[source] or 0.0) >= 1 - TOLERANCE for source in limiting):
            value = self.rubric.limit_to
        return max([value, *(least for source in raising if (least := self.counting[source][0]) is not None)])

    def _count(self, item: int, state: State) -> None:
        before = self.counting[item]
        if before == state:
            return
        self.counting[item] = state
        aside = (state[0] is not None) - (before[0] is not None)
        numbers = self.gates_of[item]
        self.looks += len(numbers)
        for number in numbers:
            one = self.margins[number]
            self.sums[number] += one.part(state) - one.part(before)
            self.applicable[number] += aside
            if self._holds(number):
                self.broken.discard(number)
            else:
                self.broken.add(number)

    def _holds(self, number: int) -> bool:
        one = self.margins[number]
        return self.sums[number] >= one.least and not (one.row.nothing_fails and not self.applicable[number])


class Links:
    """What limits and implies what. `turn` has whatever implies an item before it; `linked` are all that take part."""

    def __init__(self, rubric: CompiledRubric) -> None:
        self.limits, self.implies = dict(rubric.limits), dict(rubric.implies)
        turns = {source: turn for turn, source in enumerate(self.implies)}
        self.turn = [turns.get(item, len(turns)) for item in range(len(rubric.items))]
        pairs = (*rubric.limits, *rubric.implies)
        self.linked = frozenset(item for source, targets in pairs for item in (source, *targets))

    def moved_by(self, items: Collection[int]) -> list[int]:
        """These items and all that they limit or imply, directly or not, each after what implies it."""
        found, waiting = set(items), list(items)
        while waiting:
            item = waiting.pop()
            fresh = {*self.limits.get(item, ()), *self.implies.get(item, ())} - found
            found |= fresh
            waiting += fresh
        return sorted(found, key=lambda item: (self.turn[item], item))
