"""The gates that changed, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from involve_audit.engine.assessment import GateResult
from involve_audit.engine.comparing.gates import GATE_KINDS, SAME, GateChange
from involve_audit.language import number
from involve_audit.render import gate_lines as single
from involve_audit.render.comparing.parts import GateLine
from involve_audit.render.comparing.shown import ShownRound
from involve_audit.render.comparing.vocabulary import COMPARING, GATE_CLASSES
from involve_audit.render.vocabulary import SIDES


def gate_lines(then: ShownRound, now: ShownRound, changes: Sequence[GateChange]) -> Iterator[GateLine]:
    """Each gate that changed, what matters most first."""
    changed = [change for change in changes if change.kind != SAME]
    for change in sorted(changed, key=lambda change: GATE_KINDS.index(change.kind)):
        asked_then, found_then = asked_and_found(then, change.then)
        asked_now, found_now = asked_and_found(now, change.now)
        yield GateLine(
            mark=change.kind,
            because=because(then, now, change),
            stage=(now if change.now else then).stage_title(change.stage),
            what=GATE_CLASSES[change.kind],
            asked_then=asked_then,
            asked_now=asked_now,
            found_then=found_then,
            found_now=found_now,
        )


def because(then: ShownRound, now: ShownRound, change: GateChange) -> str:
    """The reason that the gate gives, or its id where the rubric at hand does not have it."""
    titles = (now if change.now else then).titles
    return titles.gates[change.id].because if change.id in titles.gates else change.id


def asked_and_found(side: ShownRound, gate: GateResult | None) -> tuple[str, str]:
    """What a gate asked for and what was found, in one round."""
    if gate is None:
        return COMPARING["not_asked"], COMPARING["not_asked"]
    results = {item.id: item for item in side.side.items}
    if side.side.recorded or gate.id not in side.titles.gates:
        asked = SIDES["at_least" if gate.at_least else "at_most"].format(threshold=number(gate.threshold))
        return asked, "" if gate.figure is None else number(gate.figure)
    line = single.gate_line(side.titles, results, gate)
    return line.asked_for, line.found
