"""What becomes of every answer on the way to another version, over the versions of tests/chain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from tests.comparisons import CHAIN

from involve_audit.loading.rubric import parse_rubric
from involve_audit.model.rubric import Rubric
from involve_audit.model.view import View
from involve_audit.versions.plan import AnswerFate, Plan, plan, touched

FIRST, SECOND, THIRD = (parse_rubric(path.read_bytes(), path.name).content for path in CHAIN)


def planned(answers: Mapping[str, Any], to: Rubric, earlier: Rubric | None = None, **lines: Any) -> Plan:
    head = {"format": "involve-audit/answers@1", "rubric": "club@1.0.0", "subject": {"name": "C"}, "date": "2026-01-31"}
    return plan(View.from_tree({**head, "answers": answers, **lines}), to, earlier)


def fates(found: Plan) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {move.item: (move.fate, move.now) for move in found.moves}


def test_a_minor_version_keeps_every_answer_and_names_what_is_new() -> None:
    found = planned({"agenda": "yes", "board": "planned", "minutes": {"note": "Later."}}, SECOND, FIRST)
    assert {fate for fate, _now in fates(found).values()} == {"kept"}
    assert (found.new, found.retired, found.rubric) == (("budget",), [], "club@1.1.0")


def test_a_major_version_renames_asks_again_and_drops_as_declared() -> None:
    answers = {"survey": "yes", "agenda": "partly", "board": "no", "minutes": "yes", "accounts": "planned"}
    found = planned(answers, THIRD, SECOND)
    assert fates(found) == {
        "survey": ("kept", ("survey",)),
        "agenda": ("renamed", ("agenda-together",)),
        "board": ("ask-again", ("board-seat", "board-vote")),
        "minutes": ("dropped", ()),
        "accounts": ("ask-again", ("accounts",)),
    }
    assert [move.why for move in found.moves] == [None, None, "several", None, "answer-gone"]
    assert found.retired == ["board", "minutes", "accounts"]
    assert found.new == ()


def test_an_answer_that_is_gone_is_asked_again_under_the_new_name() -> None:
    found = planned({"agenda": "planned"}, THIRD)
    assert found.moves == (AnswerFate("agenda", "planned", "ask-again", ("agenda-together",), "answer-gone"),)


def test_an_answer_that_may_not_be_set_aside_any_more_is_asked_again() -> None:
    items = tuple(one.changed(not_applicable_when=None) for one in SECOND.indicators)
    stricter = SECOND.changed(indicators=items)
    given = {"agenda": {"answer": "not-applicable", "reason": "No meetings."}}
    assert planned(given, stricter).retired == ["agenda"]
    assert planned(given, SECOND).retired == []


def test_several_questions_in_one_are_asked_again_unless_only_one_of_them_was_there() -> None:
    merged = tuple(
        one.changed(replaces=("agenda", "minutes")) if one.id == "agenda-together" else one for one in THIRD.indicators
    )
    both = THIRD.changed(indicators=merged)
    assert fates(planned({"agenda": "yes", "minutes": "yes"}, both, SECOND)) == {
        "agenda": ("ask-again", ("agenda-together",)),
        "minutes": ("ask-again", ("agenda-together",)),
    }
    assert fates(planned({"agenda": "yes"}, both)) == {"agenda": ("ask-again", ("agenda-together",))}
    without = tuple(one for one in SECOND.indicators if one.id != "minutes")
    earlier = SECOND.changed(indicators=without)
    assert fates(planned({"agenda": "yes"}, both, earlier)) == {"agenda": ("renamed", ("agenda-together",))}


def test_actions_go_with_their_question_and_keep_one_that_is_gone() -> None:
    actions = [{"item": name, "what": "Do it"} for name in ("agenda", "minutes", "board", "survey")]
    found = planned({"minutes": "no"}, THIRD, SECOND, actions=actions)
    assert found.renamed == {"agenda": "agenda-together"}
    assert found.kept_for_actions == ("board",)


def test_a_perspective_that_is_gone_leaves_its_respondents_without_a_home() -> None:
    found = planned({}, FIRST, respondents={"members": 1, "family": 2})
    assert found.homeless == ("family",)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (FIRST, SECOND, []),
        (
            SECOND,
            THIRD,
            [
                ("agenda", None, "renamed"),
                ("agenda", "planned", "ask-again"),
                ("board", None, "ask-again"),
                ("minutes", None, "dropped"),
                ("accounts", "planned", "ask-again"),
                ("budget", "planned", "ask-again"),
            ],
        ),
    ],
)
def test_which_stored_answers_a_version_touches(before: Rubric, after: Rubric, expected: list[Any]) -> None:
    assert [(move.item, move.answer, move.fate) for move in touched(before, after)] == expected
