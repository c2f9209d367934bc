"""The states of all items while a search tries to make one gate fail."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache, cached_property

from involve_audit.engine.balance import Balance
from involve_audit.engine.compiled import CompiledGate, CompiledRubric
from involve_audit.engine.measures import VALUE, VOICE, State
from involve_audit.engine.search import Budget

LOOKS_A_NODE = 64
"""So many looks at an item or a gate count as one node more, so that large gates do not make nodes slow."""


class AtBest(Balance):
    """A rubric with every item at its best and everybody heard, where each search of its gates begins.

    `places` has the number of each gate by its id. Of very many items most are alike: those that the same gates look at
    share one list of these.
    """

    def __init__(self, rubric: CompiledRubric) -> None:
        own = [float(not item.lower_is_better) for item in rubric.items]
        super().__init__(rubric, own, [gate for gates in rubric.gates for gate in gates])
        self.places = {one.gate.id: place for place, one in enumerate(self.margins)}
        shared: dict[tuple[int, ...], tuple[int, ...]] = {}
        self.gates_of = {item: shared.setdefault(tuple(gates), tuple(gates)) for item, gates in self.gates_of.items()}


class Attempt(Balance):
    """Starts with every item at its best and everybody heard.

    `states` holds, for each item that can move the failing gate, the states it can take: the most harmful first, the
    best last. `moving` are these and all that they move. The failing gate's margin is the first of `margins`; the
    others are those of `holding`, known by their ids, that look at what is moving. Gates on who was heard by others
    than the failing gate's perspective hold throughout, as all that looks at nothing that moves, and are left out.
    """

    def __init__(self, best: AtBest, failing: CompiledGate, holding: Collection[str], budget: Budget) -> None:
        budget.spend()
        self.best, self.rubric, self.links, self.budget = best, best.rubric, best.links, budget
        self.failing = best.margins[best.places[failing.id]]
        self.own, self.counting = list(best.own), list(best.counting)
        self._looked_at = frozenset(failing.items)
        states = cache(self._states)
        self.states = {item: states(*self._alike(item)) for item in self._movable()}
        self.moving = self.links.moved_by(self.states)
        chosen = [best.places[failing.id], *self._others(holding)]
        self.margins = [best.margins[place] for place in chosen]
        self.sums = [best.sums[place] for place in chosen]
        self.applicable = [best.applicable[place] for place in chosen]
        numbers = {place: number for number, place in enumerate(chosen)}
        numbered = cache(lambda gates: [numbers[n] for n in gates if n in numbers])
        self.gates_of = {item: numbered(best.gates_of[item]) for item in self.moving}
        self.broken = {number for number in range(len(chosen)) if not self._holds(number)}
        self.looks = len(best.own) // LOOKS_A_NODE + sum(1 + len(best.gates_of[item]) for item in self.moving)
        self._pay(0)

    def _others(self, holding: Collection[str]) -> Iterator[int]:
        looking = {place for item in self.moving for place in self.best.gates_of[item]}
        for place in sorted(looking):
            gate = self.best.margins[place].gate
            heard = gate.perspective in (None, self.failing.gate.perspective)
            if heard and gate.id in holding and gate.id != self.failing.gate.id:
                yield place

    def _movable(self) -> list[int]:
        """The items that can make the gate fail: its own, and those that hold them up or down.

        All others are left at their best, which serves every other gate and costs nothing. An item that only limits is
        left out where the limited item can give the limiting answer itself: that does the same, and touches no other
        item. What such items limit in turn is better set aside where that is possible.
        """
        items = set(self._looked_at)
        if self.failing.row.looks_at != VALUE:
            return sorted(items)
        items |= self.rubric.raisers(items)
        values = {item: {self.rubric.values[code] for code in self.rubric.items[item].options} for item in items}
        limited = [item for item in items if self.rubric.limit_to not in values[item]]
        items.update(*(self.rubric.limited_by[item] for item in limited))
        dragged = {target for source in items for target in self.links.limits.get(source, ())}
        return sorted(items | {item for item in dragged if self.rubric.items[item].may_be_set_aside})

    def _alike(self, number: int) -> tuple[float | None, bool, tuple[int, ...], bool]:
        """All that the states of an item follow from."""
        item = self.rubric.items[number]
        return self.own[number], item.may_be_set_aside, tuple(item.options), number in self._looked_at

    def _states(self, most: float | None, may_be_set_aside: bool, options: Sequence[int], is_own: bool) -> list[State]:
        best: State = (most, True)
        states = {best}
        if may_be_set_aside:
            states.add((None, True))
        if self.failing.row.looks_at == VOICE:
            states.add((most, False))
        elif self.failing.row.looks_at == VALUE:
            states |= {(self.rubric.values[code], True) for code in options}

        def worth(state: State) -> tuple[float, float]:
            """How much the failing gate gains by the state, then how near it is to the best."""
            return self.failing.part(state) if is_own else 0.0, -abs((state[0] or 0.0) - (most or 0.0))

        return sorted(states, key=lambda state: (state == best, worth(state)))

    @cached_property
    def possible(self) -> dict[int, set[State]]:
        """Every state that each moving item could count in, and perhaps more: what moves it may do so or not.

        A proof may look at too many states, never at too few.
        """
        possible: dict[int, set[State]] = {}
        for item in self.moving:
            states = set(self.states.get(item, [self.best.counting[item]]))
            for source in self.rubric.implied_by[item]:
                states |= {state for state in possible.get(source, ()) if state[0] is not None}
            if self.rubric.limited_by[item]:
                states.add((self.rubric.limit_to, True))
            possible[item] = states
        return possible

    def found(self) -> bool:
        """Whether the failing gate fails and all the others hold."""
        return self.broken == {0}

    def others_hold(self) -> bool:
        """Whether all the other gates hold."""
        return len(self.broken) == (0 in self.broken)

    def put(self, item: int, state: State) -> None:
        """Put an item into a state: one node, and more where it moves much. Raises SpentBudget."""
        super().put(item, state)
        self._pay()

    def _pay(self, least: int = 1) -> None:
        self.budget.spend(least + self.looks // LOOKS_A_NODE)
        self.looks = 0
