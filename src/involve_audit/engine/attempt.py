"""The states of all items while a search tries to make one gate fail, with every gate's margin kept up to date.

A gate is seen as a sum over its items, its margin (`measures.MeasureRow`), so that a changed item changes each sum by
one part, whatever the measure. Only items that limit or imply, or are limited or implied, need a new reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from involve_audit.engine.compiled import CompiledGate, CompiledRubric
from involve_audit.engine.measures import MEASURES, TOLERANCE, VALUE, VOICE, MeasureRow, State
from involve_audit.engine.reading import effective


class Margin(NamedTuple):
    """A gate as a sum: by how much it holds, made up of `start` and of the `part` of each of its items."""

    gate: CompiledGate
    row: MeasureRow
    start: float
    least: float

    def part(self, state: State) -> float:
        """What an item in this state adds."""
        return self.row.part(state, self.gate.threshold, self.gate.at_least)


def margin(gate: CompiledGate) -> Margin:
    """The margin of a gate. It holds from `least` up: a small part of a step, or of what rounding may take away."""
    row = MEASURES[gate.measure]
    least = -0.5 if row.all_or_nothing else -TOLERANCE * max(1, len(gate.items))
    return Margin(gate, row, row.start(gate.threshold, gate.at_least), least)


class Attempt:
    """Starts with every item at its best and everybody heard.

    `states` holds, for each item that can move the failing gate, the states it can take: the most harmful first, the
    best last. Gates on who was heard by others than the failing gate's perspective hold throughout and are left out.
    """

    def __init__(self, rubric: CompiledRubric, failing: CompiledGate, holding: Sequence[CompiledGate]) -> None:
        self.rubric = rubric
        self.failing = margin(failing)
        self.margins = [
            self.failing,
            *(margin(gate) for gate in holding if gate.perspective in (None, failing.perspective)),
        ]
        self.own: list[float | None] = [float(not item.lower_is_better) for item in rubric.items]
        self.counting: list[State] = [(value, True) for value in effective(rubric, self.own)]
        self.gates_of: list[list[int]] = [[] for _ in rubric.items]
        self.sums: list[float] = []
        for number, asked in enumerate(self.margins):
            self.sums.append(asked.start + sum(asked.part(self.counting[item]) for item in asked.gate.items))
            for item in asked.gate.items:
                self.gates_of[item].append(number)
        self.applicable = [len(asked.gate.items) for asked in self.margins]
        self.linked = linked(rubric)
        self.states = {item: self._states(item) for item in self._movable()}

    def _movable(self) -> list[int]:
        """The items that can make the gate fail: its own, and those that hold them up or down.

        All others are left at their best, which serves every other gate and costs nothing. An item that only limits is
        left out where the limited item can give the limiting answer itself: that does the same, and touches no other
        item. What such items limit in turn is better set aside where that is possible.
        """
        items = set(self.failing.gate.items)
        if self.failing.row.looks_at != VALUE:
            return sorted(items)
        items.update(*(self.rubric.raised_by[item] for item in items))
        values = {item: {self.rubric.values[code] for code in self.rubric.items[item].options} for item in items}
        limited = [item for item in items if self.rubric.limit_to not in values[item]]
        items.update(*(self.rubric.limited_by[item] for item in limited))
        dragged = {target for source, targets in self.rubric.limits if source in items for target in targets}
        return sorted(items | {item for item in dragged if self.rubric.items[item].may_be_set_aside})

    def _states(self, item: int) -> list[State]:
        best: State = (self.own[item], True)
        states = {best}
        if self.rubric.items[item].may_be_set_aside:
            states.add((None, True))
        if self.failing.row.looks_at == VOICE:
            states.add((best[0], False))
        elif self.failing.row.looks_at == VALUE:
            states |= {(self.rubric.values[code], True) for code in self.rubric.items[item].options}
        return sorted(states, key=lambda state: (state == best, self._worth(item, state, best)))

    def _worth(self, item: int, state: State, best: State) -> tuple[float, float]:
        """How much the failing gate gains by the state, then how near it is to the best."""
        gain = self.failing.part(state) if item in self.failing.gate.items else 0.0
        return gain, -abs((state[0] or 0.0) - (best[0] or 0.0))

    def possible(self, item: int) -> set[State]:
        """Every state that an item could count in, and perhaps more: what limits or implies it may do so or not.

        A proof may look at too many states, never at too few.
        """
        states = set(self.states.get(item, [self.counting[item]]))
        if item not in self.linked:
            return states
        for raiser in self.rubric.raised_by[item]:
            states |= {state for state in self.states.get(raiser, ()) if state[0] is not None}
            if self.rubric.limited_by[raiser]:
                states.add((self.rubric.limit_to, True))
        return states

    def found(self) -> bool:
        """Whether the failing gate fails and all the others hold."""
        return not self.holds(0) and self.others_hold()

    def put(self, item: int, state: State) -> None:
        """Put an item into a state."""
        self.own[item] = state[0]
        if item not in self.linked:
            self._count(item, state)
            return
        values = effective(self.rubric, self.own)
        for other in self.linked:
            heard = state[1] if other == item else self.counting[other][1]
            self._count(other, (values[other], heard))

    def _count(self, item: int, state: State) -> None:
        before = self.counting[item]
        if before == state:
            return
        self.counting[item] = state
        aside = (state[0] is not None) - (before[0] is not None)
        for number in self.gates_of[item]:
            gate_margin = self.margins[number]
            self.sums[number] += gate_margin.part(state) - gate_margin.part(before)
            self.applicable[number] += aside

    def holds(self, number: int) -> bool:
        """Whether a gate holds; the failing one is number 0."""
        one = self.margins[number]
        return self.sums[number] >= one.least and not (one.row.nothing_fails and not self.applicable[number])

    def others_hold(self) -> bool:
        """Whether all the other gates hold."""
        return all(self.holds(number) for number in range(1, len(self.margins)))


def linked(rubric: CompiledRubric) -> frozenset[int]:
    """The items that limit, imply, or are limited or implied."""
    pairs = (*rubric.limits, *rubric.implies)
    return frozenset(item for source, targets in pairs for item in (source, *targets))
