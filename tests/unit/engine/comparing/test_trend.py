"""A series of audits: themes, histories and what keeps coming back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.counting import Counted
from tests.unit.engine.building import gate, item, load, rubric_text, view
from tests.unit.engine.comparing.rounds import round_of
from tests.unit.engine.comparing.test_split import FIRST, HALF, SECOND, THIRD
from tests.unit.engine.strategies import promise, rubric_models, views_of

from involve_audit.engine.comparing.changes import UNCHANGED, item_changes, moved_items
from involve_audit.engine.comparing.correspondence import Correspondence
from involve_audit.engine.comparing.trend import ThemeScore, Trend, trend
from involve_audit.engine.compiled import compile_rubric
from involve_audit.engine.score import Score
from involve_audit.model.rubric import Rubric
from involve_audit.model.view import Action

RUBRIC = load(
    rubric_text(
        [
            item("led", na=True),
            item("seat"),
            item("asked", "practice"),
            item("habit", "deficit"),
            item("token", "anti-pattern"),
        ],
        {"high": [gate("share", ["led", "seat"], at_least="50%")], "top": [gate("lowest", ["led"], at_least="yes")]},
    )
)
ALL = {"led": "no", "seat": "no", "asked": "yes", "habit": "no", "token": "yes"}


def series(
    *answers: Mapping[str, str], rubrics: Sequence[Rubric] = (), agreed: Sequence[Sequence[Action]] = ()
) -> Trend:
    """A series of single views, of one rubric or of one each."""
    models = list(rubrics) or [RUBRIC] * len(answers)
    actions = list(agreed) or [()] * len(answers)
    return trend(
        [
            round_of(model, [view(compile_rubric(model), given, ["users"])], date(2020 + year, 1, 1), done)
            for year, (model, given, done) in enumerate(zip(models, answers, actions, strict=True))
        ]
    )


def recurring(found: Trend, kind: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(one.about, one.at) for one in found.recurring if one.kind == kind]


def test_each_audit_has_its_stage_and_how_much_is_known() -> None:
    found = series(ALL, ALL | {"led": "yes"}, ALL | {"led": "unknown"})
    assert [(point.floor, point.ceiling, point.known, point.asked) for point in found.points] == [
        ("low", "low", 5, 5),
        ("top", "top", 5, 5),
        ("low", "top", 4, 5),
    ]


def test_a_theme_counts_achievements_and_habits_and_no_practices() -> None:
    (point,) = series(ALL | {"led": "partly"}).points
    assert point.themes["theme"] == ThemeScore(1.5, 3)
    assert point.themes[""] == ThemeScore(0, 1)


def test_what_does_not_apply_is_left_out_of_a_theme_and_what_is_not_known_counts_as_the_worst() -> None:
    (point,) = series(ALL | {"led": "not-applicable", "habit": "unknown"}).points
    assert point.themes["theme"] == ThemeScore(0, 2)


def test_a_limit_counts_in_a_theme() -> None:
    limiting = load(
        rubric_text(
            [item("led"), item("token", "anti-pattern", limits=["led"])],
            {"high": [gate("share", ["led"], at_least="50%")]},
        )
    )
    (point,) = series({"led": "yes", "token": "yes"}, rubrics=[limiting]).points
    assert point.themes["theme"] == ThemeScore(0.5, 1)


def test_a_history_holds_each_change_of_an_item_and_when() -> None:
    found = series(ALL, ALL, ALL | {"led": "yes"}, ALL | {"led": "partly"})
    (history,) = found.histories
    assert history.item == "led"
    assert [(moved.at, moved.change.kind) for moved in history.moves] == [(2, "improved"), (3, "worse")]


def test_a_history_goes_on_where_a_question_was_replaced() -> None:
    now = {"agenda-together": "no"}
    found = series(HALF, HALF | {"agenda": "partly"}, now, rubrics=[FIRST, SECOND, THIRD])
    history = next(one for one in found.histories if one.item == "agenda-together")
    assert [(moved.at, moved.change.before, moved.change.after) for moved in history.moves] == [
        (1, "agenda", "agenda"),
        (2, "agenda", "agenda-together"),
    ]
    assert "agenda" not in [one.item for one in found.histories]


def test_where_the_rubric_changed_the_step_is_split() -> None:
    found = series(HALF, HALF, HALF | {"budget": "no"}, rubrics=[FIRST, FIRST, SECOND])
    assert [parts.reason for parts in found.splits] == [None, None]
    assert found.splits[1].at_then is not None


def test_what_was_better_and_is_worse_again_came_back() -> None:
    found = series(ALL, ALL | {"led": "yes"}, ALL | {"led": "no"}, ALL | {"led": "yes"}, ALL | {"led": "unknown"})
    assert recurring(found, "came-back") == [("led", (2, 4))]
    assert recurring(series(ALL | {"led": "yes"}, ALL, ALL), "came-back") == []


def test_a_gate_that_holds_back_the_next_stage_in_the_last_audits_keeps_coming_back() -> None:
    found = series(ALL | {"led": "yes"}, ALL, ALL)
    assert recurring(found, "holds-back") == [("high-0", (1, 2))]
    assert recurring(series(ALL, ALL | {"led": "yes"}), "holds-back") == []


@pytest.mark.parametrize(("answer", "kind"), [("planned", "always-planned"), ("unknown", "always-open")])
def test_what_is_still_planned_or_open_keeps_coming_back(answer: str, kind: str) -> None:
    still = ALL | {"led": answer}
    assert recurring(series(still, ALL, still, still), kind) == [("led", (2, 3))]
    assert recurring(series(still, still, ALL), kind) == []


def test_what_was_agreed_and_is_still_not_done_keeps_coming_back() -> None:
    agreed, done = Action(item="led", what="Do it"), Action(item="led", what="Do it", done=True)
    found = series(ALL, ALL, ALL, agreed=[[agreed], [agreed], [agreed]])
    assert found.recurring[-1][:4] == ("never-done", "Do it", (0, 1, 2), "led")
    forgotten = series(ALL, ALL, ALL, agreed=[[agreed], [agreed], []])
    assert forgotten.recurring[-1][:4] == ("never-done", "Do it", (0, 1), "led")
    assert recurring(series(ALL, ALL, agreed=[[agreed], [done]]), "never-done") == []


@st.composite
def two_scores(draw: st.DrawFn) -> tuple[Rubric, Score, Score]:
    model = draw(rubric_models())
    compiled = compile_rubric(model)
    return model, Score(compiled, draw(views_of(model))), Score(compiled, draw(views_of(model)))


@given(two_scores())
@promise(30)
def test_the_short_way_to_what_moved_finds_all_that_moved(found: tuple[Rubric, Score, Score]) -> None:
    model, before, after = found
    correspondence = Correspondence(model, model)
    every = item_changes(before, after, correspondence)
    assert moved_items(before, after, correspondence) == tuple(change for change in every if change.kind != UNCHANGED)


def test_one_audit_is_a_series_in_which_nothing_moved() -> None:
    found = series(ALL)
    assert (len(found.points), found.splits, found.histories) == (1, (), ())


def test_what_is_never_done_is_not_looked_for_among_all_that_is_agreed() -> None:
    def held(number: int) -> int:
        agreed = [[Action.unchecked(item="led", what=Counted(f"Do {n}")) for n in range(number)] for _year in range(2)]
        Counted.held = 0
        assert len(recurring(series(ALL, ALL, agreed=agreed), "never-done")) == number
        return Counted.held

    assert held(400) < 20 * held(40) + 100
