"""What decides a range: the unknown answers and missing voices between floor and ceiling (method.md, section 5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from involve_audit.engine.compiled import Codes, CompiledGate, CompiledRubric
from involve_audit.engine.reading import HEARD, TOLERANCE, Standing, Values, effective, figure, holds, settle


class Decided(NamedTuple):
    """The items and the perspectives whose answers would move the floor towards the ceiling."""

    items: tuple[str, ...]
    perspectives: tuple[str, ...]


def decided_by(rubric: CompiledRubric, answers: Codes, heard: Sequence[int], found: Standing) -> Decided:
    """What stands between floor and ceiling.

    An unknown item decides where it moves the figure of a gate that fails at the floor and holds at the
    ceiling: alone upwards from the floor, or alone downwards from the ceiling.
    """
    between = [gate for gates in rubric.gates[found.floor + 1 : found.ceiling + 1] for gate in gates]
    failing = [gate for gate in between if not holds(gate, figure(gate, found.floor_values, heard))]
    missing = {gate.perspective for gate in failing if gate.measure == HEARD}
    measured = [gate for gate in failing if gate.measure != HEARD]
    return Decided(
        tuple(rubric.items[item].id for item in _moving(rubric, answers, found, measured)),
        tuple(name for place, name in enumerate(rubric.perspectives) if place in missing),
    )


def _moving(rubric: CompiledRubric, answers: Codes, found: Standing, gates: Sequence[CompiledGate]) -> Iterator[int]:
    worst, best = settle(answers, rubric.worst), settle(answers, rubric.best)
    low = _figures(gates, found.floor_values)
    high = _figures(gates, found.ceiling_values)
    for item, code in enumerate(answers):
        if gates and code > rubric.not_applicable:
            raised = [*worst[:item], best[item], *worst[item + 1 :]]
            lowered = [*best[:item], worst[item], *best[item + 1 :]]
            if _differ(low, _figures(gates, effective(rubric, raised))) or _differ(
                high, _figures(gates, effective(rubric, lowered))
            ):
                yield item


def _figures(gates: Sequence[CompiledGate], values: Values) -> list[float]:
    return [figure(gate, values, ()) or 0.0 for gate in gates]


def _differ(before: list[float], after: list[float]) -> bool:
    return any(abs(one - other) > TOLERANCE for one, other in zip(before, after, strict=True))
