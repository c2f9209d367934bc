"""Where groups differ, what matters most first, and what that comes to (method.md, section 5)."""

from __future__ import annotations

import json
from random import Random

import pytest
from tests.each import each

from involve_audit.engine.assessment import assess
from involve_audit.engine.compiled import compile_rubric, compile_view
from involve_audit.model.view import View

from .building import gate, item, load, small, view
from .differences import a_rubric, a_view

RUBRIC = small(
    [item("habit", "practice"), item("far", "deficit"), item("half"), item("next"), item("other")],
    {"high": [gate("lowest", ["next"], at_least=1)]},
)


def test_what_lies_farther_apart_comes_first_then_next_steps_and_practices_last() -> None:
    answers = {
        "users": {"habit": "yes", "far": "yes", "half": "partly", "next": "partly", "other": "no"},
        "staff": {"habit": "no", "far": "no", "half": "yes", "next": "yes", "other": "partly"},
    }
    found = assess(RUBRIC, [view(RUBRIC, given, [who]) for who, given in answers.items()])
    assert [one.item for one in found.disagreements] == ["habit", "far", "half", "next", "other"], "the record's order"
    told = found.differing.told
    assert [(one.item, one.gap, one.is_next) for one in told] == [
        ("far", 1, False),
        ("next", 0.5, True),
        ("half", 0.5, False),
        ("other", 0.5, False),
        ("habit", 1, False),
    ]
    assert (found.differing.worst, found.differing.best) == ({"users": 4, "staff": 0}, {"users": 0, "staff": 4})
    assert found.differing.opposite == 1, "of a practice no answer is good or bad"


@pytest.mark.parametrize(("said", "opposite"), [("no", 1), ("planned", 0)])
def test_what_is_planned_is_not_the_opposite_of_a_yes(said: str, opposite: int) -> None:
    voices = {"users": "yes", "staff": said}
    found = assess(RUBRIC, [view(RUBRIC, {"half": word}, [who]) for who, word in voices.items()])
    assert (len(found.differing.told), found.differing.opposite) == (1, opposite)


def test_a_group_that_gave_no_answer_to_compare_is_told_and_stands_nowhere() -> None:
    words = {"users": "no", "carers": "unknown", "staff": "yes"}
    found = assess(RUBRIC, [view(RUBRIC, {"half": word}, [who]) for who, word in words.items()])
    (one,) = found.differing.told
    assert (one.answers, one.stands) == (words, {"users": 0, "staff": 1})


@each("seed", range(60))
def test_of_any_audit_the_same_differences_are_told_in_this_order(seed: int) -> None:
    random = Random(seed)
    written = a_rubric(random)
    rubric, read = compile_rubric(load(written)), json.loads(written)
    kinds = {one["id"]: one.get("kind") for one in read["indicators"]}
    views = [View.from_tree(a_view(random, read)) for _ in range(random.randint(2, 6))]
    found = assess(rubric, [compile_view(rubric, one) for one in views])
    told, places = found.differing.told, [one.id for one in rubric.items]
    steps = [change.item for change in found.next_steps.changes] if found.next_steps else []
    assert {one.item for one in told} == {one.item for one in found.disagreements}
    order = [
        (kinds.get(one.item) == "practice", -one.gap, one.item not in steps, places.index(one.item)) for one in told
    ]
    assert order == sorted(order)
    said = {one.item: one.answers for one in found.disagreements}
    for one in told:
        assert {one.answers[voice] for voice in one.stands} == set(said[one.item].values())
        assert one.gap == pytest.approx(max(one.stands.values()) - min(one.stands.values()))
