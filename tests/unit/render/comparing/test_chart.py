"""The chart of a series: to scale, from the lowest stage up, and without labels on top of each other."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from involve_audit.render.comparing.chart import (
    LABEL,
    LEFT,
    RIGHT,
    STEP,
    VERSION,
    WIDTH,
    Plotted,
    chart_of,
    small_chart,
)
from involve_audit.render.lettering import ems

VERSIONS = ["1.0.0", "1.1.0", "2.0.0 (riverside-trust)", "9" * 90, "W" * 90]
STAGES = ["Low", "High", "Top"]
FIRST = date(2020, 1, 1)


def plotted(day: int, floor: int | None, ceiling: int | None = None, version: str = "1.0.0") -> Plotted:
    return Plotted(FIRST + timedelta(days=day), floor, floor if ceiling is None else ceiling, True, version, False)


def test_days_stand_as_far_apart_as_they_were_in_time() -> None:
    marks = chart_of([plotted(0, 0), plotted(100, 0), plotted(400, 0)], STAGES).marks
    gaps = [round(marks[1].x - marks[0].x, 1), round(marks[2].x - marks[1].x, 1)]
    assert abs(gaps[1] - 3 * gaps[0]) < 0.5


def test_the_lowest_stage_is_at_the_bottom_and_every_step_is_as_high() -> None:
    chart = chart_of([plotted(0, 0), plotted(1, 1), plotted(2, 2)], STAGES)
    heights = [mark.y for mark in chart.marks]
    assert heights[0] == chart.floor_y
    assert heights == [chart.floor_y, chart.floor_y - STEP, chart.floor_y - 2 * STEP]
    assert [(label.at, label.words) for label in chart.stages] == list(zip(heights, STAGES, strict=True))


def test_the_name_of_a_stage_is_cut_where_a_wide_font_might_not_have_room_for_it() -> None:
    names = [label.words for label in chart_of([plotted(0, 0)], ["Beginnings", "Wwwwwwwwwwwww", "llllllllllll"]).stages]
    assert names == ["Beginnings", "Wwwwww…", "llllllllllll"]
    assert all(LABEL * ems(name) <= LEFT for name in names)


def test_a_range_reaches_from_the_floor_to_the_ceiling() -> None:
    (mark,) = chart_of([plotted(0, 0, 2)], STAGES).marks
    assert mark.y - mark.top == 2 * STEP


def test_another_version_is_marked_where_it_begins_and_its_step_is_dashed() -> None:
    audits = [
        plotted(0, 0),
        plotted(10, 1, version="1.1.0")._replace(rubric_changed=True),
        plotted(20, 1, version="1.1.0"),
    ]
    chart = chart_of(audits, STAGES)
    assert [(label.words, label.at) for label in chart.versions] == [
        ("1.0.0", chart.marks[0].x),
        ("1.1.0", chart.marks[1].x),
    ]
    assert [line.is_dashed for line in chart.lines] == [True, False]


@given(st.lists(st.tuples(st.integers(0, 900), st.sampled_from(VERSIONS))))
def test_names_of_versions_stay_on_the_chart_and_never_overlap(audits: list[tuple[int, str]]) -> None:
    audits = sorted([*audits, (1000, "1.0.0")])
    plots = [plotted(day, 0, version=version) for day, version in audits]
    anew = [plots[0], *(now._replace(rubric_changed=now.version != then.version) for then, now in pairwise(plots))]
    chart = chart_of(anew, STAGES)
    assert len(chart.versions) == 1 + sum(one[1] != other[1] for one, other in pairwise(audits))
    spans: dict[int, list[tuple[float, float]]] = {0: [], 1: []}
    for mark in chart.versions:
        width = VERSION * ems(mark.words)
        if mark.words:
            spans[mark.row].append((mark.at - width, mark.at) if mark.is_before else (mark.at, mark.at + width))
    for row in spans.values():
        assert all(start >= 0 and end <= WIDTH for start, end in row)
        assert all(end <= start for (_, end), (start, _) in pairwise(sorted(row)))
    assert chart.versions[0].words


def test_one_day_alone_stands_in_the_middle() -> None:
    marks = chart_of([plotted(0, 0), plotted(0, 1)], STAGES).marks
    assert {mark.x for mark in marks} == {(LEFT + RIGHT) / 2}


@given(st.lists(st.integers(0, 5000), min_size=2, max_size=40))
def test_labels_of_days_never_overlap_and_the_last_is_always_there(days: list[int]) -> None:
    chart = chart_of([plotted(day, 0) for day in sorted(days)], STAGES)
    spans = [(label.at - room, label.at + room) for label in chart.days for room in [LABEL * ems(label.words) / 2]]
    assert all(end < start for (_, end), (start, _) in pairwise(spans))
    assert all(start >= 0 and end <= WIDTH for start, end in spans)
    assert chart.days[-1].at == chart.marks[-1].x
    assert all(LEFT <= mark.x <= RIGHT for mark in chart.marks)


def test_a_theme_is_drawn_from_nothing_to_everything_and_leaves_out_what_does_not_apply() -> None:
    days = [FIRST, FIRST + timedelta(days=10), FIRST + timedelta(days=20)]
    chart = small_chart(days, [0.0, None, 1.0])
    assert chart.points == [(chart.left, chart.bottom), (chart.right, chart.top)]
