"""What was agreed, and what became of it, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from involve_audit.engine.comparing.actions import ACTION_STATES, AGREED_NOW, ActionChange
from involve_audit.language import day, number
from involve_audit.render.comparing.item_lines import ItemLines
from involve_audit.render.comparing.parts import ActionLine
from involve_audit.render.comparing.vocabulary import ACTIONS, COMPARING, COUNTED


def action_lines(lines: ItemLines, changes: Sequence[ActionChange], on: date) -> Iterator[tuple[ActionLine, bool]]:
    """Each action, and whether it was agreed only in the later audit. `on` is the day of that audit."""
    for change in sorted(changes, key=lambda change: ACTION_STATES.index(change.state)):
        is_new = change.state == AGREED_NOW
        late = COUNTED.form("late", change.overdue).format(count=number(change.overdue), day=day(on))
        line = ActionLine(
            what=change.action.what,
            owner=change.action.owner or "",
            due=_due(change),
            state="" if is_new and not change.is_done else ACTIONS["done" if change.is_done else change.state],
            late=late if change.overdue else "",
            moved=lines.move(change.moved) if change.moved and (change.is_done or not is_new) else "",
        )
        yield line, is_new


def _due(change: ActionChange) -> str:
    """When it is due, and when it first was where that was put off."""
    first, last = change.action.due, change.now.due if change.now else None
    if first and last and first != last:
        return COMPARING["put_off"].format(then=day(first), now=day(last))
    due = first or last
    return day(due) if due else ""
