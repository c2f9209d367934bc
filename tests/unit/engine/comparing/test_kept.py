"""An audit held against what was kept of an earlier run moves as it does in every comparison."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from tests.each import each
from tests.unit.engine.building import gate, item, small, view
from tests.unit.engine.comparing.rounds import compared
from tests.unit.engine.strategies import audits, promise

from involve_audit.engine.comparing.changes import (
    BECAME_APPLICABLE,
    BECAME_NOT_APPLICABLE,
    GONE,
    IMPROVED,
    NEW,
    NEWLY_KNOWN,
    NO_LONGER_KNOWN,
    UNCHANGED,
    WORSE,
)
from involve_audit.engine.comparing.kept import Since, kept_from, kept_of, since
from involve_audit.engine.compiled import CompiledRubric, CompiledView
from involve_audit.engine.score import Score

RUBRIC = small(
    [item("up", na=True), item("down", "deficit")],
    {"high": [gate("points", ["up"], at_least=1), gate("highest", ["down"], at_most=0)]},
)


def moved(before: dict[str, str], after: dict[str, str], then: Sequence[str] = (), now: Sequence[str] = ()) -> Since:
    """What changed between the answers of two rounds; `then` and `now` are the items with evidence."""
    rounds = ((before, then), (after, now))
    return since(RUBRIC, *(kept_of(Score(RUBRIC, [view(RUBRIC, given, (), shown)])) for given, shown in rounds))


@each(
    ("item_id", "before", "after", "kind", "is_regression"),
    [
        ("up", "no", "partly", IMPROVED, False),
        ("up", "yes", "planned", WORSE, True),
        ("up", "planned", "no", UNCHANGED, False),
        ("down", "no", "yes", WORSE, True),
        ("down", "yes", "no", IMPROVED, False),
        ("up", "unknown", "no", NEWLY_KNOWN, False),
        ("up", "yes", "unknown", NO_LONGER_KNOWN, True),
        ("up", "no", "unknown", NO_LONGER_KNOWN, False),
        ("down", "no", "unknown", NO_LONGER_KNOWN, True),
        ("down", "yes", "unknown", NO_LONGER_KNOWN, False),
        ("up", "no", "not-applicable", BECAME_NOT_APPLICABLE, False),
        ("up", "not-applicable", "no", BECAME_APPLICABLE, False),
        ("up", "not-applicable", "not-applicable", UNCHANGED, False),
    ],
)
def test_an_item_moves_in_one_way(item_id: str, before: str, after: str, kind: str, is_regression: bool) -> None:
    found = next(one for one in moved({item_id: before}, {item_id: after}).items if one.item == item_id)
    assert (found.before, found.after) == (before, after)
    assert (found.kind, found.is_regression) == (kind, is_regression)


def test_a_full_yes_that_lost_its_evidence_is_worse() -> None:
    assert [one.item for one in moved({"up": "yes"}, {"up": "yes"}, then=["up"]).lost] == ["up"]
    assert not moved({"up": "partly"}, {"up": "partly"}, then=["up"]).lost
    assert not moved({"up": "yes"}, {"up": "yes"}, now=["up"]).lost


def test_a_lower_stage_is_a_fall_and_the_lost_items_are_named() -> None:
    high, low = {"up": "yes", "down": "no"}, {"up": "partly", "down": "no"}
    found = moved(high, low)
    assert (found.before, found.after, found.fell) == ("high", "low", True)
    assert [one.item for one in found.lost] == ["up"]
    assert not moved(low, high).fell
    assert not moved(low, high).lost


def test_items_that_one_side_does_not_have_are_new_or_gone() -> None:
    now = kept_of(Score(RUBRIC, [view(RUBRIC, {"up": "yes", "down": "no"})]))
    then = kept_from(RUBRIC, "low", {"up": "yes", "older": "yes", "down": "a word of another scale"}, None)
    assert [(one.item, one.kind) for one in since(RUBRIC, then, now).items] == [("up", UNCHANGED), ("down", NEW)]
    assert since(RUBRIC, now, then).items[1].kind == GONE


def test_where_nobody_kept_what_had_evidence_it_makes_no_difference() -> None:
    now = kept_of(Score(RUBRIC, [view(RUBRIC, {"up": "yes"})]))
    assert not since(RUBRIC, kept_from(RUBRIC, "low", {"up": "yes"}, None), now).lost
    assert since(RUBRIC, kept_from(RUBRIC, "low", {"up": "yes"}, ()), now).lost


def kept_again(rubric: CompiledRubric, views: Sequence[CompiledView]):
    """An audit, kept as words and read again."""
    score = Score(rubric, views)
    answers = {one.id: rubric.word(code) for one, code in zip(rubric.items, score.resolved.answers, strict=True)}
    return kept_from(rubric, score.floor, answers, [rubric.items[place].id for place in score.unevidenced])


@promise(60)
@given(audits(), st.randoms(use_true_random=False))
def test_it_moves_as_in_a_comparison_of_the_whole_audits(audit, chance):
    rubric, model, views = audit
    codes = (rubric.unknown, rubric.unanswered)
    other = [
        one._replace(
            answers=tuple(chance.choice([code, *codes]) for code in one.answers),
            evidenced=tuple(chance.choice([True, False]) for _ in one.evidenced),
        )
        for one in views
    ]
    whole = compared(model, views, model, other)
    found = since(rubric, kept_again(rubric, views), kept_of(Score(rubric, other)))
    assert [(one.item, one.kind) for one in found.items] == [(one.item, one.kind) for one in whole.items]
    assert [one.item for one in found.lost] == [one.item for one in whole.lost]
    assert found.fell == whole.fell


@promise(30)
@given(audits())
def test_nothing_changes_between_an_audit_and_itself(audit):
    rubric, _, views = audit
    found = since(rubric, kept_again(rubric, views), kept_of(Score(rubric, views)))
    assert not found.fell
    assert {one.kind for one in found.items} == {UNCHANGED}
