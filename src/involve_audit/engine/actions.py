"""Where an action stands on a day: the one rule of every page (docs/actions.md)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from involve_audit.engine.comparing.changes import ItemChange
    from involve_audit.model.view import Action, View

LATE, OPEN, NO_EFFECT, DONE = "late", "open", "no-effect", "done"
STANDINGS = (LATE, OPEN, NO_EFFECT, DONE)
"""Where an action can stand, in the order in which it is told."""

_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_NEVER = (10_000, 1, 1)


class ActionStanding(NamedTuple):
    """One of `STANDINGS`; by how many days it is late, 0 where it is not; and the last day on which it is in time, as
    year, month and day, None where none is known."""

    state: str
    days: int
    until: tuple[int, int, int] | None

    @property
    def order(self) -> tuple[int, tuple[int, int, int]]:
        """What actions are sorted by: the state, then when they are due, last those of which no day is known."""
        return STANDINGS.index(self.state), self.until or _NEVER


class AgreedAt(NamedTuple):
    """An action by its place: which view of the audit has it, and where in there."""

    view: int
    action: int
    standing: ActionStanding


def standing(
    action: Action, on: date, *, due: date | str | None = None, change: ItemChange | None = None
) -> ActionStanding:
    """Where an action stands on a day.

    `due` is when it was due at first, where that was put off. `change` is how its question moved from the audit that
    agreed it to a later one; None where there is no later one, or it is about no question.
    """
    until = _last_day(due) or _last_day(action.due)
    if action.done:
        return ActionStanding(NO_EFFECT if change is not None and change.is_no_better else DONE, 0, until)
    if until is None:
        return ActionStanding(OPEN, 0, None)
    year, month, day = until
    days = (on - on.replace(year=year, month=month, day=day)).days
    return ActionStanding(LATE if days > 0 else OPEN, max(days, 0), until)


def _last_day(due: date | str | None) -> tuple[int, int, int] | None:
    """The last day on which an action is in time; None where no day follows from what is said, as of `ongoing`."""
    if due is None:
        return None
    if not isinstance(due, str):
        return due.year, due.month, due.day
    if not (month := _MONTH.fullmatch(due)):
        return None
    year, number = int(month[1]), int(month[2])
    return year, number, monthrange(year, number)[1]


def agreed_in(views: Iterable[View], on: date) -> tuple[AgreedAt, ...]:
    """Every action of an audit and where it stands on a day: first what is late, last what is done."""
    return tuple(sorted(_agreed_in(views, on), key=lambda found: found.standing.order))


def _agreed_in(views: Iterable[View], on: date) -> Iterator[AgreedAt]:
    for place, view in enumerate(views):
        yield from (AgreedAt(place, at, standing(action, on)) for at, action in enumerate(view.actions))
