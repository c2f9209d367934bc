"""The chart of a series: to scale, from the lowest stage up, and without labels on top of each other."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from involve_audit.language import short_day
from involve_audit.render.comparing.chart import (
    HEARD,
    LEFT,
    NARROW,
    RIGHT,
    WIDE,
    Plotted,
    chart_of,
    label_span,
    small_chart,
)

STAGES = ["Low", "High", "Top"]
FIRST = date(2020, 1, 1)


def plotted(day: int, floor: int | None, ceiling: int | None = None, rubric_changed: bool = False) -> Plotted:
    when = FIRST + timedelta(days=day)
    return Plotted(when, short_day(when), floor, floor if ceiling is None else ceiling, HEARD, rubric_changed)


def test_days_stand_as_far_apart_as_they_were_in_time() -> None:
    marks = chart_of([plotted(0, 0), plotted(100, 0), plotted(400, 0)], STAGES).marks
    gaps = [round(marks[1].x - marks[0].x, 1), round(marks[2].x - marks[1].x, 1)]
    assert abs(gaps[1] - 3 * gaps[0]) < 0.5


def test_the_lowest_stage_is_at_the_bottom_and_every_step_is_as_high() -> None:
    chart = chart_of([plotted(0, 0), plotted(1, 1), plotted(2, 2)], STAGES)
    assert [mark.y for mark in chart.marks] == [2.5, 1.5, 0.5]
    assert chart.stages == STAGES[::-1]


def test_a_name_of_a_stage_too_long_for_its_place_is_cut() -> None:
    names = chart_of([plotted(0, 0)], ["Beginnings of everything that is meant", "Low"]).stages
    assert names == ["Low", "Beginnings of everything…"]


def test_a_range_reaches_from_the_floor_to_the_ceiling() -> None:
    (mark,) = chart_of([plotted(0, 0, 2)], STAGES).marks
    assert mark.y - mark.top == 2


def test_another_version_is_marked_where_it_begins_and_its_step_is_dashed() -> None:
    chart = chart_of([plotted(0, 0), plotted(10, 1, rubric_changed=True), plotted(20, 1)], STAGES)
    assert chart.versions == [chart.marks[1].x]
    assert [line.is_dashed for line in chart.lines] == [True, False]


def test_one_day_alone_stands_in_the_middle() -> None:
    marks = chart_of([plotted(0, 0), plotted(0, 1)], STAGES).marks
    assert {mark.x for mark in marks} == {(LEFT + RIGHT) / 2}


@pytest.mark.parametrize(("em", "roomy"), [(NARROW, False), (WIDE, True)])
@given(days=st.lists(st.integers(0, 5000), min_size=2, max_size=40))
def test_labels_of_days_never_overlap_on_a_phone_or_in_a_wide_window(em: float, roomy: bool, days: list[int]) -> None:
    chart = chart_of([plotted(day, 0) for day in sorted(days)], STAGES)
    there = [label for label in chart.days if roomy or not label.is_roomy]
    spans = sorted(label_span(label.at, label.words, em) for label in there)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert there[-1].at == chart.marks[-1].x
    assert all(LEFT <= mark.x <= RIGHT for mark in chart.marks)


def test_twelve_years_are_all_named_in_a_wide_window() -> None:
    days = [date(2015 + place, 11, 9) for place in range(12)]
    labels = chart_of([Plotted(day, str(day.year), 0, 0, HEARD, False) for day in days], STAGES).days
    assert [label.words for label in labels] == [str(day.year) for day in days]


def test_a_theme_is_drawn_from_nothing_to_everything_and_leaves_out_what_does_not_apply() -> None:
    days = [FIRST, FIRST + timedelta(days=10), FIRST + timedelta(days=20)]
    chart = small_chart(days, [0.0, None, 1.0])
    assert chart.points == [(chart.left, chart.bottom), (chart.right, chart.top)]
