"""The next steps: the smallest set of answers that would have to change for the next stage (method.md, section 5)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from involve_audit.engine.balance import Balance
from involve_audit.engine.compiled import Codes, CompiledRubric
from involve_audit.engine.reading import Values, effective, figure, holds, settle
from involve_audit.engine.search import Budget, Search, SpentBudget

BUDGET = 1000


class NeededChange(NamedTuple):
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
    changes: tuple[NeededChange, ...]
    hear: tuple[str, ...]
    proven: bool
    reachable: bool


def next_steps(
    rubric: CompiledRubric, answers: Codes, heard: Sequence[int], floor: int, budget: int = BUDGET
) -> NextSteps | None:
    """The next steps from the stage at place `floor`; None at the top.

    Of several smallest sets, the one that makes the fewest items applicable that were set aside, and of these the
    first in the rubric's order. `budget` is the number of nodes that the search may open.
    """
    target = floor + 1
    if target == len(rubric.stages):
        return None
    steps = _Steps(rubric, answers, target)
    if steps.balance_after(steps.best(steps.candidates)).broken:
        return NextSteps(rubric.stages[target], (), (), proven=True, reachable=False)
    chosen, proven = steps.smallest(Budget(budget))
    after = steps.least_asking(chosen)
    return NextSteps(
        to=rubric.stages[target],
        changes=tuple(
            NeededChange(rubric.items[item].id, rubric.word(answers[item]), rubric.word(code))
            for item, code in sorted(after.items())
        ),
        hear=_to_hear(rubric, steps.own_after(after), heard, target),
        proven=proven,
        reachable=True,
    )


def _to_hear(rubric: CompiledRubric, own: Values, heard: Sequence[int], target: int) -> tuple[str, ...]:
    values = effective(rubric, own)
    gates = [gate for gates in rubric.gates[: target + 1] for gate in gates if gate.perspective is not None]
    unheard = {gate.perspective for gate in gates if not holds(gate, figure(gate, values, heard))}
    return tuple(name for place, name in enumerate(rubric.perspectives) if place in unheard)


class _Steps:
    """The answers of one audit, and what the target asks of them. Gates on who was heard are left out."""

    def __init__(self, rubric: CompiledRubric, answers: Codes, target: int) -> None:
        self.rubric = rubric
        self.own = settle(answers, rubric.worst)
        self.gates = [gate for gates in rubric.gates[: target + 1] for gate in gates if gate.perspective is None]
        self.better = [self._better(item) for item in range(len(self.own))]

    @cached_property
    def candidates(self) -> list[int]:
        """Items whose answer could be better, or that could become applicable."""
        return [item for item, better in enumerate(self.better) if better]

    def _better(self, item: int) -> list[int]:
        """The answers better than the present one, least first, one for each value; all where it is set aside."""
        compiled = self.rubric.items[item]
        sign = -1 if compiled.lower_is_better else 1
        own = self.own[item]
        better: dict[float, int] = {}
        for code in compiled.options:
            worth = sign * self.rubric.values[code]
            if own is None or worth > sign * own:
                better.setdefault(worth, code)
        return [better[worth] for worth in sorted(better)]

    def own_after(self, after: dict[int, int]) -> list[float | None]:
        """The items' own values, some answers changed to these codes."""
        own = list(self.own)
        for item, code in after.items():
            own[item] = self.rubric.values[code]
        return own

    def balance_after(self, after: dict[int, int]) -> Balance:
        """The target's gates once some answers are changed to these codes."""
        return Balance(self.rubric, self.own_after(after), self.gates)

    def best(self, items: Sequence[int]) -> dict[int, int]:
        """Each of these items at its best answer."""
        return {item: self.better[item][-1] for item in items}

    def smallest(self, budget: Budget) -> tuple[list[int], bool]:
        """A smallest sufficient set and True; or, past the budget, one that nothing can be left out of and False.

        An item that was set aside may do harm once it applies, so each choice of these items is a search of its own.
        """
        aside = [item for item in self.candidates if self.own[item] is None]
        others = [item for item in self.candidates if self.own[item] is not None]
        best: list[int] | None = None
        try:
            for number in range(len(aside) + 1):
                for applied in combinations(aside, number):
                    most = len(others) if best is None else len(best) - number - 1
                    search = Search(self.rubric, self.own_after(self.best(applied)), self.gates, others, budget)
                    smaller = search.smallest(most)
                    best = best if smaller is None else [*applied, *smaller]
                # A set that applies one item more has at least so many items itself.
                if best is not None and number + 1 >= len(best):
                    break
        except SpentBudget:
            return self.irreducible(), False
        return best or [], True

    def irreducible(self) -> list[int]:
        """A sufficient set that nothing can be left out of: all candidates, less each that can go, the last first."""
        chosen, before = set(self.candidates), set[int]()
        balance = self.balance_after(self.best(self.candidates))
        while chosen != before:
            before = set(chosen)
            for item in sorted(before, key=lambda item: (self.own[item] is None, item), reverse=True):
                best = balance.own[item]
                balance.put(item, (self.own[item], True))
                if balance.broken:
                    balance.put(item, (best, True))
                else:
                    chosen.remove(item)
        return sorted(chosen)

    def least_asking(self, chosen: Sequence[int]) -> dict[int, int]:
        """For each chosen item, in order, the least answer with which the target is still reached."""
        after = self.best(chosen)
        balance = self.balance_after(after)
        for item in sorted(chosen):
            for code in self.better[item]:
                balance.put(item, (self.rubric.values[code], True))
                after[item] = code
                if not balance.broken:
                    break
        return after
