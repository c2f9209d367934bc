"""Next steps: sufficient, the smallest, asking for the least, in the rubric's order (method.md, section 5)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given

from involve_audit.engine.assessment import assess
from involve_audit.engine.compiled import Codes, CompiledRubric
from involve_audit.engine.next_steps import BUDGET, NextSteps, next_steps
from involve_audit.engine.reading import effective, settle, stage_reached, standing
from involve_audit.engine.resolve import Resolved

from .building import assessed, gate, item, small, view
from .strategies import promise, resolved_audits, tangled_audits, worth


def _steps(rubric: CompiledRubric, said: Resolved, budget: int = BUDGET) -> NextSteps | None:
    floor = standing(rubric, said.answers, said.heard).floor
    return next_steps(rubric, said.answers, said.heard, floor, budget)


def _changes(rubric: CompiledRubric, steps: NextSteps) -> dict[int, int]:
    """The changes as places of items and codes of answers."""
    places = {one.id: place for place, one in enumerate(rubric.items)}
    return {places[change.item]: rubric.options.index(change.after) for change in steps.changes}


def _reaches(rubric: CompiledRubric, answers: Codes, changes: dict[int, int], stage: str) -> bool:
    after = [changes.get(place, code) for place, code in enumerate(answers)]
    values = effective(rubric, settle(after, rubric.worst))
    return stage_reached(rubric.gates, values, None) >= rubric.stages.index(stage)


def _improvable(rubric: CompiledRubric, answers: Codes) -> dict[int, int]:
    """The best answer of each item that could have a better one."""
    best = {
        place: max(one.options, key=lambda code: worth(rubric, place, code)) for place, one in enumerate(rubric.items)
    }
    values = settle(answers, rubric.worst)
    better = [p for p, code in best.items() if values[p] != rubric.values[code]]
    return {place: best[place] for place in better}


def _sufficient_sets(rubric: CompiledRubric, answers: Codes, stage: str) -> Iterator[tuple[int, ...]]:
    """Every sufficient set of items to be put at their best, in the order in which they are preferred.

    The smallest first, then those that make the fewest items applicable, then the rubric's order: first of the items
    made applicable, then of the others.
    """
    best = _improvable(rubric, answers)
    aside = [place for place in best if answers[place] == rubric.not_applicable]
    others = [place for place in best if place not in aside]
    for size in range(len(best) + 1):
        for number in range(size + 1):
            for chosen in product(combinations(aside, number), combinations(others, size - number)):
                together = (*chosen[0], *chosen[1])
                if _reaches(rubric, answers, {place: best[place] for place in together}, stage):
                    yield together


@promise(200)
@given(tangled_audits() | resolved_audits())
def test_it_is_the_first_of_the_smallest_sets_and_nothing_smaller_is_enough(audit):
    rubric, said = audit
    steps = _steps(rubric, said)
    if steps is not None:
        wanted = next(_sufficient_sets(rubric, said.answers, steps.to), None)
        assert steps.reachable == (wanted is not None)
        assert steps.proven
        assert set(_changes(rubric, steps)) == set(wanted or ())


@promise(200)
@given(tangled_audits() | resolved_audits())
def test_the_changes_reach_the_stage_and_each_asks_for_the_least(audit):
    rubric, said = audit
    steps = _steps(rubric, said)
    if steps is not None and steps.reachable:
        changes = _changes(rubric, steps)
        assert _reaches(rubric, said.answers, changes, steps.to)
        for place, after in changes.items():
            fewer = {other: code for other, code in changes.items() if other != place}
            assert not _reaches(rubric, said.answers, fewer, steps.to)
            for code in rubric.items[place].options:
                if worth(rubric, place, code) < worth(rubric, place, after):
                    assert not _reaches(rubric, said.answers, {**changes, place: code}, steps.to)


@promise(100)
@given(tangled_audits() | resolved_audits())
def test_past_the_budget_the_set_is_still_enough_and_nothing_can_be_left_out(audit):
    rubric, said = audit
    for budget in (0, 1):
        steps = _steps(rubric, said, budget)
        if steps is None or not steps.reachable:
            continue
        changes = _changes(rubric, steps)
        assert _reaches(rubric, said.answers, changes, steps.to)
        assert all(
            not _reaches(rubric, said.answers, {p: changes[p] for p in fewer}, steps.to)
            for size in range(len(changes))
            for fewer in combinations(changes, size)
        )
        if steps.proven:
            assert set(changes) == set(next(_sufficient_sets(rubric, said.answers, steps.to)))


@promise(60)
@given(resolved_audits())
def test_once_the_changes_are_made_and_everyone_is_heard_the_stage_is_reached(audit):
    rubric, said = audit
    steps = _steps(rubric, said)
    if steps is not None and steps.reachable:
        changes = _changes(rubric, steps)
        after = [changes.get(place, code) for place, code in enumerate(said.answers)]
        listened = sum(1 << place for place, name in enumerate(rubric.perspectives) if name in steps.hear)
        heard = [mask | listened for mask in said.heard]
        assert standing(rubric, after, heard).floor >= rubric.stages.index(steps.to)


def _asked(steps: NextSteps | None) -> list[tuple[str, str, str]]:
    assert steps is not None
    return [tuple(change) for change in steps.changes]


def test_at_the_top_there_is_no_next_step():
    rubric = small([item("a")], {"high": [gate("share", ["a"], at_least="50%")]})
    assert assessed(rubric, {"a": "yes"}).next_steps is None


def test_where_no_answers_reach_the_stage_it_says_so():
    rubric = small([item("a")], {"high": [gate("points", ["a"], at_least=2)]})
    assert assessed(rubric, {"a": "no"}).next_steps == NextSteps("high", (), (), proven=True, reachable=False)


def test_each_change_asks_for_partly_where_partly_is_enough():
    rubric = small(
        [item("a"), item("b", "deficit")],
        {"high": [gate("lowest", ["a"], at_least="partly"), gate("highest", ["b"], at_most="partly")]},
    )
    steps = assessed(rubric, {"a": "no", "b": "yes"}).next_steps
    assert _asked(steps) == [("a", "no", "partly"), ("b", "yes", "partly")]


def test_a_change_names_what_is_unknown_and_never_asks_for_a_plan():
    scale = [
        {"id": "planned", "value": 1, "for": ["achievement"], "if_done": "yes"},
        {"id": "yes", "value": 1},
        {"id": "no", "value": 0},
    ]
    rubric = small([item("a"), item("b")], {"high": [gate("lowest", ["a", "b"], at_least="yes")]}, scale=scale)
    steps = assessed(rubric, {"a": "unknown"}).next_steps
    assert _asked(steps) == [("a", "unknown", "yes"), ("b", "unanswered", "yes")]


def test_ties_go_to_the_rubrics_order_and_to_what_is_applicable():
    rubric = small([item("a", na=True), item("b"), item("c")], {"high": [gate("points", ["a", "b", "c"], at_least=1)]})
    assert _asked(assessed(rubric, {"a": "not-applicable", "b": "no", "c": "no"}).next_steps) == [("b", "no", "yes")]


def test_the_rubrics_order_holds_between_kinds_too():
    rubric = small(
        [item("a"), item("b"), item("p", "anti-pattern", limits=["a"])],
        {"high": [gate("points", ["a", "b"], at_least=1)]},
    )
    assert _asked(assessed(rubric, {"a": "yes", "b": "no", "p": "yes"}).next_steps) == [("b", "no", "partly")]


def test_one_anti_pattern_less_can_be_the_smallest_step():
    rubric = small(
        [item("a"), item("b"), item("c", "anti-pattern", limits=["a", "b"])],
        {"high": [gate("share", ["a", "b"], at_least="100%")]},
    )
    assert _asked(assessed(rubric, {"a": "yes", "b": "yes", "c": "yes"}).next_steps) == [("c", "yes", "partly")]


def test_one_answer_that_implies_others_is_a_smaller_step_than_each_of_them():
    rubric = small(
        [item("a"), item("b"), item("c", implies=["a", "b"])],
        {"high": [gate("lowest", ["a", "b"], at_least="partly")]},
    )
    assert _asked(assessed(rubric, {}, otherwise="no").next_steps) == [("c", "no", "partly")]


def test_people_are_heard_first_where_only_their_voice_is_missing():
    rubric = small(
        [item("a")],
        {
            "high": [
                gate("lowest", ["a"], at_least="yes"),
                gate("heard", ["a"], at_least="100%", perspective="users"),
                gate("heard", ["a"], at_least="100%", perspective="staff"),
            ]
        },
    )
    steps = assess(rubric, [view(rubric, {"a": "yes"}, present=["staff"])]).next_steps
    assert steps == NextSteps("high", (), ("users",), proven=True, reachable=True)


@pytest.mark.parametrize("answer", ["unknown", "no"])
def test_the_next_stage_is_the_one_above_the_floor(answer: str):
    rubric = small(
        [item("a"), item("b")],
        {"high": [gate("lowest", ["a"], at_least="yes")], "top": [gate("lowest", ["b"], at_least="yes")]},
    )
    steps = assessed(rubric, {"a": answer, "b": "yes"}).next_steps
    assert steps is not None
    assert (steps.to, _asked(steps)) == ("high", [("a", answer, "yes")])


@pytest.mark.parametrize(
    "gates",
    [
        [gate("lowest", ["a", "b"], at_least="yes"), gate("lowest", ["c"], at_least="yes")],
        [gate("lowest", ["a", "b", "c"], at_least="yes")],
        [gate("share", ["a", "b", "c"], at_least="100%")],
    ],
)
def test_what_would_only_help_an_item_that_is_set_aside_is_left_out(gates: list[dict[str, Any]]):
    """With `a` made applicable, `p` would have to go too; but `a` can stay as it is."""
    rubric = small([item("a", na=True), item("b"), item("c"), item("p", "anti-pattern", limits=["a"])], {"high": gates})
    answers = {"a": "not-applicable", "b": "yes", "c": "no", "p": "yes"}
    assert _asked(assessed(rubric, answers).next_steps) == [("c", "no", "yes")]


def test_of_two_smallest_sets_it_is_the_first_in_the_rubrics_order():
    """Worth 1, 2, 2 and 3 points with what they imply: of four items `b` and `c` would do, but so do `a` and `d`."""
    rubric = small(
        [
            item("a"),
            item("b", implies=["b2"]),
            item("c", implies=["c2"]),
            item("d", implies=["d2", "d3"]),
            *(item(name) for name in ("b2", "c2", "d2", "d3")),
        ],
        {"high": [gate("points", {"kind": "achievement"}, at_least=4)]},
    )
    steps = assessed(rubric, {}, otherwise="no").next_steps
    assert _asked(steps) == [("a", "no", "yes"), ("d", "no", "yes")]


def test_one_answer_can_be_enough_for_two_gates_of_which_one_has_nothing_applicable():
    rubric = small(
        [item("c"), item("d"), item("a", na=True), item("b", na=True, implies=["c", "d"])],
        {"high": [gate("share", ["a", "b"], at_least="100%"), gate("points", ["c", "d"], at_least=2)]},
    )
    answers = {"c": "no", "d": "no", "a": "not-applicable", "b": "not-applicable"}
    assert _asked(assessed(rubric, answers).next_steps) == [("b", "not-applicable", "yes")]


def test_nobody_has_to_be_heard_where_there_is_nothing_to_hear_them_on():
    """Such a gate holds, or else hearing people, which the next steps ask for, could never be enough."""
    rubric = small(
        [item("a", na=True), item("b")],
        {"high": [gate("heard", ["a"], at_least="50%", perspective="users")]},
    )
    found = assess(rubric, [view(rubric, {"a": "not-applicable", "b": "yes"}, present=["users"])])
    assert found.floor == found.ceiling
    assert found.next_steps is None or found.next_steps.hear == ()
