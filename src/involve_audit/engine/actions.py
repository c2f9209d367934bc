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

PUT_OFF, BROUGHT_FORWARD, GOES_ON = DUE_MOVES = "put_off", "brought_forward", "goes_on"
"""How the day on which an action was first due can have moved."""

_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_NEVER = (10_000, 1, 1)


class ActionStanding(NamedTuple):
    """One of `STANDINGS`; by how many days it is late, 0 where it is not; and the last day on which it is in time, as
    year, month and day, None where none is known. `put_off` says that it is late only by when it was first due."""

    state: str
    days: int
    until: tuple[int, int, int] | None
    put_off: bool = False

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

    `due` is when it was due at first. `change` is how its question moved from an audit in which it was still to be done
    to a later one; None where there is no such audit, or it is about no question.
    """
    latest = _last_day(action.due)
    until = min(filter(None, (_last_day(due), latest)), default=None) if latest or action.due is None else None
    if action.done:
        return ActionStanding(NO_EFFECT if change is not None and change.had_no_effect else DONE, 0, until)
    if until is None:
        return ActionStanding(OPEN, 0, None)
    year, month, day = until
    days = (on - on.replace(year=year, month=month, day=day)).days
    is_put_off = days > 0 and latest is not None and (on.year, on.month, on.day) <= latest
    return ActionStanding(LATE if days > 0 else OPEN, max(days, 0), until, is_put_off)


def moved_due(due: date | str | None, first: date | str | None) -> str:
    """How the day moved on which an action was first due: one of `DUE_MOVES`, or empty where it did not, or is said
    more closely now."""
    before, now = _last_day(first), _last_day(due)
    if due is None or before is None or due == first:
        return ""
    if now is None:
        return GOES_ON
    if now[:2] == before[:2] and isinstance(first, str):
        return ""
    return BROUGHT_FORWARD if now < before else PUT_OFF


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
