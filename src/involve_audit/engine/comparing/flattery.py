"""What makes an audit look better than it is (docs/comparing.md, "It does not flatter")."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.engine.comparing.changes import NO_LONGER_KNOWN, GateChange, ItemChange
from involve_audit.engine.measures import TOLERANCE
from involve_audit.engine.score import DOCUMENTS, Score

BY_THE_RUBRIC, NOT_ASKED_AGAIN, SET_ASIDE = "by-the-rubric", "not-asked-again", "set-aside"
WITHOUT_EVIDENCE, NOT_KNOWN_NOW = "without-evidence", "not-known-now"
DONE_BUT_NOT_MOVED, PLANNED_AGAIN = "done-but-not-moved", "planned-again"
FLATTERY = (
    BY_THE_RUBRIC,
    NOT_ASKED_AGAIN,
    SET_ASIDE,
    WITHOUT_EVIDENCE,
    NOT_KNOWN_NOW,
    PLANNED_AGAIN,
    DONE_BUT_NOT_MOVED,
)

if TYPE_CHECKING:
    from involve_audit.engine.comparing.actions import ActionChange
    from involve_audit.engine.comparing.comparison import Split
"""Everything that is looked for, in the order in which it is told."""


class Moves(NamedTuple):
    """All that moved between two audits. `is_later` says that the second is of a later day."""

    items: tuple[ItemChange, ...]
    gates: tuple[GateChange, ...]
    actions: tuple[ActionChange, ...]
    split: Split
    is_later: bool


class Flattering(NamedTuple):
    """One thing that flatters: its name, and the items, gates or actions it is about.

    `otherwise` is the stage that the audit would have with these items as they were; None where it is the same one.
    """

    kind: str
    items: tuple[ItemChange, ...] = ()
    gates: tuple[GateChange, ...] = ()
    actions: tuple[ActionChange, ...] = ()
    otherwise: str | None = None


def flattering(before: Score, after: Score, moves: Moves) -> tuple[Flattering, ...]:
    """Everything that flatters the later audit."""
    return tuple(_found(before, after, moves))


def _found(before: Score, after: Score, moves: Moves) -> Iterator[Flattering]:
    if _rose_by_the_rubric(moves.split):
        yield Flattering(BY_THE_RUBRIC, gates=tuple(gate for gate in moves.gates if _is_eased(gate)))
    for kind, applies in _ABOUT_ITEMS:
        items = tuple(change for change in moves.items if applies(before, after, change))
        if items and (moves.is_later or kind != PLANNED_AGAIN):
            yield Flattering(kind, items, otherwise=_otherwise(after, items) if kind in _WHAT_IF else None)
    unmoved = tuple(
        action for action in moves.actions if action.is_newly_done and action.moved and action.moved.is_no_better
    )
    if unmoved:
        yield Flattering(DONE_BUT_NOT_MOVED, actions=unmoved)


def _rose_by_the_rubric(parts: Split) -> bool:
    """Whether the stage is higher although, under one of the versions alone, it did not rise."""
    rose = parts.whole is not None and parts.whole.direction == 1
    own = [step.direction for step in (parts.under_old, parts.under_new) if step is not None]
    return rose and any(direction is not None and direction <= 0 for direction in own)


def _is_eased(gate: GateChange) -> bool:
    """Whether a gate holds now, and would not with what it asked for before."""
    if gate.then is None or gate.now is None or not gate.rule_changed or not gate.now.holds or gate.now.figure is None:
        return False
    short = gate.then.threshold - gate.now.figure
    return (short if gate.then.at_least else -short) > TOLERANCE


def _not_asked_again(before: Score, after: Score, change: ItemChange) -> bool:
    """Better, while those who decided before, and come first, gave no known answer any more."""
    asked = change.decided_then
    if not (change.gains or change.is_set_aside) or not asked or change.after is None:
        return False
    ranks = {name: rank for rank, name in enumerate((*after.rubric.perspectives, DOCUMENTS))}
    said = after.said_by(asked)
    is_silent = said is None or said.answers[after.places[change.after]] > after.rubric.not_applicable
    return is_silent and ranks.get(asked, -1) < ranks.get(change.decided_now or DOCUMENTS, -1)


def _set_aside(before: Score, after: Score, change: ItemChange) -> bool:
    return change.is_set_aside


def _without_evidence(before: Score, after: Score, change: ItemChange) -> bool:
    if "evidence-only" not in after.rubric.readings:
        return False
    return change.gains and change.after is not None and not after.resolved.evidenced[after.places[change.after]]


def _not_known_now(before: Score, after: Score, change: ItemChange) -> bool:
    return change.kind == NO_LONGER_KNOWN


def _planned_again(before: Score, after: Score, change: ItemChange) -> bool:
    if change.before is None or change.after is None:
        return False
    return before.is_planned(before.places[change.before]) and after.is_planned(after.places[change.after])


_ABOUT_ITEMS: tuple[tuple[str, Callable[[Score, Score, ItemChange], bool]], ...] = (
    (NOT_ASKED_AGAIN, _not_asked_again),
    (SET_ASIDE, _set_aside),
    (WITHOUT_EVIDENCE, _without_evidence),
    (NOT_KNOWN_NOW, _not_known_now),
    (PLANNED_AGAIN, _planned_again),
)
_WHAT_IF = (NOT_ASKED_AGAIN, SET_ASIDE, WITHOUT_EVIDENCE)


def _otherwise(after: Score, items: Sequence[ItemChange]) -> str | None:
    """The stage with these items answered as they were; None where it is the same, or cannot be worked out."""
    if after.is_recorded:
        return None
    rubric, codes = after.rubric, list(after.resolved.answers)
    code_of = rubric.codes
    for change in items:
        if change.after is not None and change.then is not None:
            place = after.places[change.after]
            codes[place] = code_of.get(change.then.answer, codes[place])
    stage = after.floor_of(codes, after.resolved.heard)
    return None if stage == after.floor else stage
