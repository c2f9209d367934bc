"""Two rounds held against each other: every item moves in exactly one way, and nothing is made to look better."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from involve_audit.engine.compare import (
    BECAME_APPLICABLE,
    BECAME_NOT_APPLICABLE,
    GONE_FROM_RUBRIC,
    IMPROVED,
    NEW_IN_RUBRIC,
    NEWLY_KNOWN,
    NO_LONGER_KNOWN,
    UNCHANGED,
    WORSE,
    Comparison,
    Round,
    compare,
    round_from,
    round_of,
)
from involve_audit.engine.score import Score

from .building import gate, item, small, view
from .strategies import audits, promise

MIRROR = {
    IMPROVED: WORSE,
    NEWLY_KNOWN: NO_LONGER_KNOWN,
    NEW_IN_RUBRIC: GONE_FROM_RUBRIC,
    BECAME_NOT_APPLICABLE: BECAME_APPLICABLE,
    UNCHANGED: UNCHANGED,
}
MIRROR |= {there: back for back, there in MIRROR.items()}

RUBRIC = small(
    [item("up", na=True), item("down", "deficit")],
    {"high": [gate("points", ["up"], at_least=1), gate("highest", ["down"], at_most=0)]},
)


def moved(before: dict[str, str], after: dict[str, str]) -> Comparison:
    """What changed between the answers of two rounds."""
    return compare(RUBRIC, *(round_of(Score(RUBRIC, [view(RUBRIC, answers)])) for answers in (before, after)))


def kind_of(item_id: str, before: str, after: str) -> tuple[str, bool]:
    change = next(c for c in moved({item_id: before}, {item_id: after}).items if c.item == item_id)
    assert (change.before, change.after) == (before, after)
    return change.kind, change.loses


@pytest.mark.parametrize(
    ("item_id", "before", "after", "kind", "loses"),
    [
        ("up", "no", "partly", IMPROVED, False),
        ("up", "yes", "planned", WORSE, True),
        ("up", "planned", "no", UNCHANGED, False),
        ("down", "no", "yes", WORSE, True),
        ("down", "yes", "no", IMPROVED, False),
        ("up", "unknown", "yes", NEWLY_KNOWN, False),
        ("up", "unknown", "no", NEWLY_KNOWN, False),
        ("up", "yes", "unknown", NO_LONGER_KNOWN, True),
        ("up", "no", "unknown", NO_LONGER_KNOWN, False),
        ("down", "no", "unknown", NO_LONGER_KNOWN, True),
        ("down", "yes", "unknown", NO_LONGER_KNOWN, False),
        ("up", "no", "not-applicable", BECAME_NOT_APPLICABLE, False),
        ("up", "not-applicable", "no", BECAME_APPLICABLE, False),
        ("up", "not-applicable", "unknown", NO_LONGER_KNOWN, False),
        ("up", "not-applicable", "not-applicable", UNCHANGED, False),
    ],
)
def test_an_item_moves_in_one_way(item_id: str, before: str, after: str, kind: str, loses: bool) -> None:
    assert kind_of(item_id, before, after) == (kind, loses)


def test_what_nobody_answered_is_not_known_either() -> None:
    assert [change.kind for change in moved({"up": "unknown"}, {}).items] == [UNCHANGED, UNCHANGED]


def test_a_lower_stage_is_a_fall_and_the_lost_items_are_named() -> None:
    high, low = {"up": "yes", "down": "no"}, {"up": "partly", "down": "no"}
    found = moved(high, low)
    assert (found.before, found.after, found.fell) == ("high", "low", True)
    assert [change.item for change in found.lost] == ["up"]
    assert not moved(low, high).fell
    assert not moved(low, high).lost


def test_items_that_one_side_does_not_have_are_new_or_gone() -> None:
    now = round_of(Score(RUBRIC, [view(RUBRIC, {"up": "yes", "down": "no"})]))
    then = round_from(RUBRIC, "low", {"up": "yes", "older": "yes", "down": "a word of another scale"})
    assert [(c.item, c.kind) for c in compare(RUBRIC, then, now).items] == [("up", UNCHANGED), ("down", NEW_IN_RUBRIC)]
    assert compare(RUBRIC, now, then).items[1].kind == GONE_FROM_RUBRIC


def test_answers_kept_as_words_are_the_same_round() -> None:
    answers = {"up": "not-applicable", "down": "unknown"}
    now = round_of(Score(RUBRIC, [view(RUBRIC, answers)]))
    assert round_from(RUBRIC, now.stage, {name: given.answer for name, given in now.items.items()}) == now


@promise(60)
@given(audits(), st.randoms(use_true_random=False))
def test_every_item_is_in_one_class_and_swapping_the_sides_mirrors_it(audit, chance):
    rubric, _, views = audit
    other = [
        one._replace(answers=tuple(chance.choice([code, rubric.unknown]) for code in one.answers)) for one in views
    ]
    before, after = (round_of(Score(rubric, side)) for side in (views, other))
    there, back = compare(rubric, before, after), compare(rubric, after, before)
    assert [change.item for change in there.items] == [one.id for one in rubric.items]
    assert [MIRROR[change.kind] for change in there.items] == [change.kind for change in back.items]
    assert not any(change.loses and turned.loses for change, turned in zip(there.items, back.items, strict=True))


@promise(30)
@given(audits())
def test_nothing_changes_between_an_audit_and_itself(audit):
    rubric, _, views = audit
    side = round_of(Score(rubric, views))
    found = compare(rubric, side, Round(side.stage, dict(side.items)))
    assert not found.fell
    assert {change.kind for change in found.items} == {UNCHANGED}
    assert not found.lost
