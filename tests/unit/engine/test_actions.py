"""Where an action stands on a day (docs/actions.md)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.each import each
from tests.unit.engine.strategies import promise

from involve_audit.engine.actions import STANDINGS, agreed_in, moved_due, standing
from involve_audit.engine.comparing.changes import ItemChange, State, gain, kind_of
from involve_audit.model.view import Action, View

ON = date(2026, 11, 9)


def stands(due: Any, on: date = ON, **more: Any) -> tuple[str, int]:
    return standing(Action(what="Do it", due=due, **more), on)[:2]


@each(
    ("due", "on", "found"),
    [
        ("2026-11-09", ON, ("open", 0)),
        ("2026-11-08", ON, ("late", 1)),
        ("2026-11-10", ON, ("open", 0)),
        ("2026-11", ON, ("open", 0)),
        ("2026-10", ON, ("late", 9)),
        ("2026-11", date(2026, 11, 30), ("open", 0)),
        ("2026-11", date(2026, 12, 1), ("late", 1)),
        ("2028-02", date(2028, 2, 29), ("open", 0)),
        ("2027-02", date(2027, 3, 1), ("late", 1)),
        ("2026-12", date(2027, 1, 1), ("late", 1)),
        ("ongoing", date(9999, 12, 31), ("open", 0)),
        (None, date(9999, 12, 31), ("open", 0)),
    ],
)
def test_it_is_late_only_after_the_last_day(due: str | None, on: date, found: tuple[str, int]) -> None:
    assert stands(due, on) == found
    assert stands(due, on, done=True) == ("done", 0)


@promise(100)
@given(st.dates(date(1, 2, 1), date(9998, 12, 31)), st.integers(-800, 800))
def test_a_month_is_late_when_its_last_day_is_and_never_before(day: date, after: int) -> None:
    on = day + timedelta(after) if date(1, 1, 1).toordinal() <= day.toordinal() + after else day
    month = f"{day:%Y}".rjust(4, "0") + f"-{day:%m}"
    last = (day.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)
    assert stands(month, on) == stands(last, on) == (("late", (on - last).days) if on > last else ("open", 0))


def test_what_was_put_off_is_late_by_when_it_was_first_due() -> None:
    action = Action(what="Do it", due="2027-03")
    assert standing(action, ON, due="2026-10")[:2] == ("late", 9)
    assert standing(action, ON, due="2026-10").put_off
    assert standing(action, date(2027, 4, 1), due="ongoing")[:2] == ("late", 1)


def test_what_was_brought_forward_is_late_by_the_earlier_day_and_what_goes_on_never() -> None:
    assert standing(Action(what="Do it", due="2026-10-31"), ON, due="2026-12-31")[:2] == ("late", 9)
    assert standing(Action(what="Do it", due="ongoing"), ON, due="2026-10")[:2] == ("open", 0)
    assert standing(Action(what="Do it"), ON, due="2026-10")[:2] == ("late", 9)
    moves = [("2026-03", date(2026, 3, 15)), ("2026-03", "2026-04"), ("2026-03", "2026-02"), ("2026-03", "ongoing")]
    assert [moved_due(due, first) for first, due in moves] == ["", "put_off", "brought_forward", "goes_on"]


def change(then: State | None, now: State | None) -> ItemChange:
    kind = kind_of(then, now) if then and now else "gone-from-rubric"
    return ItemChange("led", "led", kind, None, then, now, gain(then, now) if then and now else 0.0, None, None)


NO, PARTLY, YES = (State(word, False, worth, 1.0, None) for word, worth in (("no", 0.0), ("partly", 0.5), ("yes", 1.0)))
UNKNOWN, ASIDE = State("unknown", True, 0.0, 1.0, None), State("not-applicable", False, None, 1.0, None)
BARE, SHOWN = State("yes", False, 1.0, 1.0, False), State("yes", False, 1.0, 1.0, True)


@each(
    ("then", "now", "state"),
    [
        (NO, NO, "no-effect"),
        (PARTLY, NO, "no-effect"),
        (PARTLY, PARTLY, "no-effect"),
        (UNKNOWN, UNKNOWN, "done"),
        (UNKNOWN, NO, "done"),
        (PARTLY, UNKNOWN, "done"),
        (PARTLY, ASIDE, "done"),
        (NO, PARTLY, "done"),
        (UNKNOWN, YES, "done"),
        (BARE, SHOWN, "done"),
        (YES, YES, "done"),
        (ASIDE, NO, "done"),
        (NO, None, "done"),
        (None, NO, "done"),
    ],
)
def test_what_is_done_had_no_effect_where_a_later_answer_is_no_better(
    then: State | None, now: State | None, state: str
) -> None:
    assert standing(Action(what="Do it", done=True), ON, change=change(then, now)).state == state
    assert standing(Action(what="Do it"), ON, change=change(then, now)).state == "open"


def test_the_actions_of_an_audit_come_late_first_then_by_when_they_are_due_and_done_last() -> None:
    def view(*actions: tuple[str | None, bool]) -> View:
        return View.unchecked(actions=tuple(Action(what="Do it", due=due, done=done) for due, done in actions))

    views = [
        view((None, False), ("2026-01", True), ("2027-01-05", False)),
        view(("2026-03-01", False), ("2027-01", False)),
    ]
    found = agreed_in(views, ON)
    assert [(one.view, one.action) for one in found] == [(1, 0), (0, 2), (1, 1), (0, 0), (0, 1)]
    assert [STANDINGS.index(one.standing.state) for one in found] == [0, 1, 1, 1, 3]
