"""How the stage went over a series, and every question in every round."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.each import each
from tests.unit.engine.building import gate, item, load, rubric_text, view
from tests.unit.engine.comparing.rounds import later_versions, round_of
from tests.unit.engine.comparing.test_split import FIRST, HALF, SECOND, THIRD
from tests.unit.engine.comparing.test_trend import ALL, series
from tests.unit.engine.strategies import promise, rubric_models, views_of

from involve_audit.engine.comparing.course import (
    DOWN,
    DOWN_BY_RUBRIC,
    NOT_KNOWN,
    NOT_TOLD,
    SAME,
    UP,
    UP_BY_RUBRIC,
    AnswerRow,
    Spell,
)
from involve_audit.engine.comparing.round import Round
from involve_audit.engine.comparing.trend import Trend, trend
from involve_audit.engine.compiled import compile_rubric
from involve_audit.model.rubric import Rubric

TOP = ALL | {"led": "yes"}
UNKNOWN = dict.fromkeys(ALL, "unknown")
HIGH = ALL | {"seat": "yes"}
MAYBE = HIGH | {"led": "unknown"}
"""At `high` for sure, and could be at `top`."""


def named(model: Rubric) -> Rubric:
    """The rubric with each stage called by its id."""
    stages = [stage.changed(short=stage.id) for stage in model.stages]
    return model.changed(stages=tuple(stages))


@st.composite
def any_series(draw: st.DrawFn) -> list[Round]:
    """Two to four rounds, of one rubric or of two versions of it."""
    old = named(draw(rubric_models()))
    versions = [old, named(draw(later_versions(old))) if draw(st.booleans()) else old]
    places = sorted(draw(st.lists(st.integers(0, 1), min_size=2, max_size=4)))
    return [
        round_of(versions[place], draw(views_of(versions[place])), date(2020 + year, 1, 1))
        for year, place in enumerate(places)
    ]


def courses(found: Trend) -> list[tuple[int, int, str | None, str]]:
    return [(spell.first, spell.last, spell.stage, spell.began) for spell in found.spells]


def floors(rounds: list[Round], spell: Spell) -> list[int]:
    """What is sure in each round of a spell, by its place on the ladder."""
    return [taken.score.standing.floor for taken in rounds[spell.first : spell.last + 1]]


def ceilings(rounds: list[Round], spell: Spell) -> list[int]:
    """What is possible in each."""
    return [taken.score.standing.ceiling for taken in rounds[spell.first : spell.last + 1]]


def row(found: Trend, name: str) -> AnswerRow:
    return next(row for row in found.rows if row.item == name)


def test_rounds_in_a_row_at_one_stage_are_one_spell() -> None:
    found = series(ALL, ALL, TOP, ALL)
    assert courses(found) == [(0, 1, "low", "first"), (2, 2, "top", UP), (3, 3, "low", DOWN)]
    assert found.since_first == SAME


def test_a_round_of_which_too_little_is_known_is_at_no_stage() -> None:
    found = series(ALL, UNKNOWN, UNKNOWN, TOP)
    assert courses(found) == [(0, 0, "low", "first"), (1, 2, None, NOT_KNOWN), (3, 3, "top", NOT_KNOWN)]
    assert found.since_first == UP
    assert series(UNKNOWN, TOP).since_first is None


def test_a_stage_that_could_be_higher_is_not_settled() -> None:
    assert not series(ALL, ALL | {"led": "unknown"}).spells[0].is_settled


@pytest.mark.parametrize(
    ("then", "now", "is_sure"),
    [
        (ALL, TOP, True),
        (TOP, TOP, True),
        (ALL, MAYBE, True),
        (TOP, MAYBE, False),
        (MAYBE, TOP, False),
        (HIGH, MAYBE, False),
        (ALL, UNKNOWN, False),
    ],
)
def test_a_step_between_two_audits_is_sure_only_where_nothing_open_could_make_it_another(
    then: dict[str, str], now: dict[str, str], is_sure: bool
) -> None:
    (parts,) = series(then, now).splits
    assert parts.is_sure == is_sure


def test_a_row_says_when_its_answer_changed_and_whether_it_is_as_it_should_be() -> None:
    found = row(series(ALL, TOP, TOP, ALL | {"led": "planned"}), "led")
    assert found.answers == ("no", "yes", "yes", "planned")
    assert (found.right, found.changed) == ((False, True, True, False), {1, 3})
    assert (found.is_gained, found.lost_after) == (False, 2)


@pytest.mark.parametrize(("name", "answer"), [("habit", "no"), ("token", "no"), ("led", "yes")])
def test_right_is_the_best_answer_whichever_it_is(name: str, answer: str) -> None:
    found = row(series(ALL | {name: "partly"}, ALL | {name: answer}), name)
    assert found.right == (False, True)
    assert found.is_gained


def test_a_first_form_of_involvement_is_neither_right_nor_wrong() -> None:
    found = row(series(ALL, ALL | {"asked": "no"}), "asked")
    assert found.right == (None, None)
    assert found.changed == {1}


@pytest.mark.parametrize("answer", ["unknown", "not-applicable", None])
def test_what_is_not_known_or_set_aside_is_neither_gained_nor_lost(answer: str | None) -> None:
    bare = {name: said for name, said in TOP.items() if name != "led"}
    without = bare | ({"led": answer} if answer else {})
    gained, lost = row(series(without, TOP), "led"), row(series(TOP, without), "led")
    assert (gained.right, gained.is_gained) == ((None, True), False)
    assert (lost.right, lost.lost_after) == ((True, None), None)


@each(
    ("answers", "began", "since_first"),
    [
        ([TOP, MAYBE], [NOT_TOLD], None),
        ([MAYBE, TOP], [NOT_TOLD], None),
        ([ALL, MAYBE], [UP], UP),
        ([MAYBE, ALL], [DOWN], DOWN),
        ([ALL, TOP, MAYBE], [UP, NOT_TOLD], UP),
        ([MAYBE, ALL, MAYBE], [DOWN, UP], None),
        # What is open in any audit of a spell counts for the whole of it.
        ([TOP, HIGH, MAYBE], [NOT_TOLD], None),
        ([MAYBE, HIGH, TOP], [NOT_TOLD], None),
    ],
)
def test_a_stage_is_higher_or_lower_only_where_nothing_open_could_make_it_otherwise(
    answers: list[dict[str, str]], began: list[str], since_first: str | None
) -> None:
    found = series(*answers)
    assert [spell.began for spell in found.spells[1:]] == began
    assert found.since_first == since_first


def test_a_row_goes_on_where_a_question_was_replaced() -> None:
    found = series(HALF, HALF, {"agenda-together": "no"}, rubrics=[FIRST, SECOND, THIRD])
    assert row(found, "agenda-together").items == ("agenda", "agenda", "agenda-together")
    assert row(found, "budget").answers[0] is None


def test_who_has_to_be_heard_is_what_gates_ask_for() -> None:
    heard = gate("heard", ["led"], at_least="50%", perspective="users")
    asking = load(rubric_text([item("led")], {"high": [heard]}))
    found = trend([round_of(asking, [view(compile_rubric(asking), {"led": "yes"}, ["users"])], date(2020, 1, 1))])
    assert found.asked_for == ("users",)
    assert found.points[0].heard == {"users"}
    assert series(ALL).asked_for == ()


@given(any_series())
@promise(40)
def test_spells_are_the_series_and_each_is_at_one_stage(rounds: list[Round]) -> None:
    found = trend(rounds)
    assert [at for spell in found.spells for at in range(spell.first, spell.last + 1)] == list(range(len(rounds)))
    for spell in found.spells:
        points = found.points[spell.first : spell.last + 1]
        assert {point.floor if point.enough_known else None for point in points} == {spell.stage}
        assert spell.stage is None or spell.is_settled == all(point.floor == point.ceiling for point in points)
    for before, after in zip(found.spells, found.spells[1:], strict=False):
        parts = found.splits[after.first - 1]
        if after.began in (UP, DOWN):
            assert parts.organisation is not None
            assert parts.organisation.direction == (1 if after.began == UP else -1)
        if after.began in (UP, UP_BY_RUBRIC):
            assert max(ceilings(rounds, before)) < min(floors(rounds, after))
        if after.began in (DOWN, DOWN_BY_RUBRIC):
            assert max(ceilings(rounds, after)) < min(floors(rounds, before))
        assert before.stage != after.stage or parts.reason is not None


@given(any_series())
@promise(40)
def test_every_question_of_every_round_is_in_one_row_with_its_answer(rounds: list[Round]) -> None:
    rows = trend(rounds).rows
    for at, taken in enumerate(rounds):
        score = taken.score
        there = {row.items[at]: row for row in rows if row.items[at] is not None}
        assert len(there) == sum(row.items[at] is not None for row in rows)
        assert set(there) == {one.id for one in score.rubric.items}
        for name, found in there.items():
            answer = score.rubric.word(score.resolved.answers[score.places[name or ""]])
            assert found.answers[at] == answer
            if at and found.answers[at - 1] is not None and found.answers[at - 1] != answer:
                assert at in found.changed
    for found in rows:
        assert not (found.is_gained and found.lost_after is not None)
        if found.is_gained or found.lost_after is not None:
            ends = [found.answers[-1], found.answers[0] if found.is_gained else found.answers[found.lost_after or 0]]
            assert not {"unknown", "unanswered", "not-applicable", None} & {*ends}
        assert found.lost_after is None or (found.right[found.lost_after] and not found.right[-1])
