"""What an author is told about a ladder of gates, held against trying all answers there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from tests.counting import calls, growth

from involve_audit.engine.attempt import AtBest
from involve_audit.engine.compiled import CompiledGate, CompiledRubric
from involve_audit.engine.failing import can_fail
from involve_audit.engine.reachability import NODES, Examined, OutOfReach, Pointless, examine
from involve_audit.engine.reading import effective, figure, holds
from involve_audit.engine.search import Budget, SpentBudget

from .building import gate, item, small
from .strategies import promise, small_ladders

PLENTY = 100_000
COLUMN = {"stage": "high", "kind": "achievement"}


def column(number: int, **more: Any) -> list[dict[str, Any]]:
    return [item(f"a{place}", **more) for place in range(number)]


def hold(rubric: CompiledRubric, gates: Sequence[CompiledGate], own: Sequence[float | None], heard: list[int]) -> bool:
    values = effective(rubric, own)
    return all(holds(one, figure(one, values, heard)) for one in gates)


def ids(gates: Sequence[CompiledGate]) -> set[str]:
    return {one.id for one in gates}


def all_answers(rubric: CompiledRubric) -> Iterator[tuple[float | None, ...]]:
    choices = [
        [*{rubric.values[code] for code in one.options}, *([None] if one.may_be_set_aside else [])]
        for one in rubric.items
    ]
    return product(*choices)


def exists(rubric: CompiledRubric, failing: CompiledGate, holding: list[CompiledGate]) -> bool:
    """Whether some answers let one gate fail and the others hold, everything tried."""
    everybody = (1 << len(rubric.perspectives)) - 1
    bit = 1 << failing.perspective if failing.perspective is not None else 0
    masks = [
        [everybody, everybody & ~bit] if bit and n in failing.items else [everybody] for n in range(len(rubric.items))
    ]
    return any(
        hold(rubric, holding, own, list(heard)) and not hold(rubric, [failing], own, list(heard))
        for own in all_answers(rubric)
        for heard in product(*masks)
    )


@promise(60)
@given(rubric=small_ladders())
def test_a_gate_can_fail_while_the_others_hold_exactly_where_some_answers_show_it(rubric: CompiledRubric) -> None:
    if examine(rubric).out_of_reach:
        return
    gates = [one for gates in rubric.gates for one in gates]
    for place, failing in enumerate(gates):
        others = gates[:place] + gates[place + 1 :]
        found = can_fail(AtBest(rubric), failing, ids(others), Budget(PLENTY))
        assert (found is not None) == exists(rubric, failing, others)
        if found:
            everybody = (1 << len(rubric.perspectives)) - 1
            bit = 1 << failing.perspective if failing.perspective is not None else 0
            heard = [everybody if yes else everybody & ~bit for _, yes in found.counting]
            assert hold(rubric, others, found.own, heard)
            assert not hold(rubric, [failing], found.own, heard)


def examined(
    items: Sequence[dict[str, Any]], *asked: list[dict[str, Any]], nodes: int = NODES, **more: Any
) -> Examined:
    stages = ("high", "top")
    return examine(small(items, dict(zip(stages, asked, strict=False)), **more), nodes)


NOTHING = Examined((), (), (), (), (), ())


def test_a_sound_ladder_gives_no_findings() -> None:
    assert (
        examined(column(4), [gate("share", COLUMN, at_least="50%")], [gate("share", COLUMN, at_least="80%")]) == NOTHING
    )


def test_more_points_than_there_are_questions_are_out_of_reach_and_the_gate_is_named() -> None:
    found = examined(column(4), [gate("points", COLUMN, at_least="5")], [gate("share", COLUMN, at_least="50%")])
    assert found.out_of_reach == (OutOfReach("high", "high-0", 4.0),)
    assert found._replace(out_of_reach=()) == NOTHING


@pytest.mark.parametrize(
    ("items", "asked"),
    [
        (column(3), gate("share", COLUMN, at_least="0%")),
        (column(3), gate("not-applicable", COLUMN, at_most="1/3")),
        ([*column(2), item("a2", na=True)], gate("not-applicable", COLUMN, at_most="1/3")),
        ([*column(1), item("x", "anti-pattern")], gate("points", {"kind": "anti-pattern"}, at_most="1")),
        ([*column(1), item("x", "anti-pattern")], gate("highest", {"kind": "anti-pattern"}, at_most="yes")),
        (column(2), gate("heard", COLUMN, at_least="0%", perspective="users")),
        (column(2), gate("lowest", COLUMN, at_least="no")),
    ],
)
def test_a_gate_that_holds_with_the_worst_answers_can_never_fail(items: list[dict[str, Any]], asked: Any) -> None:
    found = examined(items, [asked, gate("points", ["a0"], at_least="0.5")])
    assert found.never_fails == ("high-0",)


def test_a_share_of_nothing_fails_so_a_threshold_of_nothing_is_no_idle_gate_where_all_may_be_set_aside() -> None:
    assert examined(column(2, na=True), [gate("share", COLUMN, at_least="0%")]) == NOTHING


def test_a_weaker_gate_is_made_pointless_by_a_stronger_one() -> None:
    found = examined(column(4), [gate("share", COLUMN, at_least="50%"), gate("share", COLUMN, at_least="60%")])
    assert found.pointless == (Pointless("high-0", ("high-1",)),)


def test_of_two_gates_alike_only_the_later_is_pointless() -> None:
    found = examined(column(4), [gate("share", COLUMN, at_least="50%"), gate("points", COLUMN, at_least="2")])
    assert found.pointless == (Pointless("high-1", ("high-0",)),)


def test_a_gate_can_be_made_pointless_by_several_together_and_none_too_many_is_named() -> None:
    halves = [gate("points", ["a0", "a1"], at_least="1"), gate("points", ["a2", "a3"], at_least="1")]
    found = examined(
        column(5), [*halves, gate("points", ["a4"], at_least="0.5")], [gate("points", COLUMN, at_least="2")]
    )
    assert found.pointless == (Pointless("top-0", ("high-0", "high-1")),)


def test_an_implication_can_make_a_gate_pointless() -> None:
    items = [item("board", implies=["agenda"]), item("agenda")]
    found = examined(
        items, [gate("lowest", ["agenda"], at_least="partly"), gate("lowest", ["board"], at_least="partly")]
    )
    assert found.pointless == (Pointless("high-0", ("high-1",)),)


def test_a_stage_that_asks_for_nothing_new_leaves_no_audit_below_it() -> None:
    found = examined(column(4), [gate("share", COLUMN, at_least="50%")], [gate("share", COLUMN, at_least="1/3")])
    assert found.passed_over == ("high",)
    assert found.pointless == (Pointless("top-0", ("high-0",)),)


def test_where_the_first_gates_never_fail_no_audit_ends_at_the_lowest_stage() -> None:
    assert examined(column(2), [gate("share", COLUMN, at_least="0%")]).passed_over == ("low",)


# Five answers in a circle, and of any two neighbours one has to be yes. That takes three; halves would do with 2.5,
# so a bound that may halve an answer proves nothing about a gate that asks for 2.8, and only trying out does.
CIRCLE = [gate("points", [f"a{n}", f"a{(n + 1) % 5}"], at_least="1") for n in range(5)]


def test_a_search_that_is_cut_off_is_called_unsettled_never_passed() -> None:
    values = [{"id": "yes", "value": 1}, {"id": "no", "value": 0}]
    asked = [*CIRCLE, gate("points", COLUMN, at_least="2.8")]
    assert examined(column(5), asked, scale=values).pointless == (
        Pointless("high-5", tuple(f"high-{n}" for n in range(5))),
    )
    found = examined(column(5), asked, nodes=11, scale=values)
    assert "high-5" in found.unsettled
    assert found.pointless == ()


def circles(number: int) -> CompiledRubric:
    """So many stages, each with a circle of its own, and a gate that only trying out would settle."""
    items = [item(f"a{number}") for number in range(5 * number)]
    ladder: dict[str, list[Any]] = {}
    for stage in range(number):
        names = [f"a{5 * stage + place}" for place in range(5)]
        pairs = [gate("points", [names[place], names[(place + 1) % 5]], at_least="1") for place in range(5)]
        ladder["high" if stage == 0 else f"stage-{stage}"] = [*pairs, gate("points", names, at_least="2.8")]
    return small(items, ladder, scale=[{"id": "yes", "value": 1}, {"id": "no", "value": 0}])


def test_all_searches_of_a_rubric_share_one_budget() -> None:
    few, many = circles(10), circles(40)
    assert examine(many, 2000).unsettled
    assert examine(many).unsettled == ()
    assert calls(lambda: examine(many, 2000)) < 3 * calls(lambda: examine(few, 2000))


def test_what_is_hard_takes_nothing_from_what_is_easy() -> None:
    hard = [*CIRCLE, gate("points", COLUMN, at_least="2.8")]
    easy = [gate("points", ["a0"], at_least="1"), gate("points", ["a0"], at_least="0.5")]
    values = [{"id": "yes", "value": 1}, {"id": "no", "value": 0}]
    found = examined(column(5), hard, easy, nodes=120, scale=values)
    assert found.unsettled == ("high-5",)
    assert found.pointless == (Pointless("top-1", ("top-0",)),)


def test_which_others_make_a_gate_pointless_is_left_out_where_the_budget_does_not_last() -> None:
    rubric = circles(1)
    assert examine(rubric, 200).pointless == (Pointless("high-5", ()),)
    assert examine(rubric, 400).pointless == (Pointless("high-5", tuple(f"high-{n}" for n in range(5))),)


def test_a_chain_of_implications_is_searched_link_by_link() -> None:
    """Each item implies the next, and one gate looks at all of them: every answer moves all below it."""

    def chain(number: int) -> CompiledRubric:
        items = [item(f"a{n}", implies=[f"a{n + 1}"] if n + 1 < number else []) for n in range(number)]
        return small(items, {"high": [gate("share", COLUMN, at_least="50%"), gate("points", COLUMN, at_least="1")]})

    assert examine(chain(30)).pointless == (Pointless("high-1", ("high-0",)),)
    assert growth(examine, chain, 50) < 3


def test_whether_an_audit_can_end_at_a_stage_can_stay_unsettled_too() -> None:
    found = examined(column(5), [*CIRCLE], [gate("points", COLUMN, at_least="2.8")], nodes=5)
    assert "high" in found.unsettled_stages
    assert "high" not in found.passed_over


def test_a_cut_off_raises_and_a_budget_is_counted_in_nodes() -> None:
    rubric = small(column(5), {"high": [*CIRCLE, gate("points", COLUMN, at_least="2.8")]})
    *others, last = rubric.gates[1]
    budget = Budget(PLENTY)
    best = AtBest(rubric)
    found = can_fail(best, last, ids(others), budget)
    assert found
    used = PLENTY - budget.nodes
    again = can_fail(best, last, ids(others), Budget(used))
    assert again
    assert again.own == found.own
    with pytest.raises(SpentBudget):
        can_fail(best, last, ids(others), Budget(used - 1))


def test_answers_are_found_that_the_first_way_down_misses() -> None:
    """Four times 0.7 is the only sum between the two thresholds; taking one answer down to 0 first leads nowhere."""
    scale = [{"id": "yes", "value": 1}, {"id": "mostly", "value": 0.7}, {"id": "no", "value": 0}]
    asked = [gate("points", COLUMN, at_least="2.85"), gate("points", COLUMN, at_least="2.75")]
    rubric = small(column(4), {"high": asked}, scale=scale)
    found = can_fail(AtBest(rubric), rubric.gates[1][0], ids(rubric.gates[1][1:]), Budget(PLENTY))
    assert found
    assert found.own == [0.7] * 4
