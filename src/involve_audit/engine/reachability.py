"""What an author wants to know about a ladder of gates: can each stage be reached, can each gate make a difference?

Whether a gate can never fail, whether others make it pointless and whether no audit can end at a stage are one
question each: can this gate fail while those hold (`engine.failing`)? No is proved, yes is shown by answers, and a
search that was cut off is neither: it is told apart everywhere, and never passes for a no.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from involve_audit.engine.compiled import CompiledGate, CompiledRubric
from involve_audit.engine.failing import can_fail
from involve_audit.engine.reading import effective, figure, holds
from involve_audit.engine.search import NODES, Budget, SpentBudget


class OutOfReach(NamedTuple):
    """A stage that no answers reach, because this gate fails even with the best ones, at this figure."""

    stage: str
    gate: str
    figure: float | None


class Pointless(NamedTuple):
    """A gate that holds wherever the gates `by` hold, which are asked for at its own stage or below."""

    gate: str
    by: tuple[str, ...]


class Examined(NamedTuple):
    """What was found, in the rubric's order.

    `passed_over` are stages at which no audit ends: whoever reaches one reaches the next. `unsettled` are the gates,
    and `unsettled_stages` the stages, of which the search was cut off before it knew, after so many `nodes`.
    """

    out_of_reach: tuple[OutOfReach, ...]
    passed_over: tuple[str, ...]
    never_fails: tuple[str, ...]
    pointless: tuple[Pointless, ...]
    unsettled: tuple[str, ...]
    unsettled_stages: tuple[str, ...]
    nodes: int = NODES


def examine(rubric: CompiledRubric, nodes: int | None = None) -> Examined:
    """Examine the ladder of a rubric. Each search may open so many nodes."""
    return _Examination(rubric, nodes or NODES).result()


def out_of_reach(rubric: CompiledRubric) -> Iterator[OutOfReach]:
    """The gates that fail with the best answers and everybody heard. Better answers never do harm, so nothing helps."""
    values = effective(rubric, [float(not item.lower_is_better) for item in rubric.items])
    for stage, gates in zip(rubric.stages, rubric.gates, strict=True):
        for gate in gates:
            best = figure(gate, values, ()) if gate.perspective is None else 1.0
            if not holds(gate, best):
                yield OutOfReach(stage, gate.id, best)


class _Examination:
    """The searches of one rubric. They look only at stages that can be reached at all."""

    def __init__(self, rubric: CompiledRubric, nodes: int) -> None:
        self.rubric = rubric
        self.nodes = nodes
        self.unreached = tuple(out_of_reach(rubric))
        stages = list(rubric.stages)
        first_unreached = min((stages.index(gate.stage) for gate in self.unreached), default=len(stages))
        self.ladder = rubric.gates[:first_unreached]
        self.never_fails: list[str] = []
        self.pointless: list[Pointless] = []
        self.unsettled: list[str] = []
        self.deciding: set[str] = set()

    def result(self) -> Examined:
        for place in range(1, len(self.ladder)):
            self._look_at(place)
        settled = {place: self._can_end_at(place) for place in range(len(self.ladder) - 1)}
        order = [gate.id for gates in self.ladder for gate in gates]
        return Examined(
            out_of_reach=self.unreached,
            passed_over=tuple(self.rubric.stages[place] for place, ends in settled.items() if ends is False),
            never_fails=tuple(sorted(self.never_fails, key=order.index)),
            pointless=tuple(sorted(self.pointless, key=lambda pointless: order.index(pointless.gate))),
            unsettled=tuple(sorted(self.unsettled, key=order.index)),
            unsettled_stages=tuple(self.rubric.stages[place] for place, ends in settled.items() if ends is None),
            nodes=self.nodes,
        )

    def _look_at(self, place: int) -> None:
        """Every gate of a stage, the last first, so that of two alike the later one is called pointless."""
        for gate in reversed(self.ladder[place]):
            verdict = self._fails(gate, [])
            if verdict is False:
                self.never_fails.append(gate.id)
                continue
            others = [other for other in self._asked_up_to(place) if other.id != gate.id]
            verdict = self._fails(gate, others)
            if verdict is None:
                self.unsettled.append(gate.id)
            elif verdict:
                self.deciding.add(gate.id)
            else:
                self.pointless.append(Pointless(gate.id, self._makes_pointless(gate, others)))

    def _asked_up_to(self, place: int) -> list[CompiledGate]:
        """The gates of a stage and those below it, without the ones that can be left out."""
        idle = {*self.never_fails, *(found.gate for found in self.pointless)}
        return [gate for gates in self.ladder[: place + 1] for gate in gates if gate.id not in idle]

    def _makes_pointless(self, gate: CompiledGate, others: Sequence[CompiledGate]) -> tuple[str, ...]:
        """Gates that are enough to make this one hold: one where one will do, and never one too many."""
        near = [other for other in others if not set(other.items).isdisjoint(gate.items)]
        for other in near:
            if self._fails(gate, [other]) is False:
                return (other.id,)
        enough = near if self._fails(gate, near) is False else list(others)
        for other in [*enough]:
            fewer = [kept for kept in enough if kept.id != other.id]
            if self._fails(gate, fewer) is False:
                enough = fewer
        return tuple(other.id for other in enough)

    def _can_end_at(self, place: int) -> bool | None:
        """Whether some answers reach a stage and not the next; None where that could not be settled."""
        above = self.ladder[place + 1]
        if any(gate.id in self.deciding for gate in above):
            return True
        verdicts = [self._fails(gate, self._asked_up_to(place)) for gate in above]
        return True if True in verdicts else None if None in verdicts else False

    def _fails(self, gate: CompiledGate, holding: Sequence[CompiledGate]) -> bool | None:
        """Whether a gate can fail while others hold; None where the search was cut off."""
        try:
            return can_fail(self.rubric, gate, holding, Budget(self.nodes)) is not None
        except SpentBudget:
            return None
