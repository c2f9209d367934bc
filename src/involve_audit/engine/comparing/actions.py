"""What was agreed last time, and what became of it by the later audit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from involve_audit.engine.comparing.changes import ItemChange
    from involve_audit.model.view import Action

DONE, NOT_DONE, NOT_MENTIONED, AGREED_NOW = "done", "not-done", "not-mentioned", "agreed-now"
ACTION_STATES = (NOT_DONE, NOT_MENTIONED, DONE, AGREED_NOW)


class ActionChange(NamedTuple):
    """One action. `state` is one of `ACTION_STATES`; `then` is None where it was agreed only now, `now` where the later
    audit does not mention it.

    `overdue` is by how many days it was late on the day of the later audit: of what is not done, by the day it was
    first due. `moved` is how its item moved, None where it is about none that is asked.
    """

    state: str
    then: Action | None
    now: Action | None
    overdue: int
    moved: ItemChange | None

    @property
    def action(self) -> Action:
        """The action in the words of last time, or of now."""
        found = self.then or self.now
        assert found is not None
        return found

    @property
    def is_done(self) -> bool:
        """Whether the later audit, or the earlier one already, says that it is done."""
        return self.is_newly_done or bool(self.then and self.then.done)

    @property
    def is_newly_done(self) -> bool:
        """Whether the later audit is the first that says so."""
        return bool(self.now and self.now.done) and not (self.then and self.then.done)


def action_changes(
    before: Sequence[Action], after: Sequence[Action], on: date, changes: Sequence[ItemChange], told: bool = True
) -> tuple[ActionChange, ...]:
    """Every action of both audits: first those of the earlier, then those agreed only now. `on` is the later's day.

    `told` says that both audits have the words of their actions. Where one was made for sharing, and has not, an action
    is known by its item, if it is the only one about it.
    """
    moved = {change.before: change for change in changes} | {change.after: change for change in changes}
    actions: list[ActionChange] = []
    left = list(after)
    for then in before:
        now = _again(then, left, moved) if told else _by_item(then, before, left, moved)
        if now is not None:
            left.remove(now)
        actions.append(ActionChange(_state(then, now), then, now, _overdue(then, now, on), moved.get(then.item or "")))
    actions += [ActionChange(AGREED_NOW, None, now, _overdue(now, now, on), moved.get(now.item or "")) for now in left]
    return tuple(actions)


def _again(then: Action, after: Sequence[Action], moved: Mapping[str | None, ItemChange]) -> Action | None:
    """The same action in the later audit: about the same item, in the same words or else due on the same day."""
    change = moved.get(then.item) if then.item else None
    about = [now for now in after if now.item == (change.item if change else then.item)]
    same_words = [now for now in about if _words(now) == _words(then)]
    same_day = [now for now in about if then.due is not None and now.due == then.due and then.item]
    return next(iter([*same_words, *same_day]), None)


def _by_item(
    then: Action, before: Sequence[Action], after: Sequence[Action], moved: Mapping[str | None, ItemChange]
) -> Action | None:
    """The same action where nobody can read its words: the only one about its item, or due on the same day."""
    change = moved.get(then.item) if then.item else None
    about = [now for now in after if then.item and now.item == (change.item if change else then.item)]
    is_only = len(about) == 1 == sum(other.item == then.item for other in before)
    same_day = [now for now in about if then.due is not None and now.due == then.due]
    return about[0] if is_only else next(iter(same_day), None)


def _words(action: Action) -> list[str]:
    return action.what.casefold().split()


def _state(then: Action, now: Action | None) -> str:
    if then.done or (now is not None and now.done):
        return DONE
    return NOT_MENTIONED if now is None else NOT_DONE


def _overdue(then: Action, now: Action | None, on: date) -> int:
    if then.done or (now is not None and now.done) or then.due is None:
        return 0
    return max(0, (on - then.due).days)
