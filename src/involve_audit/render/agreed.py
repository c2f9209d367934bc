"""What was agreed, in words: when it is due and where it stands, the same on every page (docs/actions.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.engine.actions import DONE, LATE, NO_EFFECT, ActionStanding
from involve_audit.language import day, month
from involve_audit.model.base import first_day
from involve_audit.words.reports import ACTIONS, COUNTED_ACTIONS, STANDINGS

if TYPE_CHECKING:
    from involve_audit.model.view import Action
    from involve_audit.render.titles import Titles


class AgreedLine(NamedTuple):
    """One action. `state` is one of `STANDINGS`, and `stands` says it in words; what nobody said is empty.

    `item` is the id of the question that it is about, and `about` its number and title.
    """

    item: str
    about: str
    what: str
    owner: str
    due: str
    state: str
    stands: str

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return self.state in (DONE, NO_EFFECT)

    @property
    def is_late(self) -> bool:
        return self.state == LATE


def agreed_lines(titles: Titles, found: Iterable[tuple[Action, ActionStanding]], on: date) -> Iterator[AgreedLine]:
    """Each action in words, with where it stands on a day."""
    for action, standing in found:
        yield AgreedLine(
            item=action.item or "",
            about=titles.numbered(action.item) if action.item else "",
            what=action.what,
            owner=action.owner or "",
            due=due_in_words(action.due),
            state=standing.state,
            stands=stands_in_words(standing, on),
        )


def stands_in_words(standing: ActionStanding, on: date, is_forgotten: bool = False) -> str:
    """Where an action stands on a day, such as `Late: 12 days on 9 November 2026`.

    `is_forgotten` says that the latest audit does not mention it; where it is done, that goes without saying.
    """
    late = standing.state == LATE
    form = "late_at_first" if standing.put_off else "late"
    stands = COUNTED_ACTIONS.of(form, standing.days, day=day(on)) if late else STANDINGS[standing.state]
    is_done = standing.state in (DONE, NO_EFFECT)
    return ACTIONS["not_mentioned"].format(stands=stands) if is_forgotten and not is_done else stands


def due_in_words(due: date | str | None, first: date | str | None = None, moved: str = "") -> str:
    """A day, a month or that it goes on; empty where nobody said. `first` is when it was due at first, `moved` how
    that moved since: one of `DUE_MOVES`, or empty."""
    if moved:
        return ACTIONS[moved].format(then=due_in_words(first), now=due_in_words(due))
    if isinstance(due, date):
        return day(due)
    in_it = first_day(due)
    return month(in_it) if in_it else ACTIONS["ongoing"] if due else ""
