"""The smallest set of changes after which a list of gates holds (method.md, section 5, "Next steps").

A depth-first search, deepening by one change at a time from a lower bound, finds the smallest size; then, item
by item in the rubric's order, it asks whether a set of that size with this item exists. Each node is held
against the same bound. The budget is counted in nodes, never in seconds: every machine gives the same result.

What is found is the smallest because the bound never says more than is needed. It asks of each gate that fails how
many changes it takes at the least, as if each change did all that it could do in the best case; see `Search.bound`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import NamedTuple

from involve_audit.engine.balance import Balance
from involve_audit.engine.compiled import CompiledGate, CompiledRubric
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


class _Now(NamedTuple):
    """What every item counts as with some of them chosen, what it would without any limit, and by how much each gate
    that does not hold falls short."""

    values: Values
    unlimited: Values
    failing: list[tuple[CompiledGate, float]]


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
        self._influences: dict[int, tuple[frozenset[int], frozenset[int]]] = {}

    def smallest(self, most: int) -> list[int] | None:
        """The smallest sufficient set, the first in order; None where there is none of at most `most` items.

        Raises SpentBudget.
        """
        self.budget.spend(1 + self.size)
        if self.bound(self.candidates, self.now([]), self.then(self.candidates)) > most:
            return None
        # Changing one more item to its best never does harm, so what all the others together cannot do without has to
        # be in every set, and what moves no failing gate in none.
        forced = self.forced()
        free = sorted(self.useful.intersection(self.candidates).difference(forced))
        now, then = self.now(forced), self.then([*forced, *free])
        for size in range(self.bound(free, now, then), most - len(forced) + 1):
            sufficient = self.search(forced, _limits_first(self.rubric, free), size)
            if sufficient is not None:
                return self.first_in_order(forced, free, sufficient)
        return None

    def with_best(self, chosen: Sequence[int]) -> list[float | None]:
        """The own values, with the chosen items at their best."""
        own = list(self.own)
        for item in chosen:
            own[item] = float(not self.rubric.items[item].lower_is_better)
        return own

    def forced(self) -> list[int]:
        """The candidates that all the others together cannot do without."""
        balance = Balance(self.rubric, self.with_best(self.candidates), self.gates)
        forced = []
        for item in self.candidates:
            best = balance.own[item]
            balance.put(item, (self.own[item], True))
            if balance.broken:
                forced.append(item)
            balance.put(item, (best, True))
        self.budget.spend(balance.looks // LOOKS_A_NODE)
        return forced

    @cached_property
    def useful(self) -> set[int]:
        """Items that can move a gate which does not hold yet."""
        values = effective(self.rubric, self.own)
        failing = [gate for gate in self.gates if not holds(gate, figure(gate, values, ()))]
        raisers = self.rubric.raisers(item for gate in failing for item in gate.items)
        return raisers.union(*(self.rubric.limited_by[item] for item in raisers))

    def first_in_order(self, forced: list[int], free: list[int], known: list[int]) -> list[int]:
        """Of all sufficient sets as small as `known`, the first in the rubric's order."""
        chosen = list(forced)
        for place, item in enumerate(free):
            left = len(known) - len(chosen) - 1
            if left < 0:
                break
            if item not in known:
                with_item = self.search([*chosen, item], _limits_first(self.rubric, free[place + 1 :]), left)
                known = with_item or known
            if item in known:
                chosen.append(item)
        return chosen

    def search(
        self, chosen: list[int], free: list[int], size: int, now: _Now | None = None, then: Values | None = None
    ) -> list[int] | None:
        """A sufficient set that adds at most `size` of `free` to `chosen`, or None.

        `now` and `then` are what comes of those that are chosen, and of all: one step leaves one of them as it was.
        """
        self.budget.spend(1 + self.size)
        now = now or self.now(chosen)
        then = then or self.then([*chosen, *free])
        least = self.bound(free, now, then)
        if least == 0:
            return chosen
        if least > size:
            return None
        more = [*chosen, free[0]]
        with_first = self.search(more, free[1:], size - 1, self.now(more, now), then)
        return with_first if with_first is not None else self.search(chosen, free[1:], size, now)

    def now(self, chosen: Sequence[int], before: _Now | None = None) -> _Now:
        """How it is with these chosen. `before` is how it was with fewer: what held then holds still."""
        own = self.with_best(chosen)
        values = effective(self.rubric, own)
        gates = self.gates if before is None else [gate for gate, _shortfall in before.failing]
        failing = [gate for gate in gates if not holds(gate, figure(gate, values, ()))]
        shortfalls = [MEASURES[gate.measure].shortfall(gate.items, values, gate.threshold) for gate in failing]
        return _Now(values, implied(self.rubric, own), list(zip(failing, shortfalls, strict=True)))

    def then(self, chosen: Sequence[int]) -> Values:
        """What every item counts as with these chosen."""
        return effective(self.rubric, self.with_best(chosen))

    def bound(self, free: list[int], now: _Now, then: Values) -> int:
        """At least so many of `free` have to be added to what is chosen `now`.

        0 where that suffices; more than there are where nothing does. A gate that fails needs as many changes as
        it takes of the greatest gains to make up its shortfall. Changes may serve several gates: those that could have
        served a gate before (`used`) are taken as made already, for nothing, so that none is counted twice.
        """
        used: set[int] = set()
        least = 0
        for gate, shortfall in now.failing:
            if not holds(gate, figure(gate, then, ())):
                return len(free) + 1
            gains = self.gains(gate, free, now, then)
            least = max(1, least + _needed(shortfall, gains, used))
            used |= gains.keys()
        return least

    def gains(self, gate: CompiledGate, free: list[int], now: _Now, then: Values) -> dict[int, float]:
        """For each free item that can move the gate, the most by which choosing it can.

        What raises an item is credited with all that the item can gain once everything is chosen, and what limits it
        with all that it would gain without any limit. Whatever is chosen, the item gains no more than these credits
        together: with something that raises it among them, no more than `then`; with limits alone, than `unlimited`.
        """
        gains: dict[int, float] = {}
        open_to = set(free)
        values = now.values
        for item in gate.items:
            present, later = values[item], then[item]
            if present != later and (most := _gain(present, later)) > TOLERANCE:
                raisers, limiters = self.influences(item)
                for other in raisers & open_to:
                    gains[other] = gains.get(other, 0.0) + most
                lifted = _gain(present, now.unlimited[item])
                if lifted > TOLERANCE:
                    for other in limiters & open_to:
                        gains[other] = gains.get(other, 0.0) + lifted
        return gains

    def influences(self, item: int) -> tuple[frozenset[int], frozenset[int]]:
        """What raises an item (itself and what implies it), and what limits one of these without raising it."""
        if item not in self._influences:
            raisers = frozenset(self.rubric.raisers([item]))
            limiters = frozenset[int]().union(*(self.rubric.limited_by[raiser] for raiser in raisers))
            self.budget.spend((len(raisers) + len(limiters)) // LOOKS_A_NODE)
            self._influences[item] = raisers, limiters - raisers
        return self._influences[item]


def _limits_first(rubric: CompiledRubric, free: list[int]) -> list[int]:
    """The order in which the search decides: what limits others first, which makes the bound sharp."""
    return sorted(free, key=lambda item: not rubric.items[item].lower_is_better)


def _gain(now: float | None, then: float | None) -> float:
    """By how much one item goes from `now` to `then`; nothing where it is set aside."""
    return 0.0 if now is None or then is None else abs(then - now)


def _needed(shortfall: float, gains: dict[int, float], used: set[int]) -> int:
    """How many of the gains outside `used` it takes at least, all of those in `used` being had already."""
    had = used & gains.keys()
    left = shortfall - sum(gain for item, gain in gains.items() if item in had) if had else shortfall
    rest = [gain for item, gain in gains.items() if item not in had] if had else gains.values()
    count = 0
    for gain in sorted(rest, reverse=True):
        if left <= TOLERANCE:
            break
        left -= gain
        count += 1
    return count
