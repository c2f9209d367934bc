"""A gate as a sum: what each of its items adds to the margin by which it holds.

A share of at least a threshold, for instance, holds where the values less the threshold add up to no less than
nothing. Every measure can be written so, which lets a search keep margins up to date item by item.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from involve_audit.engine.compiled import CompiledGate
from involve_audit.engine.measures import TOLERANCE
from involve_audit.engine.reading import HEARD, Values

State = tuple[float | None, bool]
"""What one item counts as (None: set aside), and whether the perspective at hand was heard on it."""

ALL_OR_NOTHING = ("lowest", "highest")
_NEEDS_AN_ITEM = ("share", "lowest")


class Margin(NamedTuple):
    """How a gate's margin is made up: `start`, and `part` of each of its items. It holds from `least` up."""

    gate: CompiledGate
    start: float
    least: float
    needs_an_item: bool

    def part(self, state: State) -> float:
        """What an item in this state adds. An item that breaks an all-or-nothing gate takes a whole 1 away."""
        value, heard = state
        measure, threshold = self.gate.measure, self.gate.threshold
        if measure == "not-applicable":
            return threshold - (value is None)
        if value is None:
            return 0.0
        if measure == HEARD:
            return heard - threshold
        if measure == "share":
            return value - threshold
        if measure == "points":
            return value if self.gate.at_least else -value
        breaks = value < threshold - TOLERANCE if measure == "lowest" else value > threshold + TOLERANCE
        return -1.0 if breaks else 0.0

    def of(self, values: Values, heard: Sequence[bool]) -> float:
        """The margin at these values."""
        return self.start + sum(self.part((values[item], heard[item])) for item in self.gate.items)


def margin(gate: CompiledGate) -> Margin:
    """The margin of a gate."""
    start = 0.0
    if gate.measure == "points":
        start = -gate.threshold if gate.at_least else gate.threshold
    least = -0.5 if gate.measure in ALL_OR_NOTHING else -TOLERANCE * max(1, len(gate.items))
    return Margin(gate, start, least, gate.measure in _NEEDS_AN_ITEM)
