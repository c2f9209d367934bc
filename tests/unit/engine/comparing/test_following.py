"""What was agreed in a series: the same as a comparison says of two audits, and each action once."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.engine.strategies import promise

from involve_audit.engine.comparing.comparison import compare
from involve_audit.engine.comparing.following import followed
from involve_audit.model.view import Action

from .rounds import NOW, THEN, Rounds, round_of, rounds_of_one_rubric, rounds_of_two_versions

DUES = st.sampled_from([None, "ongoing", "2025-12", "2026-10", date(2026, 11, 9), date(2026, 11, 8), date(2027, 1, 1)])


@st.composite
def agreed(draw: st.DrawFn, rounds: Rounds) -> list[Action]:
    items = st.sampled_from([None, *(item.id for item in (*rounds.old.items, *rounds.new.items))])
    words = st.sampled_from(["Do it", "do  IT", "Another"])
    return draw(st.lists(st.builds(Action, item=items, what=words, due=DUES, done=st.booleans()), max_size=5))


@st.composite
def two(draw: st.DrawFn) -> Any:
    rounds = draw(st.one_of(rounds_of_one_rubric(), rounds_of_two_versions()))
    before = round_of(rounds.old, rounds.before, THEN, draw(agreed(rounds)))
    return before, round_of(rounds.new, rounds.after, NOW, draw(agreed(rounds)))


@promise(100)
@given(two())
def test_of_two_audits_it_says_what_their_comparison_says(rounds: Any) -> None:
    found = followed(rounds)
    wanted = compare(*rounds).actions
    assert [one.standing for one in found] == [change.standing for change in wanted]
    assert [one.due for one in found] == [change.action.due or (change.now and change.now.due) for change in wanted]
    assert [one.agreed for one in found] == [0 if change.then else 1 for change in wanted]
    assert [one.mentioned for one in found] == [1 if change.now else 0 for change in wanted]


@promise(100)
@given(two())
def test_nothing_is_late_before_its_last_day_is_over_nor_without_one(rounds: Any) -> None:
    for one in followed(rounds):
        if one.standing.state == "late":
            assert not one.action.done
            assert one.standing.until is not None
            assert one.standing.days == (NOW - date(*one.standing.until)).days > 0
        if {one.action.due, one.due} <= {None, "ongoing"}:
            assert one.standing.state != "late"


@promise(50)
@given(two())
def test_one_audit_by_itself_has_nothing_without_effect(rounds: Any) -> None:
    for one in rounds:
        assert {found.standing.state for found in followed([one])} <= {"late", "open", "done"}
        assert [found.action for found in followed([one])] == list(one.actions)
