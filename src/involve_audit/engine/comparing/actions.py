"""What was agreed last time, and what became of it by the later audit."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.engine.actions import ActionStanding, standing

if TYPE_CHECKING:
    from datetime import date

    from involve_audit.engine.comparing.changes import ItemChange
    from involve_audit.model.view import Action

DONE, NOT_DONE, NOT_MENTIONED, AGREED_NOW = "done", "not-done", "not-mentioned", "agreed-now"
"""What can have become of an action."""


class ActionChange(NamedTuple):
    """One action. `state` is one of the four; `then` is None where it was agreed only now, `now` where the later
    audit does not mention it.

    `moved` is how its item moved, None where it is about none that is asked. `standing` is where it stands on
    the day of the later audit, by when it was first due (docs/actions.md).
    """

    state: str
    then: Action | None
    now: Action | None
    moved: ItemChange | None
    standing: ActionStanding

    @property
    def order(self) -> tuple[int, tuple[int, int, int]]:
        """What actions are sorted by."""
        return self.standing.order

    @property
    def overdue(self) -> int:
        """By how many days it is late; 0 where it is not."""
        return self.standing.days

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
    left, agreed = Left(after), Counter(then.item for then in before)
    for then in before:
        change = moved.get(then.item or "")
        now = left.take(then, change.item if change else then.item, told, agreed[then.item] == 1)
        latest = then if then.done else now or then
        found = standing(latest, on, due=then.due, change=change)
        actions.append(ActionChange(_state(then, now), then, now, change, found))
    for now in left.actions.values():
        actions.append(ActionChange(AGREED_NOW, None, now, moved.get(now.item or ""), standing(now, on)))
    return tuple(actions)


class Left:
    """The actions of the later audit that none of the earlier has become yet, found by what they are about."""

    def __init__(self, actions: Sequence[Action]) -> None:
        self.actions = dict(enumerate(actions))
        self.about = Counter(action.item for action in actions)
        self.places: defaultdict[object, deque[int]] = defaultdict(deque)
        for place, now in self.actions.items():
            for key in (now.item, (now.item, now.due), (now.item, _words(now))):
                self.places[key].append(place)

    def take(self, then: Action, item: str | None, told: bool, is_only: bool) -> Action | None:
        """The same action, which is left no more: about the item that `then` is about by now, in the same words or else
        due on the same day. Where nobody can read its words, the only one about its item, or due on the same day.
        """
        if told:
            place = self._first((item, _words(then)))
        else:
            place = self._first(item) if then.item and is_only and self.about[item] == 1 else None
        if place is None and then.item and then.due is not None:
            place = self._first((item, then.due))
        if place is None:
            return None
        self.about[item] -= 1
        return self.actions.pop(place)

    def _first(self, key: object) -> int | None:
        places = self.places[key]
        while places and places[0] not in self.actions:
            places.popleft()
        return places[0] if places else None


def _words(action: Action) -> tuple[str, ...]:
    return tuple(action.what.casefold().split())


def _state(then: Action, now: Action | None) -> str:
    if then.done or (now is not None and now.done):
        return DONE
    return NOT_MENTIONED if now is None else NOT_DONE
