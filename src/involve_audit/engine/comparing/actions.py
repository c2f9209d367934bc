"""What was agreed last time, and what became of it by the later audit."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Container, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.engine.actions import ActionStanding, moved_due, standing

if TYPE_CHECKING:
    from datetime import date

    from involve_audit.engine.comparing.changes import ItemChange
    from involve_audit.model.view import Action

DONE, NOT_DONE, NOT_MENTIONED, AGREED_NOW = "done", "not-done", "not-mentioned", "agreed-now"
"""What can have become of an action."""

_WORD = re.compile(r"\w+")


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
    def action(self) -> Action:
        """The action in the words of last time, or of now."""
        found = self.then or self.now
        assert found is not None
        return found

    @property
    def due(self) -> date | str | None:
        """When it is due by the latest word on it."""
        return self.now.due if self.now and self.now.due else self.action.due

    @property
    def due_moved(self) -> str:
        """How the day moved since it was first due: one of `DUE_MOVES`, or empty."""
        return moved_due(self.due, self.action.due)

    @property
    def is_done(self) -> bool:
        """Whether the latest audit that mentions it says that it is done."""
        return (self.now or self.action).done

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
    about = [moved.get(then.item or "") for then in before]
    items = (change.item if change else then.item for then, change in zip(before, about, strict=True))
    same, new = known_again([Known(then, item, told) for then, item in zip(before, items, strict=True)], after)
    for then, now, change in zip(before, same, about, strict=True):
        found = standing(now or then, on, due=then.due, change=None if then.done else change)
        actions.append(ActionChange(_state(then, now), then, now, change, found))
    for now in new:
        actions.append(ActionChange(AGREED_NOW, None, now, moved.get(now.item or ""), standing(now, on)))
    return tuple(actions)


class Known(NamedTuple):
    """An action of an earlier audit: what its item is called by now, and whether the words of both are told."""

    action: Action
    item: str | None
    told: bool


def known_again(before: Sequence[Known], after: Sequence[Action]) -> tuple[list[Action | None], list[Action]]:
    """What each action has become in the later audit, and those of the later audit that none has become.

    It is the same where it is about the same item in the same words or, where nobody can read them, the only one about
    it; or else due on the same day. What is most alike finds its own first, whatever the order.
    """
    then, now = Counter(one.item for one in before), Counter(one.item for one in after)
    only = {item for item in then if item is not None and then[item] == now[item] == 1}
    left = dict(enumerate(after))
    found: dict[int, Action] = {}
    for alike in _ALIKE:
        places: defaultdict[Hashable, deque[int]] = defaultdict(deque)
        for place, action in left.items():
            for told in (True, False):
                places[alike(Known(action, action.item, told), only)].append(place)
        for at, one in enumerate(before):
            key = alike(one, only) if at not in found else None
            if key is not None and (first := _first(places[key], left)) is not None:
                found[at] = left.pop(first)
    return [found.get(at) for at in range(len(before))], list(left.values())


def _first(places: deque[int], left: Mapping[int, Action]) -> int | None:
    while places and places[0] not in left:
        places.popleft()
    return places[0] if places else None


def _in_both(one: Known, only: Container[str]) -> Hashable:
    return (one.item, _words(one.action), one.action.due) if one.told else None


def _in_words(one: Known, only: Container[str]) -> Hashable:
    return (one.item, _words(one.action)) if one.told else one.item if one.item in only else None


def _in_time(one: Known, only: Container[str]) -> Hashable:
    return (one.item, one.action.due) if one.item and one.action.due is not None else None


_ALIKE = (_in_both, _in_words, _in_time)
"""What an action is known by, the closest first; None where it cannot be known by that."""


def _words(action: Action) -> tuple[str, ...]:
    """The words of an action, whatever their case and the marks between them."""
    words = action.what.casefold()
    return tuple(_WORD.findall(words)) or tuple(words.split())


def _state(then: Action, now: Action | None) -> str:
    if (now or then).done:
        return DONE
    return NOT_MENTIONED if now is None else NOT_DONE
