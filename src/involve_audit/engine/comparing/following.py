"""What was agreed in a series of audits of one service, each action once, and where it stands (docs/actions.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.engine.actions import ActionStanding, moved_due, standing
from involve_audit.engine.comparing.actions import Known, known_again
from involve_audit.engine.comparing.changes import ItemChange, item_changes
from involve_audit.engine.comparing.correspondence import corresponding

if TYPE_CHECKING:
    from datetime import date

    from involve_audit.engine.comparing.round import Round
    from involve_audit.model.view import Action


class Followed(NamedTuple):
    """One action, as the last audit that mentions it has it.

    `due` is when it was due at first. `agreed` and `mentioned` are the places in the series of the first audit that
    mentions it and of the last.
    """

    action: Action
    due: date | str | None
    agreed: int
    mentioned: int
    standing: ActionStanding

    @property
    def latest_due(self) -> date | str | None:
        """When it is due by the latest word on it."""
        return self.action.due or self.due

    @property
    def due_moved(self) -> str:
        """How the day moved since it was first due: one of `DUE_MOVES`, or empty."""
        return moved_due(self.latest_due, self.due)


@dataclass
class _Thread:
    """An action on its way through the series. `item` is what its question is called by now; `opened` is the first
    audit in which it was still to be done, and what its question was called there."""

    action: Action
    item: str | None
    opened: tuple[int, str | None] | None
    due: date | str | None
    agreed: int
    mentioned: int
    is_told: bool

    def go_on(self, now: Action | None, place: int, is_told: bool) -> None:
        """Meet it again in the next audit, be it in words or, made for sharing, without; the latest word counts."""
        if now is not None:
            words = {"what": self.action.what, "owner": self.action.owner} if self.is_told and not is_told else {}
            self.action = now.changed(**words)
            self.opened = self.opened or (None if now.done else (place, now.item))
            self.due, self.mentioned, self.is_told = self.due or now.due, place, self.is_told or is_told


def followed(rounds: Sequence[Round], on: date | None = None) -> tuple[Followed, ...]:
    """Every action of a series, in the order in which they were agreed; `rounds` are in the order of time.

    Where each stands is said of the day of the latest audit, or of `on`.
    """
    threads: list[_Thread] = []
    for place, taken in enumerate(rounds):
        now_called = corresponding(rounds[place - 1], taken).new_of if threads else {}
        for thread in threads:
            thread.item = now_called.get(thread.item or "", thread.item)
        known = [Known(thread.action, thread.item, thread.is_told and taken.is_told) for thread in threads]
        same, left = known_again(known, taken.actions)
        for thread, now in zip(threads, same, strict=True):
            thread.go_on(now, place, taken.is_told)
        threads += [_begun(new, place, taken.is_told) for new in left]

    @cache
    def changes_since(place: int) -> Mapping[str | None, ItemChange]:
        before, after = rounds[place], rounds[-1]
        found = item_changes(before.score, after.score, corresponding(before, after))
        return {change.before: change for change in found}

    def stands(thread: _Thread) -> ActionStanding:
        at, asked = thread.opened or (len(rounds) - 1, None)
        is_later = asked and thread.action.done and at < len(rounds) - 1
        change = changes_since(at).get(asked) if is_later else None
        return standing(thread.action, on or rounds[-1].date, due=thread.due, change=change)

    return tuple(Followed(each.action, each.due, each.agreed, each.mentioned, stands(each)) for each in threads)


def _begun(new: Action, place: int, is_told: bool) -> _Thread:
    return _Thread(new, new.item, None if new.done else (place, new.item), new.due, place, place, is_told)
