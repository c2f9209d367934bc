"""The smallest set of answers that would have to change for the next stage (method.md, section 5).

A depth-first search, deepening by one change at a time from a lower bound, finds the smallest size; then, item
by item in the rubric's order, it asks whether a set of that size with this item exists. Each node is held
against the same bound; the budget is counted in nodes, never in seconds, so every machine gives the same result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from involve_audit.engine.compiled import Codes, CompiledGate, CompiledRubric
from involve_audit.engine.reading import HEARD, TOLERANCE, Values, effective, figure, holds, implied, settle

BUDGET = 1000


class Change(NamedTuple):
    """One answer that would have to change."""

    item: str
    before: str
    after: str


class NextSteps(NamedTuple):
    """What the next stage asks for.

    `hear` are perspectives that have to be heard first. Applying `changes` (and hearing them) reaches `to`, and
    none can be left out; where `proven`, no smaller set does. Where `reachable` is false, no answers reach it.
    """

    to: str
    changes: tuple[Change, ...]
    hear: tuple[str, ...]
    proven: bool
    reachable: bool


class _SpentBudget(Exception):
    pass


def next_steps(
    rubric: CompiledRubric, answers: Codes, heard: Sequence[int], floor: int, budget: int = BUDGET
) -> NextSteps | None:
    """The next steps from the stage at place `floor`; None at the top.

    `budget` is the number of nodes that the search may open.
    """
    target = floor + 1
    if target == len(rubric.stages):
        return None
    search = _Search(rubric, answers, target, budget)
    if not search.reaches(search.candidates):
        return NextSteps(rubric.stages[target], (), (), proven=True, reachable=False)
    chosen, proven = search.smallest()
    after = _least_asking(search, chosen)
    return NextSteps(
        to=rubric.stages[target],
        changes=tuple(
            Change(rubric.items[item].id, rubric.word(answers[item]), rubric.word(code))
            for item, code in sorted(after.items())
        ),
        hear=_to_hear(rubric, search.own_after(after), heard, target),
        proven=proven,
        reachable=True,
    )


def _to_hear(rubric: CompiledRubric, own: Values, heard: Sequence[int], target: int) -> tuple[str, ...]:
    values = effective(rubric, own)
    gates = [gate for gates in rubric.gates[: target + 1] for gate in gates if gate.measure == HEARD]
    unheard = {gate.perspective for gate in gates if not holds(gate, figure(gate, values, heard))}
    return tuple(name for place, name in enumerate(rubric.perspectives) if place in unheard)


def _least_asking(search: _Search, chosen: Sequence[int]) -> dict[int, int]:
    """For each chosen item, in order, the least answer with which the target is still reached."""
    after = {item: search.options(item)[-1] for item in chosen}
    for item in sorted(chosen):
        for code in search.options(item):
            if search.holds_with(search.own_after({**after, item: code})):
                after[item] = code
                break
    return after


@dataclass
class _Search:
    rubric: CompiledRubric
    answers: Codes
    target: int
    budget: int

    @cached_property
    def own(self) -> list[float | None]:
        return settle(self.answers, self.rubric.worst)

    @cached_property
    def gates(self) -> list[CompiledGate]:
        ladder = self.rubric.gates[: self.target + 1]
        return [gate for gates in ladder for gate in gates if gate.measure != HEARD]

    @cached_property
    def candidates(self) -> tuple[int, ...]:
        """Items whose answer could be better: in the rubric's order, those not applicable last."""
        found = [item for item in range(len(self.own)) if self.options(item)]
        return tuple(sorted(found, key=lambda item: (self.own[item] is None, item)))

    def options(self, item: int) -> list[int]:
        """The answers better than the present one, least first, one for each value; all where it is not applicable."""
        compiled = self.rubric.items[item]
        sign = -1 if compiled.lower_is_better else 1
        own = self.own[item]
        better: dict[float, int] = {}
        for code in compiled.options:
            worth = sign * self.rubric.values[code]
            if own is None or worth > sign * own + TOLERANCE:
                better.setdefault(worth, code)
        return [better[worth] for worth in sorted(better)]

    def own_after(self, after: dict[int, int]) -> list[float | None]:
        own = list(self.own)
        for item, code in after.items():
            own[item] = self.rubric.values[code]
        return own

    @cached_property
    def best(self) -> list[float]:
        return [float(not item.lower_is_better) for item in self.rubric.items]

    def with_best(self, chosen: Sequence[int]) -> list[float | None]:
        own = list(self.own)
        for item in chosen:
            own[item] = self.best[item]
        return own

    def holds_with(self, own: Values) -> bool:
        values = effective(self.rubric, own)
        return all(holds(gate, figure(gate, values, ())) for gate in self.gates)

    def reaches(self, chosen: Sequence[int]) -> bool:
        return self.holds_with(self.with_best(chosen))

    def smallest(self) -> tuple[list[int], bool]:
        """The smallest sufficient set, the first in order, and True.

        Past the budget: one that nothing can be left out of, and False.
        """
        enough = self.irreducible()
        forced = [item for item in self.candidates if not self.reaches([c for c in self.candidates if c != item])]
        free = [item for item in self.candidates if item in self.useful and item not in forced]
        try:
            return self.first_in_order(forced, free, self.of_least_size(forced, free, enough)), True
        except _SpentBudget:
            return enough, False

    @cached_property
    def useful(self) -> set[int]:
        """Items that can move a gate which does not hold yet."""
        values = effective(self.rubric, self.own)
        failing = [gate for gate in self.gates if not holds(gate, figure(gate, values, ()))]
        return set().union(
            *(up | down for gate in failing for up, down in map(self.influences.__getitem__, gate.items))
        )

    def of_least_size(self, forced: list[int], free: list[int], enough: list[int]) -> list[int]:
        """Some sufficient set of the smallest size; `enough` is one of any size."""
        for size in range(self.bound(forced, free), len(enough) - len(forced)):
            found = self.search(forced, self.limits_first(free), size)
            if found is not None:
                return found
        return enough

    def first_in_order(self, forced: list[int], free: list[int], known: list[int]) -> list[int]:
        """Of all sufficient sets as small as `known`, the first in the rubric's order."""
        chosen = list(forced)
        for place, item in enumerate(free):
            left = len(known) - len(chosen) - 1
            if left < 0:
                break
            if item not in known:
                found = self.search([*chosen, item], self.limits_first(free[place + 1 :]), left)
                known = found or known
            if item in known:
                chosen.append(item)
        return chosen

    def limits_first(self, free: list[int]) -> list[int]:
        """The order in which the search decides: what limits others first, which makes the bound sharp."""
        return sorted(free, key=lambda item: not self.rubric.items[item].lower_is_better)

    def irreducible(self) -> list[int]:
        """All candidates, less each, from the last, that can be left out."""
        chosen = list(self.candidates)
        for item in reversed(self.candidates):
            fewer = [other for other in chosen if other != item]
            if self.reaches(fewer):
                chosen = fewer
        return chosen

    def search(self, chosen: list[int], free: list[int], size: int) -> list[int] | None:
        """A sufficient set that adds at most `size` of `free` to `chosen`, or None."""
        if self.budget == 0:
            raise _SpentBudget
        self.budget -= 1
        least = self.bound(chosen, free)
        if least == 0:
            return chosen
        if least > size:
            return None
        found = self.search([*chosen, free[0]], free[1:], size - 1)
        return found if found is not None else self.search(chosen, free[1:], size)

    def bound(self, chosen: list[int], free: list[int]) -> int:
        """At least so many of `free` have to be added to `chosen`.

        0 where `chosen` suffices; more than there are where nothing does.
        """
        now_own, then_own = self.with_best(chosen), self.with_best([*chosen, *free])
        now, then = effective(self.rubric, now_own), effective(self.rubric, then_own)
        unlimited = implied(self.rubric, list(now_own))
        used: set[int] = set()
        least = 0
        for gate in self.gates:
            if not holds(gate, figure(gate, now, ())):
                if not holds(gate, figure(gate, then, ())):
                    return len(free) + 1
                gains = self.gains(gate, free, now, then, unlimited)
                least = max(1, least + _needed(self.shortfall(gate, now), gains, used))
                used |= gains.keys()
        return least

    def shortfall(self, gate: CompiledGate, values: Values) -> float:
        """How much the gate's items have to gain together, in the measure of `gains`."""
        if gate.measure == "points":
            present = sum(value for item in gate.items if (value := values[item]) is not None)
            return abs(gate.threshold - present)
        if gate.measure == "share":
            return -sum(value - gate.threshold for item in gate.items if (value := values[item]) is not None)
        if gate.measure == "not-applicable":
            missing = sum(values[item] is None for item in gate.items)
            return missing - gate.threshold * len(gate.items)
        return TOLERANCE * 2

    def gains(
        self, gate: CompiledGate, free: list[int], now: Values, then: Values, unlimited: Values
    ) -> dict[int, float]:
        """For each free item that can move the gate, the most by which choosing it can."""
        gains: dict[int, float] = {}
        open_to = set(free)
        for item in gate.items:
            raisers, limiters = self.influences[item]
            most = _gain(gate, now[item], then[item])
            if most > TOLERANCE:
                for other in raisers & open_to:
                    gains[other] = gains.get(other, 0.0) + most
                lifted = _gain(gate, now[item], unlimited[item])
                if lifted > TOLERANCE:
                    for other in (limiters - raisers) & open_to:
                        gains[other] = gains.get(other, 0.0) + lifted
        return gains

    @cached_property
    def influences(self) -> list[tuple[set[int], set[int]]]:
        """For each item, those that raise it (itself and what implies it) and those that limit one of them."""
        raisers = [{item} for item in range(len(self.own))]
        for source, targets in self.rubric.implies:
            for target in targets:
                raisers[target] |= raisers[source]
        limiters = {
            item: {source for source, targets in self.rubric.limits if item in targets} for item in range(len(self.own))
        }
        return [(up, set().union(*(limiters[item] for item in up))) for up in raisers]


def _gain(gate: CompiledGate, now: float | None, then: float | None) -> float:
    """By how much one item moves the gate's sum when it goes from `now` to `then`."""
    if gate.measure == "not-applicable":
        return float(now is None and then is not None)
    before, after = (0.0 if value is None else value for value in (now, then))
    if gate.measure == "share":
        before = before - gate.threshold if now is not None else 0.0
        after = after - gate.threshold if then is not None else 0.0
    return abs(after - before)


def _needed(shortfall: float, gains: dict[int, float], used: set[int]) -> int:
    """How many of the gains outside `used` it takes at least, all of those in `used` being had already."""
    left = shortfall - sum(gain for item, gain in gains.items() if item in used)
    count = 0
    for gain in sorted((gain for item, gain in gains.items() if item not in used), reverse=True):
        if left <= TOLERANCE:
            break
        left -= gain
        count += 1
    return count
