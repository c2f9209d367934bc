"""What was agreed last time, and what became of it by the later audit."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.counting import Counted
from tests.each import each
from tests.unit.engine.strategies import promise

from involve_audit.engine.comparing.actions import ActionChange, action_changes
from involve_audit.engine.comparing.changes import ItemChange, State
from involve_audit.model.view import Action

ON = date(2026, 11, 9)


def agreed(item: str | None = "led", what: str = "Do it", due: date | None = None, **more: Any) -> Action:
    return Action(item=item, what=what, due=due, **more)


def only(before: list[Action], after: list[Action], *changes: ItemChange) -> ActionChange:
    (found,) = action_changes(before, after, ON, changes)
    return found


def moved(before: str, after: str) -> ItemChange:
    return ItemChange(before, after, "improved", "answer", None, None, 1.0, None, None)


@pytest.mark.parametrize(
    ("after", "state"),
    [([agreed(done=True)], "done"), ([agreed()], "not-done"), ([], "not-mentioned")],
)
def test_an_action_is_done_or_not_or_not_mentioned_again(after: list[Action], state: str) -> None:
    assert only([agreed()], after).state == state


def test_words_are_the_same_whatever_their_case_and_space() -> None:
    assert only([agreed(what="Do  it\nsoon")], [agreed(what="do it SOON", done=True)]).state == "done"


def test_other_words_about_the_same_item_due_on_the_same_day_are_the_same_action() -> None:
    due = date(2026, 3, 1)
    assert only([agreed(due=due)], [agreed(what="Done it", due=due, done=True)]).state == "done"


def test_other_words_without_a_day_are_another_action() -> None:
    found = action_changes([agreed()], [agreed(what="Something else", done=True)], ON, ())
    assert [change.state for change in found] == ["not-mentioned", "agreed-now"]


@each(
    ("then", "after", "days"),
    [
        (agreed(due=date(2026, 11, 1)), [agreed(due=date(2026, 11, 1))], 8),
        (agreed(due=date(2026, 11, 1)), [agreed(due=date(2027, 3, 1))], 8),
        (agreed(due=date(2026, 11, 1)), [], 8),
        (agreed(due=date(2026, 11, 9)), [], 0),
        (agreed(due=date(2027, 11, 9)), [], 0),
        (agreed(due=date(2026, 11, 1)), [agreed(done=True)], 0),
        (agreed(due=date(2026, 11, 1), done=True), [], 0),
        (agreed(), [], 0),
    ],
)
def test_it_is_overdue_on_the_day_of_the_later_audit_by_the_day_first_agreed(
    then: Action, after: list[Action], days: int
) -> None:
    assert only([then], after).standing.days == days


def test_an_action_goes_with_its_item_where_that_was_replaced() -> None:
    found = only([agreed("led")], [agreed("led-anew", done=True)], moved("led", "led-anew"))
    assert (found.state, found.moved and found.moved.after) == ("done", "led-anew")


def test_without_words_the_only_action_about_an_item_is_the_same() -> None:
    due, later = date(2026, 3, 1), date(2027, 3, 1)
    (found,) = action_changes([agreed(due=due)], [agreed(what="(left out)", due=later)], ON, (), told=False)
    assert (found.state, found.standing.days) == ("not-done", 253)
    two = [agreed(what="(left out)", due=later), agreed(what="(left out)", due=due, done=True)]
    assert [one.state for one in action_changes([agreed(due=due)], two, ON, (), told=False)] == ["done", "agreed-now"]
    assert action_changes([agreed(None)], [agreed(None, "(left out)")], ON, (), told=False)[0].state == "not-mentioned"


def test_each_action_of_the_later_audit_answers_one_of_the_earlier() -> None:
    found = action_changes([agreed(), agreed()], [agreed(done=True), agreed()], ON, ())
    assert [change.state for change in found] == ["done", "not-done"]


def test_actions_that_do_not_name_an_item_go_by_their_words() -> None:
    found = action_changes([agreed(None)], [agreed(None, done=True), agreed(None, "Another")], ON, ())
    assert [(change.state, change.moved) for change in found] == [("done", None), ("agreed-now", None)]


@pytest.mark.parametrize("told", [True, False])
def test_ten_times_as_many_actions_are_not_held_against_each_other_a_hundred_times_as_often(told: bool) -> None:
    counts = []
    for number in (100, 1_000):
        then, now = (
            [Action.unchecked(item=Counted(f"i{n % 50}"), what=f"Do {n}", due=ON, done=done) for n in range(number)]
            for done in (False, True)
        )
        Counted.held = 0
        assert len(action_changes(then, now, ON, (), told=told)) == number
        counts.append(Counted.held)
    assert counts[1] < 20 * counts[0] + 1_000


AGREED = st.lists(
    st.builds(
        agreed,
        item=st.sampled_from([None, "led", "shared"]),
        what=st.sampled_from(["Do it", "do  IT", "Another"]),
        due=st.sampled_from([None, date(2026, 3, 1), date(2026, 4, 1)]),
        done=st.booleans(),
    ),
    max_size=6,
)


@promise(100)
@given(AGREED, AGREED, st.booleans())
def test_no_action_is_lost_nor_listed_twice(before: list[Action], after: list[Action], told: bool) -> None:
    found = action_changes(before, after, ON, (), told)
    assert [one.then for one in found if one.then] == before
    assert sorted(id(one.now) for one in found if one.now) == sorted(map(id, after))
    assert all(one.standing.state.startswith("done") == (one.now or one.action).done for one in found)


def test_the_same_words_come_before_the_same_day_whatever_the_order() -> None:
    due = date(2026, 3, 1)
    write, elect = agreed(what="Write terms", due=due), agreed(what="Elect a chair", due=due)
    found = {one.action.what: one.state for one in action_changes([write, elect], [elect], ON, ())}
    assert found == {"Write terms": "not-mentioned", "Elect a chair": "not-done"}
    early, late = agreed(due=due), agreed(due=date(2027, 3, 1))
    assert [one.now for one in action_changes([early, late], [late], ON, ())] == [None, late]


def test_what_was_called_done_once_and_is_not_is_not_done() -> None:
    found = only([agreed(done=True, due=date(2026, 11, 1))], [agreed(due=date(2026, 11, 1))])
    assert (found.state, found.is_done, found.standing.days) == ("not-done", False, 8)


def test_what_was_done_when_it_was_first_mentioned_is_not_held_against_what_came_later() -> None:
    same = State("partly", False, 0.5, 1.0, None)
    change = ItemChange("led", "led", "unchanged", None, same, same, 0.0, None, None)
    done = agreed(done=True)
    assert only([done], [done], change).standing.state == "done"
    assert only([agreed()], [done], change).standing.state == "no-effect"


def test_words_are_the_same_whatever_stands_between_them() -> None:
    assert only([agreed(None, "Write terms")], [agreed(None, "Write terms!", done=True)]).state == "done"
