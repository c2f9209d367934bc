"""Two audits of one subject, held against each other (docs/comparing.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from involve_audit.engine.checks import FAIL_ON_CHANGE
from involve_audit.engine.comparing.actions import ActionChange, action_changes
from involve_audit.engine.comparing.changes import ITEM_KINDS, GateChange, ItemChange, gate_changes, item_changes
from involve_audit.engine.comparing.correspondence import Correspondence, corresponding
from involve_audit.engine.comparing.flattery import NOT_ASKED_AGAIN, Flattering, Moves, flattering
from involve_audit.engine.comparing.round import PeopleChange, Round, people_changes
from involve_audit.engine.compiled import CompiledItem, CompiledRubric, CompiledView
from involve_audit.engine.reading import effective, settle, stage_reached
from involve_audit.engine.resolve import resolve
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


REGRESSION, UNHEARD, NOT_COMPARABLE = FAIL_ON_CHANGE


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


OTHER_RUBRIC, OTHER_SCALE, NOT_AT_HAND, ITEMS = "other-rubric", "other-scale", "rubric-not-at-hand", "items"
REASONS = (OTHER_RUBRIC, OTHER_SCALE, NOT_AT_HAND, ITEMS)
"""Why stages cannot be compared."""

_FEWEST_OPTIONS = 2


class Reached(NamedTuple):
    """The stage of an audit under a version of the rubric. The two differ where it depends on questions that
    were never asked in that form."""

    lowest: str
    highest: str

    @property
    def is_settled(self) -> bool:
        return self.lowest == self.highest


class StageStep(NamedTuple):
    """From one stage to another. `direction` is 1 for up, -1 for down, 0 for none; None where the two stages do not
    stand on one ladder."""

    then: str
    now: str
    direction: int | None


class Split(NamedTuple):
    """Each audit under each version, and the steps between them.

    `then_under_old` is the earlier audit under the earlier version, `now_under_old` the later audit under it, and so
    on. `whole` is the step between the stages as they were published. `under_old` and `under_new` are what the
    organisation did, as each version has it; `at_then` and `at_now` what the rubric did to each audit. They are None
    where the stage in the middle is not settled. Where nothing can be told apart, `reason` says why.
    Where the rubric did not change, all was the organisation's doing. `is_sure` says that the stages went the way of
    `whole` whatever the open answers are.
    """

    then_under_old: Reached
    then_under_new: Reached | None
    now_under_old: Reached | None
    now_under_new: Reached
    whole: StageStep | None
    under_old: StageStep | None = None
    under_new: StageStep | None = None
    at_then: StageStep | None = None
    at_now: StageStep | None = None
    reason: str | None = None
    rubric_changed: bool = True
    is_sure: bool = True

    @property
    def organisation(self) -> StageStep | None:
        """What the organisation did: under the later version, or under the earlier where only that scores both."""
        return self.under_new or self.under_old

    @property
    def rubric(self) -> StageStep | None:
        """What the rubric did: the rest of the way."""
        return self.at_then if self.under_new else self.at_now


def split(earlier: Round, later: Round, correspondence: Correspondence) -> Split:
    """Take the change of stage from one audit to the other apart."""
    before, after = earlier.score, later.score
    then, now = Reached(before.floor, before.floor), Reached(after.floor, after.floor)
    whole = _step(before.rubric, after.rubric, then, now)
    is_sure = _is_sure(before, after)
    if earlier.shares_rubric_with(later):
        still_then, still_now = StageStep(before.floor, before.floor, 0), StageStep(after.floor, after.floor, 0)
        return Split(then, then, now, now, whole, whole, whole, still_then, still_now, None, False, is_sure)
    reason = _obstacle(before, after, correspondence)
    if reason:
        return Split(then, None, None, now, whole, reason=reason)
    then_under_new = under(before, after.rubric, correspondence.old_of)
    now_under_old = under(after, before.rubric, correspondence.new_of)
    parts = Split(
        then,
        then_under_new,
        now_under_old,
        now,
        whole,
        under_old=_step(before.rubric, before.rubric, then, now_under_old),
        under_new=_step(after.rubric, after.rubric, then_under_new, now),
        at_then=_step(before.rubric, after.rubric, then, then_under_new),
        at_now=_step(before.rubric, after.rubric, now_under_old, now),
        is_sure=is_sure,
    )
    return parts if parts.organisation else parts._replace(reason=ITEMS)


def apart(before: Sequence[Score], after: Sequence[Score]) -> int | None:
    """Which way the stage went: 1 or -1 where all that is possible in one is above all that is in the other.

    0 where what is possible meets; None where the stages do not stand on one ladder.
    """
    if len({score.rubric.stages for score in (*before, *after)}) > 1:
        return None
    is_up = min(score.standing.floor for score in after) > max(score.standing.ceiling for score in before)
    is_down = max(score.standing.ceiling for score in after) < min(score.standing.floor for score in before)
    return is_up - is_down


def _is_sure(before: Score, after: Score) -> bool:
    if not (before.enough_known and after.enough_known):
        return False
    is_settled = before.floor == before.ceiling and after.floor == after.ceiling
    return is_settled or apart([before], [after]) != 0


def _obstacle(before: Score, after: Score, correspondence: Correspondence) -> str | None:
    """Why the two audits cannot even be scored under each other's rubric."""
    if not correspondence.is_related:
        return OTHER_RUBRIC
    if before.is_recorded or after.is_recorded:
        return NOT_AT_HAND
    old, new = (dict(zip(score.rubric.options, score.rubric.values, strict=True)) for score in (before, after))
    shared = old.keys() & new.keys()
    is_same_scale = len(shared) >= _FEWEST_OPTIONS and all(old[option] == new[option] for option in shared)
    return None if is_same_scale else OTHER_SCALE


