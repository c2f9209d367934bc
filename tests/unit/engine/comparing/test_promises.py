"""What every comparison promises, for any rubric and any answers (docs/comparing.md)."""

from __future__ import annotations

from collections import Counter

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.unit.engine.comparing.rounds import Rounds, rounds_of_one_rubric, rounds_of_two_versions
from tests.unit.engine.strategies import promise

from involve_audit.engine.comparing.changes import (
    BECAME_APPLICABLE,
    BECAME_NOT_APPLICABLE,
    CAUSES,
    GATE_KINDS,
    GONE,
    IMPROVED,
    ITEM_KINDS,
    NEW,
    NEWLY_KNOWN,
    NO_LONGER_KNOWN,
    SAME,
    UNCHANGED,
    WORSE,
)
from involve_audit.engine.comparing.comparison import Comparison

MIRRORED = {
    WORSE: IMPROVED,
    NO_LONGER_KNOWN: NEWLY_KNOWN,
    GONE: NEW,
    BECAME_NOT_APPLICABLE: BECAME_APPLICABLE,
    UNCHANGED: UNCHANGED,
}
MIRRORED |= {mirror: kind for kind, mirror in MIRRORED.items()}
"""What each way is when the two rounds change places."""
ANY_ROUNDS = st.one_of(rounds_of_one_rubric(), rounds_of_two_versions())


def kinds(found: Comparison) -> dict[tuple[str | None, str | None], tuple[str, str | None]]:
    return {(change.before, change.after): (change.kind, change.cause) for change in found.items}


@given(rounds_of_one_rubric())
@promise(40)
def test_nothing_moved_between_an_audit_and_itself(rounds: Rounds) -> None:
    found = rounds._replace(after=rounds.before).compared()
    assert {change.kind for change in found.items} == {UNCHANGED}
    assert {change.cause for change in found.items} == {None}
    assert {change.kind for change in found.gates} <= {SAME}
    assert found.split.organisation is not None
    assert found.split.organisation.direction == 0
    assert not found.people
    assert not found.lost
    assert not [one for one in found.flattering if one.kind != "planned-again"]


@given(ANY_ROUNDS)
@promise(40)
def test_swapping_the_rounds_mirrors_every_item_and_keeps_its_cause(rounds: Rounds) -> None:
    found, mirrored = kinds(rounds.compared()), kinds(rounds.mirrored().compared())
    assert {(now, then): (MIRRORED[kind], cause) for (then, now), (kind, cause) in found.items()} == mirrored


@given(ANY_ROUNDS)
@promise(25)
def test_swapping_the_rounds_mirrors_every_step(rounds: Rounds) -> None:
    found, mirrored = rounds.compared().split, rounds.mirrored().compared().split
    assert found.reason == mirrored.reason
    for one, other in (
        (found.whole, mirrored.whole),
        (found.under_old, mirrored.under_new),
        (found.under_new, mirrored.under_old),
        (found.at_then, mirrored.at_now),
        (found.at_now, mirrored.at_then),
    ):
        assert (one is None) == (other is None)
        if one is not None and other is not None:
            assert (one.then, one.now) == (other.now, other.then)
            assert one.direction is None or one.direction == -(other.direction or 0)


@given(ANY_ROUNDS, st.randoms(use_true_random=False))
@promise(25)
def test_the_order_of_views_never_matters(rounds: Rounds, chance: object) -> None:
    shuffled = rounds._replace(before=rounds.before[::-1], after=rounds.after[1:] + rounds.after[:1])
    one, other = rounds.compared(), shuffled.compared()
    assert kinds(one) == kinds(other)
    assert [(gate.id, gate.kind) for gate in one.gates] == [(gate.id, gate.kind) for gate in other.gates]
    assert one.split == other.split
    assert [(flat.kind, flat.otherwise) for flat in one.flattering] == [
        (flat.kind, flat.otherwise) for flat in other.flattering
    ]


@given(ANY_ROUNDS)
@promise(40)
def test_every_item_of_both_rubrics_is_in_exactly_one_class(rounds: Rounds) -> None:
    found = rounds.compared()
    asked_then = Counter(change.before for change in found.items if change.before)
    asked_now = Counter(change.after for change in found.items if change.after)
    assert asked_then == Counter(item.id for item in rounds.old.items)
    assert asked_now == Counter(item.id for item in rounds.new.items)
    assert sum(found.counts.values()) == len(found.items)
    assert {change.kind for change in found.items} <= set(ITEM_KINDS)
    assert all((change.cause in CAUSES) == (change.kind != UNCHANGED) for change in found.items)
    assert all(gate.kind in GATE_KINDS for gate in found.gates)


@given(rounds_of_two_versions())
@promise(40)
def test_the_two_steps_make_up_the_whole(rounds: Rounds) -> None:
    parts = rounds.compared().split
    own, ruled = parts.organisation, parts.rubric
    assume(own is not None and ruled is not None)
    assert own is not None
    assert ruled is not None
    if parts.under_new is not None:
        assert (ruled.then, ruled.now, own.now) == (parts.then_under_old.lowest, own.then, parts.now_under_new.lowest)
    else:
        assert (own.then, own.now, ruled.now) == (parts.then_under_old.lowest, ruled.then, parts.now_under_new.lowest)
