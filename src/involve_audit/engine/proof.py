"""A proof that one gate cannot fail while others hold, for most of the cases where it cannot.

The failing gate's margin is pushed down while each other gate costs a price for every bit by which it would fall
short (a Lagrangian bound). Where all the others hold, nothing is owed, so that margin and costs together are no more
than the margin alone: whatever the prices, the margin cannot fall below the least sum of both. That least sum is easy
to find, because once gates are only prices each item may be looked at by itself. Prices are improved one gate at a
time; a proof needs no best prices, only good enough ones. Without them nothing is proved, and the search goes on.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from involve_audit.engine.attempt import Attempt, Margin
from involve_audit.engine.measures import State

_ROUNDS = 3
_ROUNDING = 1e-7
"""More than rounding can do to a bound, and less than any answer can do to a margin."""


class _AlikeItems(NamedTuple):
    """Items that are alike: how many, and for each of their states what it adds to the margin of each gate."""

    size: int
    parts: list[list[float]]


def cannot_fail(attempt: Attempt) -> bool:
    """Whether it is proved that the failing gate holds wherever all the others do."""
    groups = _groups(attempt)
    prices = [0.0] * len(attempt.margins)
    enough = _enough(attempt.failing)
    order = _tightest_first(attempt, groups)
    for _ in range(_ROUNDS):
        for number in order:
            prices[number] = _best_price(groups, prices, number, attempt.margins[number])
        if _bound(attempt, groups, prices) >= enough:
            return True
    return False


def _tightest_first(attempt: Attempt, groups: list[_AlikeItems]) -> list[int]:
    """The other gates, the one that bounds the margin best by itself first: of nested gates only that one matters."""
    alone = {}
    for number, gate_margin in enumerate(attempt.margins):
        if number and not gate_margin.row.all_or_nothing:
            prices = [0.0] * len(attempt.margins)
            prices[number] = _best_price(groups, prices, number, gate_margin)
            alone[number] = _bound(attempt, groups, prices)
    return sorted(alone, key=lambda number: -alone[number])


def _enough(failing: Margin) -> float:
    """A margin that cannot fall below this cannot fail. An all-or-nothing gate fails by whole steps."""
    return _ROUNDING - 1 if failing.row.all_or_nothing else failing.least - _ROUNDING


def _groups(attempt: Attempt) -> list[_AlikeItems]:
    """The items in groups, without the states that would break an all-or-nothing gate by themselves.

    So these gates need no price: they hold in whatever is left.
    """
    counted = Counter(
        (tuple(attempt.gates_of[item]), frozenset(attempt.possible(item))) for item in range(len(attempt.own))
    )
    return [_AlikeItems(count, _parts(attempt, gates, states)) for (gates, states), count in counted.items() if gates]


def _parts(attempt: Attempt, gates: tuple[int, ...], states: frozenset[State]) -> list[list[float]]:
    rows = []
    for state in states:
        row = [0.0] * len(attempt.margins)
        for number in gates:
            row[number] = attempt.margins[number].part(state)
        if not any(row[n] < 0 for n in gates if n and attempt.margins[n].row.all_or_nothing):
            rows.append(row)
    return rows


def _bound(attempt: Attempt, groups: list[_AlikeItems], prices: list[float]) -> float:
    """The failing gate's margin cannot fall below this."""
    pairs = zip(prices, attempt.margins, strict=True)
    owed = sum(price * (priced.least - priced.start) for price, priced in pairs if price)
    return attempt.failing.start + owed + sum(group.size * min(_costs(group, prices)) for group in groups)


def _costs(group: _AlikeItems, prices: list[float]) -> list[float]:
    return [row[0] - sum(price * part for price, part in zip(prices, row, strict=True) if price) for row in group.parts]


def _best_price(groups: list[_AlikeItems], prices: list[float], number: int, priced: Margin) -> float:
    """The price of one gate that makes the bound highest, the others' as they are.

    The bound is a sum of least costs, each of them straight but for bends where two states of a group come to cost the
    same, so that it is highest at one of the bends.
    """
    prices = [*prices]
    prices[number] = 0.0
    looked_at = [
        (group.size, [(cost, row[number]) for cost, row in zip(_costs(group, prices), group.parts, strict=True)])
        for group in groups
        if any(row[number] for row in group.parts)
    ]
    bends = {0.0}
    for _, states in looked_at:
        bends |= {
            round((cost - other) / (part - another), 9)
            for cost, part in states
            for other, another in states
            if part != another and (cost - other) / (part - another) > 0
        }

    def bound(price: float) -> float:
        return price * (priced.least - priced.start) + sum(
            count * min(cost - price * part for cost, part in states) for count, states in looked_at
        )

    return max(sorted(bends), key=bound)
