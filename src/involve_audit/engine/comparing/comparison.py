"""Two audits of one subject, held against each other (docs/comparing.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from involve_audit.engine.comparing.actions import ActionChange, action_changes
from involve_audit.engine.comparing.changes import ITEM_KINDS, GateChange, ItemChange, gate_changes, item_changes
from involve_audit.engine.comparing.correspondence import corresponding
from involve_audit.engine.comparing.flattery import NOT_ASKED_AGAIN, Flattering, Moves, flattering
from involve_audit.engine.comparing.round import PeopleChange, Round, people_changes
from involve_audit.engine.comparing.split import Split, split
from involve_audit.engine.score import Score


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that moved between two rounds. Items and gates are in the order of the later rubric."""

    before: Score
    after: Score
    split: Split
    items: tuple[ItemChange, ...]
    gates: tuple[GateChange, ...]
    people: tuple[PeopleChange, ...]
    actions: tuple[ActionChange, ...]
    flattering: tuple[Flattering, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many items moved in which way; the numbers add up to the number of items."""
        kinds = [change.kind for change in self.items]
        return {kind: kinds.count(kind) for kind in ITEM_KINDS}

    @property
    def is_comparable(self) -> bool:
        """Whether the stages can be compared."""
        return self.split.reason is None

    @property
    def fell(self) -> bool:
        """Whether the stage is lower by what the organisation did."""
        step = self.split.organisation
        return step is not None and step.direction == -1

    @property
    def lost(self) -> tuple[ItemChange, ...]:
        """The items that are worse, or that count for less because they are not known any more."""
        return tuple(change for change in self.items if change.is_regression)

    @property
    def is_unheard(self) -> bool:
        """Whether the people who come first are missing: from all of the later audit, or where it looks better."""
        first = self.after.rubric.perspectives[:1]
        silent = bool(first) and not any(heard & 1 for heard in self.after.resolved.heard)
        return silent or any(found.kind == NOT_ASKED_AGAIN for found in self.flattering)


def compare(before: Round, after: Round) -> Comparison:
    """How `after` differs from `before`."""
    then, now, correspondence = before.score, after.score, corresponding(before, after)
    items = item_changes(then, now, correspondence)
    moves = Moves(
        items=items,
        gates=gate_changes(then, now),
        actions=action_changes(before.actions, after.actions, after.date, items, before.is_told and after.is_told),
        split=split(before, after, correspondence),
        is_later=after.date > before.date,
    )
    return Comparison(
        before=then,
        after=now,
        split=moves.split,
        items=moves.items,
        gates=moves.gates,
        people=people_changes(before.people, after.people),
        actions=moves.actions,
        flattering=flattering(then, now, moves),
    )


REGRESSION, UNHEARD, NOT_COMPARABLE = "regression", "unheard", "not-comparable"
FAIL_ON = (REGRESSION, UNHEARD, NOT_COMPARABLE)


class Failure(NamedTuple):
    """A check that failed. Without items, a regression is one of the stage."""

    check: str
    items: tuple[ItemChange, ...] = ()


def failures(comparison: Comparison, checks: Sequence[str]) -> tuple[Failure, ...]:
    """Every one of `checks` that fails. A stage and items that cannot be compared are no regression."""
    return tuple(_failures(comparison, checks))


def _failures(comparison: Comparison, checks: Sequence[str]) -> Iterator[Failure]:
    if REGRESSION in checks and comparison.fell:
        yield Failure(REGRESSION)
    if REGRESSION in checks and comparison.lost:
        yield Failure(REGRESSION, comparison.lost)
    if UNHEARD in checks and comparison.is_unheard:
        yield Failure(UNHEARD)
    if NOT_COMPARABLE in checks and not comparison.is_comparable:
        yield Failure(NOT_COMPARABLE)
