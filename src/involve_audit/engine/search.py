"""The smallest set of changes after which a list of gates holds (method.md, section 5, "Next steps").

A depth-first search, deepening by one change at a time from a lower bound, finds the smallest size; then, item
by item in the rubric's order, it asks whether a set of that size with this item exists. Each node is held
against the same bound. The budget is counted in nodes, never in seconds: every machine gives the same result.

What is found is the smallest because the bound never says more than is needed. It asks of each gate that fails how
many changes it takes at the least, as if each change did all that it could do in the best case; see `Search.bound`.

Sets of items are numbers, one bit an item. What a gate asks for depends on nothing but those items that can move one
of its own, of which most nodes change none: so it is worked out once for each choice among them, and looked up after.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from involve_audit.engine.balance import Balance
from involve_audit.engine.compiled import CompiledGate, CompiledRubric, bits
from involve_audit.engine.measures import MEASURES, TOLERANCE
from involve_audit.engine.reading import Values, effective, figure, holds, implied

LOOKS_A_NODE = 1000
"""So many looks at an item or a gate count as one node more, so that large rubrics do not make nodes slow."""


class SpentBudget(Exception):
    """The search has opened as many nodes as it may."""


class Budget:
    """How many nodes may still be opened, in one search or in several. Below zero there is something to make up for."""

    def __init__(self, nodes: int) -> None:
        self.nodes = nodes

    def spend(self, nodes: int = 1) -> None:
        """Open one node, or so many. Raises SpentBudget where there are not enough left."""
        self.nodes -= nodes
        if self.nodes < 0:
            raise SpentBudget

    @contextmanager
    def part(self, turns: int) -> Iterator[Budget]:
        """What is up to the next of so many turns: an equal part of what is left. Nothing of it is lost."""
        part = Budget(self.nodes // turns)
        self.nodes -= part.nodes
        try:
            yield part
        finally:
            self.nodes += part.nodes


class _Failing:
    """A gate that fails with what is chosen of its `movers`, the only items that have a say in what it asks for.

    `values` are what every item counts as, and `unlimited` what it would without any limit.
    """

    def __init__(self, gate: CompiledGate, values: Values, unlimited: Values) -> None:
        self.gate = gate
        self.values = values
        self.unlimited = unlimited
        self.shortfall = MEASURES[gate.measure].shortfall(gate.items, values, gate.threshold)
        self.asked: dict[tuple[int, int], tuple[int, int]] = {}


class Search:
    """A search among `candidates`, none of them set aside: changing one to its best never does harm.

    `own` are the items' own values as they are; `gates` are what has to hold.
    """

    def __init__(
        self,
        rubric: CompiledRubric,
        own: list[float | None],
        gates: Sequence[CompiledGate],
        candidates: list[int],
        budget: Budget,
    ) -> None:
        self.rubric = rubric
        self.own = own
        self.gates = gates
        self.candidates = candidates
        self.budget = budget
        self.size = (3 * len(own) + sum(len(gate.items) for gate in gates)) // LOOKS_A_NODE
        self._best = [(1 << item, item, float(not rubric.items[item].lower_is_better)) for item in candidates]
        self._counting: dict[int, Values] = {}
        present = self.counting(0)  # what holds already holds whatever is chosen
        self._failing: list[tuple[CompiledGate, int, dict[int, _Failing | None]]] = [
            (gate, self._movers(gate), {}) for gate in gates if not holds(gate, figure(gate, present, ()))
        ]

    def smallest(self, most: int) -> list[int] | None:
        """The smallest sufficient set, the first in order; None where there is none of at most `most` items.

        Raises SpentBudget.
        """
        self.budget.spend(1 + self.size)
        everything = bits(self.candidates)
        if self.bound(0, everything) > most:
            return None
        # Changing one more item to its best never does harm, so what all the others together cannot do without has to
        # be in every set, and what moves no failing gate in none.
        forced = bits(self.forced())
        useful = 0
        for _gate, movers, _known in self._failing:
            useful |= movers
        free = everything & useful & ~forced
        for size in range(self.bound(forced, free), most - forced.bit_count() + 1):
            sufficient = self.search(forced, free, size)
            if sufficient is not None:
                found = self.first_in_order(forced, free, sufficient)
                return [item for item in self.candidates if found >> item & 1]
        return None

    def with_best(self, chosen: int) -> list[float | None]:
        """The own values, with the chosen items at their best."""
        own = list(self.own)
        for bit, item, best in self._best:
            if chosen & bit:
                own[item] = best
        return own

    def forced(self) -> list[int]:
        """The candidates that all the others together cannot do without."""
        balance = Balance(self.rubric, self.with_best(bits(self.candidates)), self.gates)
        forced = []
        for item in self.candidates:
            best = balance.own[item]
            balance.put(item, (self.own[item], True))
            if balance.broken:
                forced.append(item)
            balance.put(item, (best, True))
        self.budget.spend(balance.looks // LOOKS_A_NODE)
        return forced

    def first_in_order(self, chosen: int, free: int, known: int) -> int:
        """Of all sufficient sets as small as `known`, the first in the rubric's order."""
        while free and known.bit_count() > chosen.bit_count():
            item = free & -free
            free ^= item
            if not known & item:
                left = known.bit_count() - chosen.bit_count() - 1
                known = self.search(chosen | item, free, left) or known
            chosen |= known & item
        return chosen

    def search(self, chosen: int, free: int, size: int) -> int | None:
        """A sufficient set that adds at most `size` of `free` to `chosen`, or None."""
        self.budget.spend(1 + self.size)
        least = self.bound(chosen, free)
        if least == 0:
            return chosen
        if least > size:
            return None
        # What limits others is decided first, which makes the bound sharp.
        item = free & self.rubric.lower_is_better or free
        item &= -item
        with_item = self.search(chosen | item, free ^ item, size - 1)
        return with_item if with_item is not None else self.search(chosen, free ^ item, size)

    def bound(self, chosen: int, free: int) -> int:
        """At least so many of `free` have to be added to what is chosen.

        0 where that suffices; more than there are where nothing does. A gate that fails needs as many changes as
        it takes of the greatest gains to make up its shortfall. Changes may serve several gates: those that could have
        served a gate before (`used`) are taken as made already, for nothing, so that none is counted twice.
        """
        used = least = 0
        for gate, movers, known in self._failing:
            now = chosen & movers
            if now not in known:
                known[now] = self.failing(gate, now)
            failing = known[now]
            if failing is not None:
                at = (free & movers, used & movers)
                if at not in failing.asked:
                    failing.asked[at] = self.asked(failing, now, *at)
                changes, serving = failing.asked[at]
                least = max(1, least + changes)
                used |= serving
        return least

    def failing(self, gate: CompiledGate, chosen: int) -> _Failing | None:
        """How a gate fails with these chosen; None where it holds."""
        values = self.counting(chosen)
        if holds(gate, figure(gate, values, ())):
            return None
        return _Failing(gate, values, implied(self.rubric, self.with_best(chosen)))

    def asked(self, failing: _Failing, chosen: int, free: int, used: int) -> tuple[int, int]:
        """How many changes a gate asks for, all of `used` being had already, and what could serve it."""
        then = self.counting(chosen | free)
        if not holds(failing.gate, figure(failing.gate, then, ())):
            return len(self.candidates) + 1, 0
        gains = self.gains(failing, free, then)
        return _needed(failing.shortfall, gains, used), sum(gains)

    def counting(self, chosen: int) -> Values:
        """What every item counts as with these chosen."""
        if chosen not in self._counting:
            self._counting[chosen] = effective(self.rubric, self.with_best(chosen))
        return self._counting[chosen]

    def gains(self, failing: _Failing, free: int, then: Values) -> dict[int, float]:
        """For each free item (as a bit) that can move the gate, the most by which choosing it can.

        What raises an item is credited with all that the item can gain once everything is chosen, and what limits it
        with all that it would gain without any limit. Whatever is chosen, the item gains no more than these credits
        together: with something that raises it among them, no more than `then`; with limits alone, than `unlimited`.
        """
        gains: dict[int, float] = {}
        for item in failing.gate.items:
            present, later = failing.values[item], then[item]
            if present != later and (most := _gain(present, later)) > TOLERANCE:
                for other in _each(self.rubric.raised_by[item] & free):
                    gains[other] = gains.get(other, 0.0) + most
                limiters = self.rubric.held_down_by[item] & free
                if limiters and (lifted := _gain(present, failing.unlimited[item])) > TOLERANCE:
                    for other in _each(limiters):
                        gains[other] = gains.get(other, 0.0) + lifted
        return gains

    def _movers(self, gate: CompiledGate) -> int:
        """The items that can change what one of the gate's items counts as."""
        movers = 0
        for item in gate.items:
            movers |= self.rubric.raised_by[item] | self.rubric.held_down_by[item]
        return movers


def _each(items: int) -> Iterator[int]:
    """The bits of a set, one by one."""
    while items:
        item = items & -items
        yield item
        items ^= item


def _gain(now: float | None, then: float | None) -> float:
    """By how much one item goes from `now` to `then`; nothing where it is set aside."""
    return 0.0 if now is None or then is None else abs(then - now)


def _needed(shortfall: float, gains: dict[int, float], used: int) -> int:
    """How many of the gains outside `used` it takes at least, all of those in `used` being had already."""
    left = shortfall - sum(gain for item, gain in gains.items() if item & used)
    count = 0
    for gain in sorted((gain for item, gain in gains.items() if not item & used), reverse=True):
        if left <= TOLERANCE:
            break
        left -= gain
        count += 1
    return count
