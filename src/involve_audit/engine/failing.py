"""Can one gate fail while others hold? A search for answers under which it does.

Every gate is monotone, so an item that cannot move the failing gate is best left at its best answer: that serves
every other gate. The rest are tried depth first, the most harmful state first. Where the first way down leads
nowhere, a bound tries to prove that no way does (`engine.proof`) before the search turns back.

Nothing that could be found is passed over. Items still to come are at their best, so where another gate fails already,
no way further down mends it; and where even the most that they could take away leaves the failing gate its margin, no
way further down brings it to fall. A search that is not over by the end of its budget says nothing, neither yes nor no.
The budget is counted in nodes, never in seconds: every machine gives the same result.
"""

from __future__ import annotations

from collections.abc import Collection

from involve_audit.engine.attempt import AtBest, Attempt
from involve_audit.engine.compiled import CompiledGate
from involve_audit.engine.proof import cannot_fail
from involve_audit.engine.search import Budget


def can_fail(best: AtBest, failing: CompiledGate, holding: Collection[str], budget: Budget) -> Attempt | None:
    """An attempt in which `failing` does not hold and the gates with the ids `holding` do; None where there is none.

    All of `holding` have to hold where every answer is the best. Raises SpentBudget where it could not be settled.
    """
    attempt = Attempt(best, failing, holding, budget)
    search = _Search(attempt)
    if attempt.found() or search.with_all_set_aside() or search.first_way_down():
        return attempt
    if cannot_fail(attempt):
        return None
    return attempt if search.every_way() else None


class _Search:
    """Ways down: for one item after the other, a state that lets the others' gates hold."""

    def __init__(self, attempt: Attempt) -> None:
        self.attempt = attempt
        self.kinds = {item: self._kind(item) for item in attempt.states}
        self.order = sorted(attempt.states, key=self._turn)
        self.room = self._room()

    def _turn(self, item: int) -> tuple[object, ...]:
        """First what is limited, so that it can be set aside before what limits it does harm; then the least asked."""
        limited = bool(self.attempt.rubric.limited_by[item])
        return not limited, len(self.attempt.gates_of[item]), self.kinds[item], item

    def _kind(self, item: int) -> tuple[object, ...]:
        """Items of one kind are interchangeable; a linked one is a kind of its own."""
        alone = item if item in self.attempt.links.linked else -1
        return alone, tuple(self.attempt.gates_of[item]), str(self.attempt.states[item])

    def _room(self) -> list[float]:
        """By how much the failing gate's margin can still fall, at most, from each place of the order on."""
        attempt, rubric = self.attempt, self.attempt.rubric
        last = {item: number for number, item in enumerate(self.order)}
        for item in attempt.moving:
            movers = (item, *rubric.limited_by[item], *rubric.implied_by[item])
            last[item] = max(last.get(mover, 0) for mover in movers)
        room = [0.0] * (len(self.order) + 1)
        for item in attempt.failing.gate.items:
            parts = [attempt.failing.part(state) for state in attempt.possible[item]]
            room[last[item]] += max(parts) - min(parts)
        for number in range(len(self.order) - 1, -1, -1):
            room[number] += room[number + 1]
        return room

    def with_all_set_aside(self) -> bool:
        """Whether it is found with all of the failing gate's own items set aside. Puts them back where not."""
        attempt, items = self.attempt, self.attempt.failing.gate.items
        if not all((None, True) in attempt.states[item] for item in items):
            return False
        for item in items:
            attempt.put(item, (None, True))
        return attempt.found() or self._put_back()

    def first_way_down(self) -> bool:
        """Whether it is found by giving each item in turn the worst state that lets the others hold."""
        attempt = self.attempt
        for item in self.order:
            for state in attempt.states[item]:
                attempt.put(item, state)
                if attempt.others_hold():
                    break
            if attempt.found():
                return True
        return self._put_back()

    def _put_back(self) -> bool:
        for item in self.order:
            self.attempt.put(item, self.attempt.states[item][-1])
        return False

    def every_way(self) -> bool:
        """Whether it is found at all."""
        attempt, tried = self.attempt, [0]
        while tried:
            place = len(tried) - 1
            item = self.order[place]
            states = attempt.states[item]
            if tried[-1] == len(states):
                attempt.put(item, states[-1])
                tried.pop()
                continue
            attempt.put(item, states[tried[-1]])
            tried[-1] += 1
            if not attempt.others_hold():
                continue
            if attempt.found():
                return True
            if place + 1 < len(self.order) and self._could_fail(place + 1):
                tried.append(self._first_state(place + 1, tried[-1] - 1))
        return False

    def _could_fail(self, place: int) -> bool:
        """Whether the rest of the order could bring the failing gate down. (All set aside was tried first.)"""
        return self.attempt.sums[0] - self.room[place] < self.attempt.failing.least

    def _first_state(self, place: int, before: int) -> int:
        """Interchangeable items take their states in order, so that no combination is tried twice."""
        same = self.kinds[self.order[place]] == self.kinds[self.order[place - 1]]
        return before if same else 0
