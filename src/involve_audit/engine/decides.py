"""What decides a range: the unknown answers and missing voices between floor and ceiling (method.md, section 5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from involve_audit.engine.compiled import Codes, CompiledGate, CompiledRubric
from involve_audit.engine.reading import HEARD, TOLERANCE, Standing, Values, figure, holds, limited, settle


class Decided(NamedTuple):
    """The items and the perspectives whose answers would move the floor towards the ceiling."""

    items: tuple[str, ...]
    perspectives: tuple[str, ...]


def decided_by(rubric: CompiledRubric, answers: Codes, heard: Sequence[int], found: Standing) -> Decided:
    """What stands between floor and ceiling.

    Of the gates that fail at the floor and hold at the ceiling: the perspectives that were not heard enough, and
    the unknown items that can move what one of their items counts as, by themselves or by what they limit or
    imply.
    """
    between = [gate for gates in rubric.gates[found.floor + 1 : found.ceiling + 1] for gate in gates]
    failing = [gate for gate in between if not holds(gate, figure(gate, found.floor_values, heard))]
    missing = {gate.perspective for gate in failing if gate.measure == HEARD}
    best = limited(rubric, settle(answers, rubric.best))
    moving = {mover for gate in failing if gate.measure != HEARD for mover in _movers(rubric, best, found, gate)}
    return Decided(
        tuple(rubric.items[item].id for item in sorted(moving) if answers[item] > rubric.not_applicable),
        tuple(name for place, name in enumerate(rubric.perspectives) if place in missing),
    )


def _movers(rubric: CompiledRubric, best: Values, found: Standing, gate: CompiledGate) -> Iterator[int]:
    """The items, known or not, that make the difference between floor and ceiling of one of the gate's items.

    `best` is the most that each item can count as by itself, held down only by what is known to limit it.
    """
    for item in gate.items:
        low, high = found.floor_values[item], found.ceiling_values[item]
        if low is None or high is None or abs(high - low) <= TOLERANCE:
            continue
        if rubric.items[item].lower_is_better:
            yield item
            continue
        for raiser in rubric.raised_by[item]:
            most = best[raiser]
            if most is not None and most > low + TOLERANCE:
                yield raiser
                yield from rubric.limited_by[raiser] if most > rubric.limit_to + TOLERANCE else ()
