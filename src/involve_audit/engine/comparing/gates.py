"""Which gates changed between two rounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from involve_audit.engine.measures import TOLERANCE
from involve_audit.engine.score import GateResult, Score

FAILS_NOW, HOLDS_NOW, GATE_GONE, GATE_NEW = "fails-now", "holds-now", "gone", "new"
ASKS_OTHERWISE, FIGURE, SAME = "asks-otherwise", "figure", "unchanged"
GATE_KINDS = (FAILS_NOW, GATE_GONE, GATE_NEW, ASKS_OTHERWISE, HOLDS_NOW, FIGURE, SAME)
"""Every way in which a gate can have changed, what matters most first."""


class GateChange(NamedTuple):
    """One gate in both rounds; None where the rubric of that round does not have it.

    `rule_changed` says whether it asks for something else than before: another threshold, measure or choice of items.
    """

    stage: str
    id: str
    kind: str
    then: GateResult | None
    now: GateResult | None
    rule_changed: bool


def gate_changes(before: Score, after: Score) -> tuple[GateChange, ...]:
    """Every gate of both rubrics, in the order of the later one; those that it does not have come last."""
    return tuple(_changes({gate.id: gate for gate in before.gates}, {gate.id: gate for gate in after.gates}))


def _changes(before: dict[str, GateResult], after: dict[str, GateResult]) -> Iterator[GateChange]:
    for name, now in after.items():
        then = before.get(name)
        changed = then is not None and _rule(then) != _rule(now)
        yield GateChange(now.stage, name, _kind(then, now, changed), then, now, changed)
    for name, then in before.items():
        if name not in after:
            yield GateChange(then.stage, name, GATE_GONE, then, None, False)


def _rule(gate: GateResult) -> tuple[object, ...]:
    """What a gate asks for. Records keep nine decimals of a threshold."""
    return gate.stage, gate.measure, gate.perspective, round(gate.threshold, 9), gate.at_least, frozenset(gate.items)


def _kind(then: GateResult | None, now: GateResult, rule_changed: bool) -> str:
    if then is None:
        return GATE_NEW
    if then.holds != now.holds:
        return HOLDS_NOW if now.holds else FAILS_NOW
    if rule_changed:
        return ASKS_OTHERWISE
    return SAME if _is_near(then.figure, now.figure) else FIGURE


def _is_near(one: float | None, other: float | None) -> bool:
    return one == other if one is None or other is None else abs(one - other) <= 1e3 * TOLERANCE