def _step(old: CompiledRubric, new: CompiledRubric, then: Reached, now: Reached) -> StageStep | None:
    """The step between two stages of these rubrics; None where one of the two is not settled."""
    if not (then.is_settled and now.is_settled):
        return None
    if old.stages != new.stages:
        return StageStep(then.lowest, now.lowest, None)
    place, before = new.stages.index(now.lowest), new.stages.index(then.lowest)
    return StageStep(then.lowest, now.lowest, (place > before) - (place < before))


def under(score: Score, rubric: CompiledRubric, source_of: Mapping[str, str]) -> Reached:
    """The floor of an audit under another version, each of whose items is the audit's `source_of` it.

    What was never asked in this form counts once at its worst and unheard, once at its best and heard by all.
    """
    rows = [_carried(score, view, rubric, source_of) for view in score.views]
    resolved = resolve(rubric, [_view(score, view, rubric, row) for view, row in zip(score.views, rows, strict=True)])
    own, heard = settle(resolved.answers, rubric.worst), list(resolved.heard)
    low = stage_reached(rubric.gates, effective(rubric, own), heard)
    for place, item in enumerate(rubric.items):
        if any(row[place] is None for row in rows):
            own[place] = float(not item.lower_is_better)
            heard[place] = (1 << len(rubric.perspectives)) - 1
    high = stage_reached(rubric.gates, effective(rubric, own), heard)
    return Reached(rubric.stages[low], rubric.stages[high])


def _view(score: Score, view: CompiledView, rubric: CompiledRubric, row: Sequence[int | None]) -> CompiledView:
    """A view with its answers carried over. Evidence makes no difference to a floor."""
    names = {score.rubric.perspectives[place] for place in view.present}
    present = tuple(place for place, name in enumerate(rubric.perspectives) if name in names)
    answers = tuple(rubric.unanswered if code is None else code for code in row)
    return CompiledView(present, answers, (False,) * len(answers))


def _carried(
    score: Score, view: CompiledView, rubric: CompiledRubric, source_of: Mapping[str, str]
) -> list[int | None]:
    """The answers of a view under another version, item by item; None for what it was never asked, or cannot say."""
    code_of = rubric.codes
    row: list[int | None] = []
    for item in rubric.items:
        source = source_of.get(item.id)
        code = None if source is None else code_of.get(score.rubric.word(view.answers[score.places[source]]))
        row.append(code if code is not None and _can_be_given(rubric, item, code) else None)
    return row


def _can_be_given(rubric: CompiledRubric, item: CompiledItem, code: int) -> bool:
    if code > rubric.not_applicable:
        return True
    return item.may_be_set_aside if code == rubric.not_applicable else code in item.options
