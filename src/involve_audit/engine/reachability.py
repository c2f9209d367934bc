"""What an author wants to know about a ladder of gates: can each stage be reached, can each gate make a difference?

Whether a gate can never fail, whether others make it pointless and whether no audit can end at a stage are one
question each: can this gate fail while those hold (`engine.failing`)? No is proved, yes is shown by answers, and a
search that was cut off is neither: it is told apart everywhere, and never passes for a no.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from involve_audit.engine.attempt import AtBest, Attempt
from involve_audit.engine.compiled import CompiledGate, CompiledRubric
from involve_audit.engine.failing import can_fail
from involve_audit.engine.reading import effective, figure, holds
from involve_audit.engine.search import Budget, SpentBudget

NODES = 100_000
"""How many nodes the whole examination may open, where nothing else is asked for."""


class OutOfReach(NamedTuple):
    """A stage that no answers reach, because this gate fails even with the best ones, at this figure."""

    stage: str
    gate: str
    figure: float | None


class Pointless(NamedTuple):
    """A gate that holds wherever the gates `by` hold, which are asked for at its own stage or below.

    They are not named, and may be all, where the search was cut off before it knew which.
    """

    gate: str
    by: tuple[str, ...]


class Examined(NamedTuple):
    """What was found, in the rubric's order.

    `passed_over` are stages at which no audit ends: whoever reaches one reaches the next. `unsettled` are the gates,
    and `unsettled_stages` the stages, of which nothing is known because the `nodes` of the whole examination, shared
    among all gates and stages, were not enough.
    """

    out_of_reach: tuple[OutOfReach, ...]
    passed_over: tuple[str, ...]
    never_fails: tuple[str, ...]
    pointless: tuple[Pointless, ...]
    unsettled: tuple[str, ...]
    unsettled_stages: tuple[str, ...]
    nodes: int = NODES


def examine(rubric: CompiledRubric, nodes: int | None = None) -> Examined:
    """Examine the ladder of a rubric. All searches together may open so many nodes."""
    return _Examination(rubric, nodes or NODES).result()


def out_of_reach(rubric: CompiledRubric) -> Iterator[OutOfReach]:
    """The gates that fail with the best answers and everybody heard. Better answers never do harm, so nothing helps."""
    values = effective(rubric, [float(not item.lower_is_better) for item in rubric.items])
    for stage, gates in zip(rubric.stages, rubric.gates, strict=True):
        for gate in gates:
            best = figure(gate, values, ()) if gate.perspective is None else 1.0
            if not holds(gate, best):
                yield OutOfReach(stage, gate.id, best)


def never_fail(rubric: CompiledRubric, gates: Iterable[CompiledGate]) -> set[str]:
    """The ids of those gates that hold whatever is answered, as far as the budget lasts to know."""
    searches = _Examination(rubric, NODES)
    return {gate.id for gate in gates if searches.fails(gate, (), searches.budget) is False}


class _Examination:
    """The searches of one rubric. They look only at stages that can be reached at all.

    Each search may use an equal part of what is left of the budget: what is easy leaves more for the others, and what
    is hard takes nothing from them. In the end what could not be settled shares the rest, until there is none.
    """

    def __init__(self, rubric: CompiledRubric, nodes: int) -> None:
        self.rubric = rubric
        self.nodes = nodes
        self.budget = Budget(nodes)
        self.unreached = tuple(out_of_reach(rubric))
        places = {stage: place for place, stage in enumerate(rubric.stages)}
        first_unreached = min((places[gate.stage] for gate in self.unreached), default=len(places))
        self.ladder = rubric.gates[:first_unreached]
        self.best = AtBest(rubric)
        self.verdicts: dict[str, bool | None] = {gate.id: None for gates in self.ladder for gate in gates}
        self.ends: list[bool | None] = [None] * max(0, len(self.ladder) - 1)
        self.never_fails: set[str] = set()
        self.by: dict[str, tuple[str, ...]] = {}

    def result(self) -> Examined:
        self._settle(self.budget)
        with self.budget.part(2) as budget:
            self._explain(budget)
        while (open_yet := self._unsettled()) and self.budget.nodes >= open_yet:
            self._settle(self.budget)
        self._explain(self.budget)
        return Examined(
            out_of_reach=self.unreached,
            passed_over=tuple(self.rubric.stages[place] for place, ends in enumerate(self.ends) if ends is False),
            never_fails=tuple(gate for gate in self.verdicts if gate in self.never_fails),
            pointless=tuple(Pointless(gate, self.by[gate]) for gate in self.verdicts if gate in self.by),
            unsettled=tuple(gate for gate, verdict in self.verdicts.items() if verdict is None),
            unsettled_stages=tuple(self.rubric.stages[place] for place, ends in enumerate(self.ends) if ends is None),
            nodes=self.nodes,
        )

    def _unsettled(self) -> int:
        """How many gates and stages are not settled."""
        return sum(verdict is None for verdict in (*self.verdicts.values(), *self.ends))

    def _each_stage(self) -> Iterator[tuple[int, Sequence[CompiledGate], set[str]]]:
        """Each stage above the lowest, its gates, and the ids of all that are asked for up to it and may decide."""
        asked: set[str] = set()
        for place, gates in enumerate(self.ladder[1:]):
            asked.update(gate.id for gate in gates if self.verdicts[gate.id] is not False)
            yield place, gates, asked

    def _settle(self, budget: Budget) -> None:
        """Everything that is not settled yet, gates before what depends on them."""
        turns = self._unsettled()
        for place, gates, asked in self._each_stage():
            # The last first, so that of two alike the later one is called pointless.
            for gate in reversed(gates):
                if self.verdicts[gate.id] is None:
                    with budget.part(turns) as part:
                        self.verdicts[gate.id] = self._can_decide(gate, asked, part)
                    turns -= 1
                    if self.verdicts[gate.id] is False:
                        asked.remove(gate.id)
            if self.ends[place] is None:
                with budget.part(turns) as part:
                    self.ends[place] = self._can_end_below(gates, asked, part)
                turns -= 1

    def _can_decide(self, gate: CompiledGate, asked: Collection[str], budget: Budget) -> bool | None:
        """Whether a gate can fail where all others that are asked for hold; None where it could not be settled."""
        if self.fails(gate, (), budget) is False:
            self.never_fails.add(gate.id)
            return False
        return self.fails(gate, asked, budget)

    def _can_end_below(self, gates: Sequence[CompiledGate], asked: set[str], budget: Budget) -> bool | None:
        """Whether some answers meet all that is asked for below a stage and not all of its gates."""
        if any(self.verdicts[gate.id] for gate in gates):
            return True
        own = {gate.id for gate in gates} & asked
        asked -= own
        verdicts = [self.fails(gate, asked, budget) for gate in gates]
        asked |= own
        return True if True in verdicts else None if None in verdicts else False

    def _explain(self, budget: Budget) -> None:
        """For each pointless gate, others that make it so."""
        pointless = (
            {gate for gate, verdict in self.verdicts.items() if verdict is False} - self.never_fails - {*self.by}
        )
        turns = len(pointless)
        for _, gates, asked in self._each_stage():
            for gate in gates:
                if gate.id in pointless:
                    with budget.part(turns) as part:
                        self.by[gate.id] = self._makes_pointless(gate, asked, part)
                    turns -= 1

    def _makes_pointless(self, gate: CompiledGate, asked: Collection[str], budget: Budget) -> tuple[str, ...]:
        """Gates that are enough to make this one hold: one where one will do, and never one too many.

        None at all where the budget does not last to find out which.
        """
        try:
            others = [one.gate for one in Attempt(self.best, gate, asked, budget).margins[1:]]
        except SpentBudget:
            return ()
        near = [other.id for other in others if not set(other.items).isdisjoint(gate.items)]
        for other in near:
            if self.fails(gate, (other,), budget) is False:
                return (other,)
        enough = near if self.fails(gate, near, budget) is False else [other.id for other in others]
        size = len(enough)
        while size > 1:
            size = (size + 1) // 2
            for some in [enough[start : start + size] for start in range(0, len(enough), size)]:
                fewer = [kept for kept in enough if kept not in some]
                if self.fails(gate, fewer, budget) is False:
                    enough = fewer
        return tuple(enough) if budget.nodes >= 0 else ()

    def fails(self, gate: CompiledGate, holding: Collection[str], budget: Budget) -> bool | None:
        """Whether a gate can fail while others hold; None where the search was cut off."""
        try:
            return can_fail(self.best, gate, holding, budget) is not None
        except SpentBudget:
            return None
