"""What became of each question, and what moved it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from tests.each import each
from tests.unit.engine.building import gate, item, load, rubric_text, view
from tests.unit.engine.comparing.rounds import compared

from involve_audit.engine.comparing.changes import ItemChange
from involve_audit.engine.compiled import CompiledView, compile_rubric

RUBRIC = load(
    rubric_text(
        [item("led", na=True), item("asked", "practice"), item("habit", "deficit"), item("token", "anti-pattern")],
        {"high": [gate("share", ["led"], at_least="50%")]},
    )
)
COMPILED = compile_rubric(RUBRIC)


def a_view(answers: Mapping[str, str], *present: str, **more: Any) -> CompiledView:
    return view(COMPILED, answers, present, **more)


def moved(before: list[CompiledView], after: list[CompiledView], name: str = "led") -> ItemChange:
    found = compared(RUBRIC, before, RUBRIC, after)
    return next(change for change in found.items if change.item == name)


@each(
    ("name", "then", "now", "kind"),
    [
        ("led", "no", "partly", "improved"),
        ("led", "yes", "planned", "worse"),
        ("led", "no", "planned", "unchanged"),
        ("led", "unknown", "no", "newly-known"),
        ("led", "yes", "unknown", "no-longer-known"),
        ("led", "yes", "not-applicable", "became-not-applicable"),
        ("led", "not-applicable", "no", "became-applicable"),
        ("led", "unknown", "not-applicable", "newly-known"),
        ("led", "not-applicable", "unknown", "no-longer-known"),
        ("asked", "no", "yes", "improved"),
        ("habit", "no", "yes", "worse"),
        ("habit", "yes", "partly", "improved"),
        ("token", "partly", "yes", "worse"),
    ],
)
def test_an_answer_moves_in_one_way_that_depends_on_the_kind_of_item(name: str, then: str, now: str, kind: str) -> None:
    assert moved([a_view({name: then}, "staff")], [a_view({name: now}, "staff")], name).kind == kind


def test_asked_and_not_known_is_no_other_than_not_asked() -> None:
    found = moved([a_view({"led": "unknown"}, "staff")], [a_view({}, "staff")])
    assert (found.kind, found.cause) == ("unchanged", None)


def test_evidence_that_comes_or_goes_moves_a_full_yes_to_an_achievement() -> None:
    bare, shown = a_view({"led": "yes"}, "staff"), a_view({"led": "yes"}, "staff", evidence=["led"])
    assert moved([bare], [shown])[2:4] == ("improved", "evidence")
    assert moved([shown], [bare])[2:4] == ("worse", "evidence")


@pytest.mark.parametrize(("name", "answer"), [("led", "partly"), ("habit", "no"), ("asked", "yes")])
def test_evidence_moves_nothing_else(name: str, answer: str) -> None:
    bare, shown = a_view({name: answer}, "staff"), a_view({name: answer}, "staff", evidence=[name])
    assert moved([bare], [shown], name)[2:4] == ("unchanged", None)


def test_the_answer_moved_where_the_same_perspective_says_another_thing() -> None:
    found = moved([a_view({"led": "no"}, "staff")], [a_view({"led": "yes"}, "staff")])
    assert (found.cause, found.decided_then, found.decided_now) == ("answer", "staff", "staff")


def test_who_answered_moved_it_where_another_perspective_decides_and_the_first_says_the_same() -> None:
    staff = a_view({"led": "yes"}, "staff")
    found = moved([staff], [staff, a_view({"led": "no"}, "users")])
    assert (found.kind, found.cause) == ("worse", "who")
    assert (found.decided_then, found.decided_now) == ("staff", "users")


def test_who_answered_moved_it_where_those_who_decided_did_not_take_part_again() -> None:
    found = moved([a_view({"led": "no"}, "users")], [a_view({"led": "yes"}, "staff")])
    assert (found.kind, found.cause) == ("improved", "who")


def test_the_answer_moved_where_another_perspective_decides_and_the_first_moved_as_well() -> None:
    before = [a_view({"led": "yes"}, "staff")]
    after = [a_view({"led": "no"}, "staff"), a_view({"led": "no"}, "users")]
    assert moved(before, after)[2:4] == ("worse", "answer")


def test_the_answer_moved_where_those_who_decide_now_said_another_thing_before_somebody_else_fell_silent() -> None:
    before = [a_view({"led": "no"}, "users"), a_view({"led": "no"}, "staff")]
    after = [a_view({"led": "unknown"}, "users"), a_view({"led": "yes"}, "staff")]
    assert moved(before, after)[2:4] == ("improved", "answer")


def test_who_answered_moved_it_where_the_first_moved_the_other_way() -> None:
    before = [a_view({"led": "partly"}, "staff")]
    after = [a_view({"led": "yes"}, "staff"), a_view({"led": "no"}, "users")]
    assert moved(before, after)[2:4] == ("worse", "who")


@pytest.mark.parametrize(("present", "cause"), [(("staff",), "answer"), (("users",), "who"), ((), "who")])
def test_what_is_newly_known_is_an_answer_only_of_those_who_were_asked_before(
    present: tuple[str, ...], cause: str
) -> None:
    before, after = [a_view({"led": "unknown"}, *present)], [a_view({"led": "yes"}, "staff")]
    assert moved(before, after)[2:4] == ("newly-known", cause)
    assert moved(after, before)[2:4] == ("no-longer-known", cause)


def test_documents_decide_like_a_perspective_of_their_own() -> None:
    papers, people = a_view({"led": "yes"}), a_view({"led": "no"}, "users")
    assert moved([papers], [a_view({"led": "no"})])[2:4] == ("worse", "answer")
    assert moved([papers], [papers, people])[2:4] == ("worse", "who")


def test_what_counts_at_the_floor_is_kept_apart_from_the_class() -> None:
    lost = moved([a_view({"led": "yes"}, "staff")], [a_view({"led": "unknown"}, "staff")])
    assert (lost.kind, lost.gain, lost.is_regression) == ("no-longer-known", -1.0, True)
    honest = moved([a_view({"led": "no"}, "staff")], [a_view({"led": "unknown"}, "staff")])
    assert (honest.gain, honest.is_regression) == (0.0, False)
    found = moved([a_view({"habit": "unknown"}, "staff")], [a_view({"habit": "no"}, "staff")], "habit")
    assert (found.kind, found.gain) == ("newly-known", 1.0)
