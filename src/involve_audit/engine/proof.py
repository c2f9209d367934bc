"""A proof that one gate cannot fail while others hold, for most of the cases where it cannot.

The failing gate's margin is pushed down while each other gate costs a price for every bit by which it would fall
short (a Lagrangian bound). Where all the others hold, nothing is owed, so that margin and costs together are no more
than the margin alone: whatever the prices, the margin cannot fall below the least sum of both. That least sum is easy
to find, because once gates are only prices each item may be looked at by itself. Prices are improved one gate at a
time; a proof needs no best prices, only good enough ones. Without them nothing is proved, and the search goes on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from involve_audit.engine.attempt import LOOKS_A_NODE, Attempt
from involve_audit.engine.balance import Margin
from involve_audit.engine.measures import State

_ROUNDS = 3
_ROUNDING = 1e-7
"""More than rounding can do to a bound, and less than any answer can do to a margin."""


class _AlikeItems(NamedTuple):
    """Items that are alike: how many, and for each of their states what it adds to the margin of each gate."""

    size: int
    gates: tuple[int, ...]
    parts: list[tuple[float, ...]]


def cannot_fail(attempt: Attempt) -> bool:
    """Whether it is proved that the failing gate holds wherever all the others do. Raises SpentBudget.

    All items have to be at their best.
    """
    return _Prices(attempt).prove()


class _Prices:
    """A price for each gate that has to hold, and the bound at these prices: the failing gate's margin is no less."""

    def __init__(self, attempt: Attempt) -> None:
        self.attempt = attempt
        self.groups = _groups(attempt)
        self.groups_of: list[list[_AlikeItems]] = [[] for _ in attempt.margins]
        for group in self.groups:
            for number in group.gates:
                self.groups_of[number].append(group)
        self.owed = [one.least - fixed for one, fixed in zip(attempt.margins, _fixed(attempt), strict=True)]
        self.prices = [0.0] * len(attempt.margins)

    def prove(self) -> bool:
        enough = _enough(self.attempt.failing)
        order = self._tightest_first()
        for _ in range(_ROUNDS):
            for number in order:
                self.prices[number] = self._best(number)[0]
            if self._bound() >= enough:
                return True
        return False

    def _tightest_first(self) -> list[int]:
        """The other gates, the best bound by itself first: of nested gates only that one matters."""
        alone = {
            number: self._best(number)[1]
            for number, one in enumerate(self.attempt.margins)
            if number and not one.row.all_or_nothing
        }
        return sorted(alone, key=lambda number: -alone[number])

    def _bound(self) -> float:
        """The failing gate's margin cannot fall below this."""
        owed = sum(price * owed for price, owed in zip(self.prices, self.owed, strict=True) if price)
        lowest = sum(group.size * min(self._costs(group)) for group in self.groups)
        return self.attempt.failing.least - self.owed[0] + owed + lowest

    def _costs(self, group: _AlikeItems, without: int = 0) -> list[float]:
        """What each state of a group costs at these prices, one gate left out; to the failing gate, its own part."""
        prices = [-1.0 if n == 0 else 0.0 if n == without else self.prices[n] for n in group.gates]
        return [-sum(price * part for price, part in zip(prices, parts, strict=True) if price) for parts in group.parts]

    def _best(self, number: int) -> tuple[float, float]:
        """The price of one gate that makes the bound highest, the others' as they are, and by how much.

        The bound is a sum of least costs, each of them straight but for bends where two states of a group come to cost
        the same, so that it is highest at one of the bends, rising up to it and falling from there.
        """
        looked_at, bends = [], {0.0}
        for group in self.groups_of[number]:
            place = group.gates.index(number)
            costs = self._costs(group, without=number)
            states = [(cost, parts[place]) for cost, parts in zip(costs, group.parts, strict=True)]
            looked_at.append((group.size, states))
            bends |= _bends(states)
        self._pay(number)

        def bound(price: float) -> float:
            lowest = sum(size * min(cost - price * part for cost, part in states) for size, states in looked_at)
            return price * self.owed[number] + lowest

        at = _highest(sorted(bends), bound)
        return at, bound(at) - bound(0.0)

    def _pay(self, number: int) -> None:
        looks = sum(len(group.gates) * len(group.parts) for group in self.groups_of[number])
        self.attempt.budget.spend(1 + looks // LOOKS_A_NODE)


def _bends(states: list[tuple[float, float]]) -> set[float]:
    """The prices at which two states cost the same."""
    return {
        round((cost - other) / (part - another), 9)
        for cost, part in states
        for other, another in states
        if part != another and (cost - other) / (part - another) > 0
    }


def _highest(places: list[float], height: Callable[[float], float]) -> float:
    """The first of the places, in order, after which the height does not rise any more."""
    low, high = 0, len(places) - 1
    while low < high:
        middle = (low + high) // 2
        if height(places[middle]) < height(places[middle + 1]):
            low = middle + 1
        else:
            high = middle
    return places[low]


def _enough(failing: Margin) -> float:
    """A margin that cannot fall below this cannot fail. An all-or-nothing gate fails by whole steps."""
    return _ROUNDING - 1 if failing.row.all_or_nothing else failing.least - _ROUNDING


def _fixed(attempt: Attempt) -> list[float]:
    """What each margin comes to without the items that move."""
    sums = list(attempt.sums)
    for item in attempt.moving:
        for number in attempt.gates_of[item]:
            sums[number] -= attempt.margins[number].part(attempt.counting[item])
    return sums


def _groups(attempt: Attempt) -> list[_AlikeItems]:
    """The items that move in groups, without the states that would break an all-or-nothing gate by themselves.

    So these gates need no price: they hold in whatever is left.
    """
    counted = Counter((tuple(attempt.gates_of[item]), frozenset(states)) for item, states in attempt.possible.items())
    return [
        _AlikeItems(count, gates, _parts(attempt, gates, states)) for (gates, states), count in counted.items() if gates
    ]


def _parts(attempt: Attempt, gates: tuple[int, ...], states: frozenset[State]) -> list[tuple[float, ...]]:
    margins = [attempt.margins[number] for number in gates]
    strict = [bool(number) and one.row.all_or_nothing for number, one in zip(gates, margins, strict=True)]
    rows = (tuple(one.part(state) for one in margins) for state in states)
    return [row for row in rows if not any(part < 0 and breaks for part, breaks in zip(row, strict, strict=True))]
