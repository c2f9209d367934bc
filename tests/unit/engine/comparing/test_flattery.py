"""What makes an audit look better than it is is named, each thing by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from tests.unit.engine.building import gate, item, load, rubric_text, view
from tests.unit.engine.comparing.rounds import compared

from involve_audit.engine.comparing.comparison import Comparison
from involve_audit.engine.compiled import CompiledView, compile_rubric
from involve_audit.engine.score import Score
from involve_audit.model.view import Action

RUBRIC = load(
    rubric_text(
        [item("led", na=True), item("seat", na=True), item("habit", "deficit")],
        {"high": [gate("share", ["led", "seat"], at_least="50%")]},
    )
)
COMPILED = compile_rubric(RUBRIC)


def a_view(answers: Mapping[str, str], *present: str, **more: Any) -> CompiledView:
    return view(COMPILED, answers, present or ("users",), **more)


def flat(before: Sequence[CompiledView], after: Sequence[CompiledView], **more: Any) -> dict[str, list[str]]:
    """What flatters, with the items it is about."""
    found = compared(RUBRIC, before, RUBRIC, after, **more)
    return {one.kind: [change.item for change in one.items] for one in found.flattering}


def otherwise(found: Comparison, kind: str) -> str | None:
    return next(one.otherwise for one in found.flattering if one.kind == kind)


def test_nothing_flatters_where_the_same_people_say_more_and_show_it() -> None:
    before = [a_view({"led": "no", "seat": "no"})]
    assert flat(before, [a_view({"led": "yes", "seat": "no"}, evidence=["led"])]) == {}


@pytest.mark.parametrize("then", ["no", "partly", "unknown"])
def test_what_was_not_at_its_best_and_does_not_apply_any_more_is_named(then: str) -> None:
    before, after = [a_view({"led": then, "seat": "yes"})], [a_view({"led": "not-applicable", "seat": "yes"})]
    assert flat(before, after)["set-aside"] == ["led"]


def test_what_was_at_its_best_and_does_not_apply_any_more_does_not_flatter() -> None:
    assert flat([a_view({"led": "yes"})], [a_view({"led": "not-applicable"})]) == {}


def test_the_stage_that_rests_on_what_was_set_aside_is_told() -> None:
    before, after = [a_view({"led": "no", "seat": "partly"})], [a_view({"led": "not-applicable", "seat": "partly"})]
    found = compared(RUBRIC, before, RUBRIC, after)
    assert (found.before.floor, found.after.floor, otherwise(found, "set-aside")) == ("low", "high", "low")


def test_better_without_evidence_is_named_with_the_stage_that_rests_on_it() -> None:
    found = compared(RUBRIC, [a_view({"led": "no", "seat": "no"})], RUBRIC, [a_view({"led": "yes", "seat": "no"})])
    (one,) = found.flattering
    assert (one.kind, [change.item for change in one.items], one.otherwise) == ("without-evidence", ["led"], "low")


def test_better_because_it_is_known_now_needs_evidence_too() -> None:
    assert flat([a_view({"led": "unknown"})], [a_view({"led": "partly"})]) == {"without-evidence": ["led"]}
    assert flat([a_view({"led": "unknown"})], [a_view({"led": "no"})]) == {}


def test_better_only_because_those_who_come_first_were_not_asked_again_is_named() -> None:
    before = [a_view({"led": "no"}, "users"), a_view({"led": "yes"}, "staff")]
    after = [a_view({"led": "yes"}, "staff", evidence=["led"])]
    found = compared(RUBRIC, before, RUBRIC, after)
    assert [(one.kind, one.otherwise) for one in found.flattering] == [("not-asked-again", "low")]
    assert found.is_unheard


@pytest.mark.parametrize("said", ["unknown", None])
def test_asking_them_and_getting_no_answer_is_not_asking_them_again(said: str | None) -> None:
    after = [a_view({"led": said} if said else {}, "users"), a_view({"led": "yes"}, "staff", evidence=["led"])]
    assert flat([a_view({"led": "no"}, "users")], after) == {"not-asked-again": ["led"]}


def test_it_is_no_flattery_where_those_who_decide_now_come_first() -> None:
    before, after = [a_view({"led": "no"}, "staff")], [a_view({"led": "yes"}, "users", evidence=["led"])]
    found = compared(RUBRIC, before, RUBRIC, after)
    assert found.flattering == ()
    assert not found.is_unheard


@pytest.mark.parametrize("then", ["yes", "no", "partly"])
def test_what_was_known_and_is_not_any_more_is_named(then: str) -> None:
    assert flat([a_view({"led": then})], [a_view({"led": "unknown"})]) == {"not-known-now": ["led"]}


def test_planned_for_the_second_time_is_named() -> None:
    planned = [a_view({"led": "planned"})]
    assert flat(planned, planned) == {"planned-again": ["led"]}
    assert flat([a_view({"led": "no"})], planned) == {}


def action(item: str | None, what: str = "Do it", **more: Any) -> Action:
    return Action(item=item, what=what, **more)


def test_an_action_that_is_done_while_its_item_did_not_move_is_named() -> None:
    same = [a_view({"led": "no"})]
    agreed, done = [action("led")], [action("led", done=True)]
    found = compared(RUBRIC, same, RUBRIC, same, agreed=agreed, agreed_now=done)
    (one,) = found.flattering
    assert (one.kind, [moved.action.item for moved in one.actions]) == ("done-but-not-moved", ["led"])
    better = [a_view({"led": "yes"}, evidence=["led"])]
    assert flat(same, better, agreed=agreed, agreed_now=done) == {}
    assert flat(same, same, agreed=agreed, agreed_now=agreed) == {}


def test_an_action_about_no_item_cannot_be_held_against_one() -> None:
    same = [a_view({"led": "no"})]
    done = [action(None, due=date(2026, 1, 1), done=True)]
    assert flat(same, same, agreed=[action(None)], agreed_now=done) == {}


def test_an_audit_without_those_who_come_first_is_unheard() -> None:
    same = [a_view({"led": "no"}, "staff")]
    assert compared(RUBRIC, same, RUBRIC, same).is_unheard
    silent = [a_view({}, "users"), *same]
    assert compared(RUBRIC, same, RUBRIC, silent).is_unheard


def test_a_rubric_that_reads_nothing_by_its_evidence_names_nothing_for_want_of_it() -> None:
    bare = RUBRIC.changed(readings=("view",))
    found = compared(bare, [a_view({"led": "no"})], bare, [a_view({"led": "yes"})])
    assert found.after.floor == "high"
    assert found.flattering == ()
    assert Score(compile_rubric(bare), [a_view({"led": "yes"})]).evidence_only == ""
