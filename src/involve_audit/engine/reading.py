"""One reading: settled values, limits, implications, gates, stage (method.md, section 4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from involve_audit.engine.compiled import Codes, CompiledGate, CompiledRubric, GateLadder
from involve_audit.engine.measures import MEASURES, TOLERANCE

_FIGURES = {name: row.figure for name, row in MEASURES.items()}  # looked up very often

Values = Sequence[float | None]
Table = Sequence[Sequence[float | None]]


def settle(answers: Codes, table: Table) -> list[float | None]:
    """Each item's own value from 0 to 1, None where it is not applicable. `table` settles what is unknown."""
    return [row[code] for row, code in zip(table, answers, strict=True)]


def effective(rubric: CompiledRubric, own: Values) -> list[float | None]:
    """What each item counts as, after limits and then implications."""
    return implied(rubric, limited(rubric, own))


def limited(rubric: CompiledRubric, own: Values) -> list[float | None]:
    """The values with every limit applied: an item listed by one whose own value is 1 counts at most `limit_to`."""
    values = list(own)
    most = rubric.limit_to
    for source, targets in rubric.limits:
        value = own[source]
        if value is not None and value >= 1 - TOLERANCE:
            for target in targets:
                present = values[target]
                if present is not None and present > most:
                    values[target] = most
    return values


def implied(rubric: CompiledRubric, values: list[float | None]) -> list[float | None]:
    """The values with every implied item raised to at least the item that implies it (changes `values`)."""
    for source, targets in rubric.implies:
        least = values[source]
        if least is not None:
            for target in targets:
                present = values[target]
                if present is not None and present < least:
                    values[target] = least
    return values


def figure(gate: CompiledGate, values: Values, heard: Sequence[int]) -> float | None:
    """The gate's measure over its items, None where it needs an applicable item and there is none."""
    if gate.perspective is not None:
        voices = [heard[item] >> gate.perspective & 1 for item in gate.items if values[item] is not None]
        return _FIGURES[gate.measure](voices, len(gate.items))
    present = [value for item in gate.items if (value := values[item]) is not None]
    return _FIGURES[gate.measure](present, len(gate.items))


def holds(gate: CompiledGate, measured: float | None) -> bool:
    """Whether the figure meets the threshold, within the tolerance."""
    if measured is None:
        return not MEASURES[gate.measure].nothing_fails
    if gate.at_least:
        return measured >= gate.threshold - TOLERANCE
    return measured <= gate.threshold + TOLERANCE


def stage_reached(ladder: GateLadder, values: Values, heard: Sequence[int] | None) -> int:
    """The place of the highest stage whose own gates, and those of all below it, hold.

    Where `heard` is None, gates on who was heard are taken as holding.
    """
    for place, gates in enumerate(ladder):
        for gate in gates:
            if heard is None and gate.perspective is not None:
                continue
            if not holds(gate, figure(gate, values, heard or ())):
                return place - 1
    return len(ladder) - 1


class Standing(NamedTuple):
    """Floor and ceiling: the places of their stages, and what each item counts as in them."""

    floor: int
    ceiling: int
    floor_values: list[float | None]
    ceiling_values: list[float | None]


def standing(rubric: CompiledRubric, answers: Codes, heard: Sequence[int]) -> Standing:
    """Floor and ceiling of one audit."""
    low = effective(rubric, settle(answers, rubric.worst))
    high = effective(rubric, settle(answers, rubric.best))
    floor = stage_reached(rubric.gates, low, heard)
    return Standing(floor, stage_reached(rubric.gates, high, None), low, high)
