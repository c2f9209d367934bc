"""What the organisation did and what the rubric did, over three versions of one rubric (tests/chain)."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

from tests.unit.engine.building import gate, item, load, rubric_text, view
from tests.unit.engine.comparing.rounds import compared

from involve_audit.engine.comparing.comparison import Comparison, Reached, Split, StageStep
from involve_audit.engine.comparing.correspondence import Correspondence
from involve_audit.engine.compiled import compile_rubric
from involve_audit.model.rubric import Rubric

CHAIN = Path(__file__).parents[3] / "chain"
FIRST, SECOND, THIRD = (load((CHAIN / f"club-{version}.yaml").read_bytes()) for version in ("1.0.0", "1.1.0", "2.0.0"))
HALF = {"agenda": "yes", "board": "yes", "minutes": "no", "accounts": "no", "ignored": "no", "token": "no"}


def both(
    old: Rubric, then: Mapping[str, str], new: Rubric, now: Mapping[str, str], present: tuple[str, ...] = ("members",)
) -> Comparison:
    """One view in each round."""
    views = [[view(compile_rubric(rubric), given, present)] for rubric, given in ((old, then), (new, now))]
    return compared(old, views[0], new, views[1])


def parts(old: Rubric, then: Mapping[str, str], new: Rubric, now: Mapping[str, str]) -> Split:
    return both(old, then, new, now).split


def test_under_one_rubric_the_organisation_did_it_all() -> None:
    found = parts(FIRST, HALF | {"board": "no"}, FIRST, HALF)
    assert found.organisation == found.whole == StageStep("low", "high", 1)
    assert found.rubric == StageStep("low", "low", 0)


def test_a_change_of_words_alone_moves_no_stage() -> None:
    reworded = FIRST.changed(version="1.0.1", title="Our club")
    found = parts(FIRST, HALF, reworded, HALF | {"agenda": "no"})
    assert found.organisation == StageStep("high", "low", -1)
    assert found.rubric == StageStep("high", "high", 0)


def test_a_lower_threshold_alone_is_the_rubrics_doing() -> None:
    """Two of five are in place, and the budget is not, both times: 40% is enough now, 50% of four was before."""
    third = HALF | {"board": "partly", "minutes": "partly", "agenda": "partly"}  # 1.5 of 4: 37.5%
    now = third | {"budget": "partly"}  # 2 of 5: 40%
    found = both(FIRST, third, SECOND, now)
    assert found.split.whole == StageStep("low", "high", 1)
    assert found.split.under_old == StageStep("low", "low", 0)
    assert found.split.then_under_new == Reached("low", "high")
    assert found.split.organisation == StageStep("low", "low", 0)
    assert found.split.rubric == StageStep("low", "high", 1)
    (flat,) = found.flattering[:1]
    assert (flat.kind, [one.id for one in flat.gates]) == ("by-the-rubric", ["high-share"])


def test_what_was_asked_in_both_can_settle_a_new_question() -> None:
    found = parts(FIRST, HALF, SECOND, HALF | {"budget": "no"})
    assert found.then_under_new == Reached("high", "high")
    assert found.under_new == found.under_old == StageStep("high", "high", 0)


def test_both_versions_agree_that_the_organisation_rose() -> None:
    found = both(FIRST, dict.fromkeys(HALF, "no"), SECOND, HALF | {"budget": "yes"})
    assert found.split.under_new == found.split.under_old == StageStep("low", "high", 1)
    assert "by-the-rubric" not in [flat.kind for flat in found.flattering]


def test_the_step_down_of_a_stricter_rubric_is_no_regression() -> None:
    found = both(SECOND, {**HALF, "budget": "no", "board": "no", "minutes": "yes"}, FIRST, HALF | {"minutes": "no"})
    assert found.split.whole is not None
    assert not found.fell


def test_a_question_in_two_parts_was_never_asked_in_that_form() -> None:
    found = parts(SECOND, HALF | {"budget": "no"}, THIRD, {"agenda-together": "yes", "ignored": "no", "token": "no"})
    assert found.then_under_new == Reached("low", "high")


def test_where_neither_version_can_score_both_nothing_is_told_apart() -> None:
    now = {"agenda-together": "yes", "ignored": "no", "token": "no", "accounts": "partly"}
    found = both(SECOND, {"agenda": "yes", "ignored": "no", "token": "no", "minutes": "yes", "board": "no"}, THIRD, now)
    assert (found.split.organisation, found.split.rubric, found.split.reason) == (None, None, "items")
    assert not found.is_comparable
    assert found.counts["gone-from-rubric"] == found.counts["new-in-rubric"] == 2


def test_a_replaced_question_is_one_and_moves_by_the_rubric() -> None:
    found = both(SECOND, {"agenda": "no"}, THIRD, {"agenda-together": "yes"})
    change = next(one for one in found.items if one.after == "agenda-together")
    assert (change.before, change.kind, change.cause) == ("agenda", "improved", "rubric")
    assert {one.item: one.kind for one in found.items if None in (one.before, one.after)} == {
        "board": "gone-from-rubric",
        "minutes": "gone-from-rubric",
        "board-seat": "new-in-rubric",
        "board-vote": "new-in-rubric",
    }


def test_an_answer_that_a_version_does_not_know_is_open_under_it() -> None:
    now = {"agenda-together": "no", "board-seat": "no", "board-vote": "no", "ignored": "no", "token": "no"}
    found = parts(FIRST, HALF | {"agenda": "planned", "board": "planned"}, THIRD, now)
    assert found.then_under_new == Reached("low", "high")


def test_a_perspective_that_a_version_does_not_have_is_heard_by_nobody_there() -> None:
    asked = [gate("heard", ["one"], at_least="100%", perspective="users")]
    old = load(rubric_text([item("one")], {"high": asked}))
    new = load(
        rubric_text([item("one")], {"high": asked}, perspectives=[{"id": "users", "title": "T"}], version="2.0.0")
    )
    found = compared(old, [view(compile_rubric(old), {"one": "yes"}, ("carers", "staff"))], new, [])
    assert found.split.then_under_new == Reached("low", "low")
    heard = compared(old, [view(compile_rubric(old), {"one": "yes"}, ("users", "staff"))], new, [])
    assert heard.split.then_under_new == Reached("high", "high")


def test_other_rubrics_share_nothing() -> None:
    other = FIRST.changed(id="another")
    found = both(FIRST, HALF, other, HALF)
    assert found.split.reason == "other-rubric"
    assert {change.kind for change in found.items} == {"new-in-rubric", "gone-from-rubric"}


def test_a_scale_that_values_an_answer_otherwise_is_another_scale() -> None:
    options = tuple(one.changed(value=0.25) if one.id == "partly" else one for one in FIRST.scale)
    other = FIRST.changed(version="2.0.0", scale=options)
    found = both(FIRST, HALF | {"agenda": "partly"}, other, HALF | {"agenda": "partly", "board": "partly"})
    assert found.split.reason == "other-scale"
    kinds = {change.item: (change.kind, change.cause) for change in found.items}
    assert kinds["agenda"] == ("unchanged", None)
    assert kinds["board"] == ("worse", "rubric")
    assert kinds["accounts"] == ("unchanged", None)


def test_a_ladder_with_another_stage_has_no_up_and_down_between_versions() -> None:
    higher = FIRST.stages[1].changed(id="top", gates=FIRST.stages[1].gates[:1])
    gates = (higher.gates[0].changed(id="top-share", at_least="100%"),)
    taller = FIRST.changed(version="2.0.0", stages=(*FIRST.stages, higher.changed(gates=gates)))
    found = parts(
        FIRST, dict.fromkeys(HALF, "no"), taller, dict.fromkeys(HALF, "yes") | {"ignored": "no", "token": "no"}
    )
    assert found.whole == StageStep("low", "top", None)
    assert found.organisation == StageStep("low", "top", 1)
    assert found.rubric == StageStep("low", "low", None)


def test_items_whose_good_answers_lie_at_opposite_ends_are_not_the_same() -> None:
    turned = tuple(one.changed(kind="deficit") if one.id == "minutes" else one for one in FIRST.indicators)
    found = Correspondence(FIRST, FIRST.changed(indicators=turned))
    assert [pair for pair in found.pairs if "minutes" in pair] == [(None, "minutes"), ("minutes", None)]


def test_replacing_works_in_both_directions() -> None:
    forward, backward = Correspondence(FIRST, THIRD), Correspondence(THIRD, FIRST)
    assert forward.new_of["agenda"] == "agenda-together"
    assert backward.new_of["agenda-together"] == "agenda"
    assert "board" not in forward.new_of
    assert {tuple(pair) for pair in backward.pairs} == {pair[::-1] for pair in forward.pairs}


def test_a_compiled_rubric_is_equal_to_one_that_scores_alike() -> None:
    assert compile_rubric(FIRST) == compile_rubric(FIRST.without_help())
    assert compile_rubric(FIRST) != compile_rubric(SECOND)
    assert dataclasses.replace(compile_rubric(FIRST), minimum_answered=0.5) == compile_rubric(FIRST)
