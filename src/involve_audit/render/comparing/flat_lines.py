"""What flatters, in words."""

from __future__ import annotations

from collections.abc import Iterator

from involve_audit.engine.comparing.comparison import Comparison
from involve_audit.engine.comparing.flattery import NOT_ASKED_AGAIN, PLANNED_AGAIN, Flattering
from involve_audit.engine.comparing.items import ItemChange
from involve_audit.render.comparing.gate_lines import asked_and_found, because
from involve_audit.render.comparing.item_lines import ItemLines
from involve_audit.render.comparing.parts import FlatLine
from involve_audit.render.comparing.shown import ShownRound
from involve_audit.render.comparing.vocabulary import COMPARING, FLATTERS


def flat_lines(lines: ItemLines, then: ShownRound, now: ShownRound, comparison: Comparison) -> list[FlatLine]:
    """Each thing that flatters, with all that it is about."""
    return [
        FlatLine(
            mark=found.kind,
            title=FLATTERS[found.kind],
            entries=list(_entries(lines, then, now, found)),
            otherwise=COMPARING["otherwise"].format(stage=now.stage_title(found.otherwise)) if found.otherwise else "",
        )
        for found in comparison.flattering
    ]


def _entries(lines: ItemLines, then: ShownRound, now: ShownRound, found: Flattering) -> Iterator[str]:
    for gate in found.gates:
        asked_then, asked_now = asked_and_found(then, gate.then)[0], asked_and_found(now, gate.now)[0]
        yield COMPARING["was_gate"].format(because=because(then, now, gate), then=asked_then, now=asked_now)
    for change in found.items:
        if found.kind == NOT_ASKED_AGAIN:
            yield _with_deciders(lines, then, now, change)
        else:
            yield lines.title(change) if found.kind == PLANNED_AGAIN else lines.move(change)
    for action in found.actions:
        moved = lines.move(action.moved) if action.moved else ""
        yield COMPARING["action_moved"].format(what=action.action.what, moved=moved)


def _with_deciders(lines: ItemLines, then: ShownRound, now: ShownRound, change: ItemChange) -> str:
    return COMPARING["move_by"].format(
        item=lines.title(change),
        then=lines.answer_then(change),
        who_then=then.perspective(change.decided_then),
        now=lines.answer_now(change),
        who_now=now.perspective(change.decided_now),
    )
