"""How each item of two rounds moved and what moved it, and which gates changed (docs/comparing.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from involve_audit.engine.comparing.correspondence import Correspondence, Pair
from involve_audit.engine.compiled import CompiledRubric
from involve_audit.engine.measures import TOLERANCE
from involve_audit.engine.resolve import Resolved
from involve_audit.engine.score import GateResult, Score

WORSE, NO_LONGER_KNOWN, GONE = "worse", "no-longer-known", "gone-from-rubric"
BECAME_NOT_APPLICABLE, NEW, NEWLY_KNOWN = "became-not-applicable", "new-in-rubric", "newly-known"
BECAME_APPLICABLE, IMPROVED, UNCHANGED = "became-applicable", "improved", "unchanged"
ITEM_KINDS = (
    WORSE,
    NO_LONGER_KNOWN,
    BECAME_NOT_APPLICABLE,
    GONE,
    NEW,
    BECAME_APPLICABLE,
    NEWLY_KNOWN,
    IMPROVED,
    UNCHANGED,
)
"""Every way in which an item can have moved, the worst first. Each item moved in exactly one."""

ANSWER, WHO, EVIDENCE, RUBRIC = "answer", "who", "evidence", "rubric"
CAUSES = (ANSWER, WHO, EVIDENCE, RUBRIC)


class State(NamedTuple):
    """An item in one round: its answer, and what decides how it compares.

    `worth` is how good the answer is, more being better and `best` the most there is: what is not known counts at its
    worst, and None stands for what does not apply. `evidenced` is None where evidence makes no difference; it does for
    a full yes to an achievement.
    """

    answer: str
    is_open: bool
    worth: float | None
    best: float
    evidenced: bool | None


class ItemChange(NamedTuple):
    """How one item moved. `before` and `after` are its ids; `then` and `now` its answers; None where it was not asked.

    `gain` is by how much it counts for more than before at the floor, by itself; 0 where it does not apply in both.
    `cause` is None where nothing moved. `decided_then` and `decided_now` are the perspectives whose answers were taken.
    """

    before: str | None
    after: str | None
    kind: str
    cause: str | None
    then: State | None
    now: State | None
    gain: float
    decided_then: str | None
    decided_now: str | None

    @property
    def item(self) -> str:
        """The id that it has now, or had last."""
        return self.after or self.before or ""

    @property
    def gains(self) -> bool:
        """Whether it counts for more than before, by itself."""
        return self.gain > TOLERANCE

    @property
    def is_set_aside(self) -> bool:
        """Whether it does not count any more, and did not count at its best before."""
        if self.then is None or self.now is None or self.then.worth is None:
            return False
        return self.now.worth is None and self.then.worth < self.then.best - TOLERANCE

    @property
    def is_no_better(self) -> bool:
        """Whether it could have become better than it was, and did not: what is as good as can be has nothing to gain,
        and what did not apply, or is not asked in both rounds, cannot be held against anything."""
        if self.then is None or self.now is None or self.then.worth is None or self.kind == IMPROVED or self.gains:
            return False
        return self.now.worth is None or self.now.worth < self.now.best - TOLERANCE

    @property
    def had_no_effect(self) -> bool:
        """Whether what was done about it had no effect: it is no better, both answers are known, and it applies."""
        is_known = self.then is not None and self.now is not None and not (self.then.is_open or self.now.is_open)
        return is_known and self.is_no_better and self.now is not None and self.now.worth is not None

    @property
    def is_regression(self) -> bool:
        """Whether it is worse, or counts for less because it is not known any more."""
        return self.kind == WORSE or self.gain < -TOLERANCE


def item_changes(before: Score, after: Score, correspondence: Correspondence) -> tuple[ItemChange, ...]:
    """Every item of both rubrics, in the order of the later one."""
    rounds = _Rounds(before, after)
    return tuple(rounds.change(pair) for pair in correspondence.pairs)


def moved_items(before: Score, after: Score, correspondence: Correspondence) -> tuple[ItemChange, ...]:
    """Those of `item_changes` that moved. Of one rubric, only items that differ are looked at."""
    pairs = correspondence.pairs
    if before.rubric is after.rubric:
        then, now = before.resolved, after.resolved
        differ = zip(then.answers, now.answers, then.evidenced, now.evidenced, pairs, strict=True)
        pairs = tuple(pair for old, new, bare, shown, pair in differ if old != new or bare != shown)
    rounds = _Rounds(before, after)
    return tuple(change for pair in pairs if (change := rounds.change(pair)).kind != UNCHANGED)


def state(score: Score, place: int, said: Resolved | None = None) -> State:
    """An item as it stands in one round, or as one perspective alone has it."""
    said = said or score.resolved
    return state_of(score.rubric, place, said.answers[place], said.evidenced[place])


def state_of(rubric: CompiledRubric, place: int, code: int, evidenced: bool | None) -> State:
    """An item with this answer; `evidenced` is None where nobody knows whether it has evidence."""
    item = rubric.items[place]
    value = rubric.worst[place][code]
    is_full = item.is_achievement and code < len(rubric.values) and rubric.values[code] >= 1 - TOLERANCE
    return State(
        answer=rubric.word(code),
        is_open=code > rubric.not_applicable,
        worth=-value if value is not None and item.lower_is_better else value,
        best=0.0 if item.lower_is_better else 1.0,
        evidenced=evidenced if is_full else None,
    )


def kind_of(then: State, now: State) -> str:
    """How an item that both rounds ask moved: first by what is known of it, then by whether it applies."""
    if then.is_open or now.is_open:
        return UNCHANGED if then.is_open and now.is_open else NEWLY_KNOWN if then.is_open else NO_LONGER_KNOWN
    if then.worth is None or now.worth is None:
        return (
            UNCHANGED if then.worth == now.worth else BECAME_APPLICABLE if then.worth is None else BECAME_NOT_APPLICABLE
        )
    moved = gain(then, now) or _gain_in_evidence(then, now)
    return UNCHANGED if not moved else IMPROVED if moved > 0 else WORSE


def gain(then: State, now: State) -> float:
    """By how much an answer counts for more; nothing where it is the same word, whatever a new scale makes of it."""
    if then.worth is None or now.worth is None or then.answer == now.answer:
        return 0.0
    difference = now.worth - then.worth
    return difference if abs(difference) > TOLERANCE else 0.0


def _gain_in_evidence(then: State, now: State) -> int:
    if then.evidenced is None or now.evidenced is None:
        return 0
    return now.evidenced - then.evidenced


class _Rounds:
    """The two rounds, and what became of an item between them."""

    def __init__(self, before: Score, after: Score) -> None:
        self.before = before
        self.after = after
        self.scale_then = dict(zip(before.rubric.options, before.rubric.values, strict=True))
        self.scale_now = dict(zip(after.rubric.options, after.rubric.values, strict=True))

    def change(self, pair: Pair) -> ItemChange:
        """How one item moved."""
        then, decided_then = _found(self.before, pair.before)
        now, decided_now = _found(self.after, pair.after)
        if then is None or now is None:
            return ItemChange(*pair, NEW if then is None else GONE, RUBRIC, then, now, 0.0, decided_then, decided_now)
        kind = kind_of(then, now)
        cause = None if kind == UNCHANGED else self._cause(pair, kind, then, now)
        return ItemChange(*pair, kind, cause, then, now, gain(then, now), decided_then, decided_now)

    def _cause(self, pair: Pair, kind: str, then: State, now: State) -> str:
        """What moved it. A replaced question and an answer that another scale values otherwise moved by the rubric."""
        if pair.before is None or pair.before != pair.after or not (self._on_both(then) and self._on_both(now)):
            return RUBRIC
        if then.answer == now.answer:
            return EVIDENCE
        return ANSWER if self._by_themselves(pair.before, kind) else WHO

    def _on_both(self, given: State) -> bool:
        """Whether an answer is worth the same in both rubrics, if it is one of the scale at all."""
        return self.scale_then.get(given.answer) == self.scale_now.get(given.answer)

    def _by_themselves(self, item: str, kind: str) -> bool:
        """Whether the same people say another thing than before.

        They do where the same perspective decided both times, and where one that decided once moved in the same way
        by itself. Otherwise the answer is another one because somebody else's is taken.
        """
        then, now = self.before.places[item], self.after.places[item]
        one, other = self.before.decider(then), self.after.decider(now)
        if one is not None and one == other:
            return True
        return any(self._moved(name, then, now, kind) for name in (one, other) if name is not None)

    def _moved(self, perspective: str, then: int, now: int, kind: str) -> bool:
        """Whether a perspective that took part both times moved in this way by itself."""
        said_then, said_now = self.before.said_by(perspective), self.after.said_by(perspective)
        if said_then is None or said_now is None:
            return False
        return kind_of(state(self.before, then, said_then), state(self.after, now, said_now)) == kind


def _found(score: Score, item: str | None) -> tuple[State | None, str | None]:
    """An item as one round has it, and which perspective decided; nothing where the round does not ask it."""
    if item is None:
        return None, None
    place = score.places[item]
    return state(score, place), score.decider(place)


# Gates

FAILS_NOW, HOLDS_NOW, GATE_GONE, GATE_NEW = "fails-now", "holds-now", "gone", "new"
ASKS_OTHERWISE, FIGURE, SAME = "asks-otherwise", "figure", "unchanged"
GATE_KINDS = (FAILS_NOW, GATE_GONE, GATE_NEW, ASKS_OTHERWISE, HOLDS_NOW, FIGURE, SAME)
"""Every way in which a gate can have changed, what matters most first."""


class GateChange(NamedTuple):
    """One gate in both rounds; None where the rubric of that round does not have it.

    `rule_changed` says whether it asks for something else than before: another threshold, measure or choice of items.
    """

    stage: str
    id: str
    kind: str
    then: GateResult | None
    now: GateResult | None
    rule_changed: bool


def gate_changes(before: Score, after: Score) -> tuple[GateChange, ...]:
    """Every gate of both rubrics, in the order of the later one; those that it does not have come last."""
    return tuple(_changes({gate.id: gate for gate in before.gates}, {gate.id: gate for gate in after.gates}))


def _changes(before: dict[str, GateResult], after: dict[str, GateResult]) -> Iterator[GateChange]:
    for name, now in after.items():
        then = before.get(name)
        changed = then is not None and _rule(then) != _rule(now)
        yield GateChange(now.stage, name, _kind(then, now, changed), then, now, changed)
    for name, then in before.items():
        if name not in after:
            yield GateChange(then.stage, name, GATE_GONE, then, None, False)


def _rule(gate: GateResult) -> tuple[object, ...]:
    """What a gate asks for. Records keep nine decimals of a threshold."""
    return gate.stage, gate.measure, gate.perspective, round(gate.threshold, 9), gate.at_least, frozenset(gate.items)


def _kind(then: GateResult | None, now: GateResult, rule_changed: bool) -> str:
    if then is None:
        return GATE_NEW
    if then.holds != now.holds:
        return HOLDS_NOW if now.holds else FAILS_NOW
    if rule_changed:
        return ASKS_OTHERWISE
    return SAME if _is_near(then.figure, now.figure) else FIGURE


def _is_near(one: float | None, other: float | None) -> bool:
    return one == other if one is None or other is None else abs(one - other) <= 1e3 * TOLERANCE
