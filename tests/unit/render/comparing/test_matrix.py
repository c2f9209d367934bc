"""Every answer of a series as a matrix: what it shows, and what there is no room for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from itertools import cycle

import pytest
from tests.comparisons import CHAIN, CLUB, RIVERSIDE, club_round, trend, written
from tests.unit.engine.building import gate, item, load, rubric_text, view
from tests.unit.engine.comparing.rounds import round_of
from tests.unit.engine.comparing.test_trend import ALL, RUBRIC

from involve_audit.engine.comparing.trend import trend as over_time
from involve_audit.engine.compiled import compile_rubric
from involve_audit.model.rubric import Rubric
from involve_audit.render.comparing.matrix import MOST_CELLS, MOST_LOST, MOST_ROUNDS, ON_PAPER, Sign, in_sheets
from involve_audit.render.comparing.trend_page import MOST_JUMPS, MOST_TOLD, TrendPage
from involve_audit.render.options import Options


@cache
def riverside() -> TrendPage:
    return trend(RIVERSIDE)


def series(count: int, model: Rubric = RUBRIC, *answers: dict[str, str]) -> TrendPage:
    """So many rounds, with these answers in turn."""
    compiled, given = compile_rubric(model), cycle(answers or [ALL])
    days = [date(1970, 1, 1) + timedelta(days=400 * place) for place in range(count)]
    rounds = [round_of(model, [view(compiled, next(given), ["users"])], day) for day in days]
    return TrendPage(rounds, over_time(rounds), (), (), Options())


def many(names: Sequence[str]) -> Rubric:
    """A rubric of so many questions, whose gate looks at the last one."""
    gates = {"high": [gate("points", names[-1:], at_least="1")]}
    return load(rubric_text([item(name, title=name) for name in names], gates))


def answers(page: TrendPage, title: str) -> list[Sign | None]:
    return [
        answer
        for sheet in page.matrix.sheets
        for theme in sheet.themes
        for line in theme.lines
        if line.title == title
        for answer in line.answers
    ]


def test_rounds_stand_across_with_the_stage_and_who_has_to_be_heard_on_top() -> None:
    (sheet,) = riverside().matrix.sheets
    assert sheet.rounds == ["2024", "2025", "2026"]
    assert [cell.figure for cell in sheet.stages] == ["2", "2", "2"]
    assert [(who, [cell.figure for cell in cells]) for who, cells in sheet.people] == [
        ("Answered: People who use the service", ["no", "4", "6"])
    ]


def test_questions_stand_down_by_theme_in_the_order_of_the_rubric() -> None:
    page = riverside()
    (sheet,) = page.matrix.sheets
    rubric = page.rounds[-1].rubric.content
    assert [theme.title for theme in sheet.themes][:-1] == [theme.title for theme in rubric.themes]
    assert sum(len(theme.lines) for theme in sheet.themes) == len(list(rubric.items))


def test_a_change_is_said_in_words_with_what_the_answer_means() -> None:
    said = [one.said for one in answers(riverside(), "5. Feedback can be left without action") if one]
    assert said == ["No – as it should be", "Partly – partly a problem, changed", "Yes – a problem, changed"]


def test_what_was_right_once_is_named_with_when_and_what_it_is_now() -> None:
    lost = {line.title: (line.last_right, line.now.said) for line in riverside().lost}
    assert lost["5. Feedback can be left without action"] == ("2024", "Yes – a problem")
    assert "20. Service users lead policy making" not in lost, "it is not known now"
    assert len(lost) == 6


def test_questions_of_other_versions_have_rows_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder, days = tmp_path_factory.mktemp("club"), ("2021-03-01", "2022-09-01", "2026-01-10")
    page = trend([club_round(folder, version, day) for version, day in zip(CLUB, days, strict=True)], CHAIN)
    (sheet,) = page.matrix.sheets
    assert sheet.themes[-1].title == "Not asked any more"
    assert [one and one.given.words for one in answers(page, "2. Agenda made together")] == ["Partly", "Partly", "Yes"]
    assert answers(page, "6. Budget")[0] is None


def test_a_legend_explains_every_sign_that_is_shown_and_no_other() -> None:
    page = series(2)
    assert set(page.matrix.tones) == {"best", "worst", "plain"}


@pytest.mark.parametrize("count", [1, 12, 13, 24, 25, 100])
def test_more_rounds_than_a_sheet_holds_are_split_evenly(count: int) -> None:
    sheets = in_sheets(count)
    assert [place for part in sheets for place in range(count)[part]] == list(range(count))
    sizes = [len(range(count)[part]) for part in sheets]
    assert max(sizes) <= ON_PAPER
    assert max(sizes) - min(sizes) <= 1


def test_of_very_many_rounds_the_latest_are_shown_and_the_others_counted() -> None:
    page = series(MOST_ROUNDS + 2)
    shown = [label for sheet in page.matrix.sheets for label in sheet.rounds]
    assert shown == page.labels_of_rounds[2:]
    left_out = "The first 2 audits are not in this table. A .json file has them all."
    assert page.matrix.left_out == left_out
    for name in ("html", "markdown"):
        assert left_out.replace(".json", "")[:30] in written(page, name)


def test_of_very_many_questions_fewer_rounds_are_shown() -> None:
    names = [f"i{number}" for number in range(MOST_CELLS // 8)]
    page = series(12, many(names), dict.fromkeys(names, "yes"))
    assert sum(len(sheet.rounds) for sheet in page.matrix.sheets) == 8


FORMATS = ("html", "markdown", "text")


def test_of_very_much_that_was_lost_the_latest_is_told_and_the_rest_counted() -> None:
    names = [f"i{number}" for number in range(MOST_LOST + 3)]
    best = dict.fromkeys(names, "yes")
    page = series(3, many(names), best, best | dict.fromkeys(names[:3], "no"), dict.fromkeys(names, "no"))
    assert len(page.lost) == MOST_LOST
    assert page.lost[0].title.endswith("i3"), "the first three were lost before"
    assert f"{MOST_LOST + 3} answers were as they should be once and are not now." in page.more
    assert page.lost_left_out.startswith("3 more, lost earlier, are not in this table.")
    assert all("3 more, lost earlier" in written(page, name) for name in FORMATS)


def test_of_very_many_rounds_the_tables_of_themes_have_the_latest() -> None:
    names = ["i0", "i1"]
    page = series(MOST_ROUNDS + 2, many(names), dict.fromkeys(names, "no"))
    assert [label for sheet in page.score_sheets for label in sheet.rounds] == page.labels_of_rounds[2:]
    assert all(written(page, name).count("The first 2 audits are not in this table") >= 1 for name in FORMATS)


def test_of_very_many_questions_that_changed_those_of_most_weight_are_told_and_the_rest_counted() -> None:
    names = [f"i{number}" for number in range(MOST_TOLD + 3)]
    best, worst = dict.fromkeys(names, "yes"), dict.fromkeys(names, "no")
    last = names[-1]
    page = series(3, many(names), worst | {last: "yes"}, best | {last: "no"}, worst | dict.fromkeys(names[:3], "yes"))
    told = {line.title.split()[-1] for line in page.histories}
    assert len(told) == MOST_TOLD
    assert last in told, "it keeps from the next stage"
    assert told.isdisjoint(names[:3]), "they changed least often"
    assert all("3 more questions changed." in written(page, name) for name in FORMATS)


def test_of_a_question_that_changed_very_often_the_latest_changes_are_told_and_the_others_counted() -> None:
    names = ["i0", "i1"]
    page = series(MOST_JUMPS + 4, many(names), dict.fromkeys(names, "yes"), dict.fromkeys(names, "no"))
    for line in page.histories:
        assert line.jumps[0] == "… and 3 earlier changes"
        assert len(line.jumps) == 1 + MOST_JUMPS


def test_of_very_much_that_keeps_coming_back_the_first_is_told_and_the_rest_counted() -> None:
    names = [f"i{number}" for number in range(MOST_TOLD + 3)]
    page = series(3, many(names), dict.fromkeys(names, "unknown"))
    (line,) = (line for line in page.recurring if line.title == "Still nobody knows")
    assert line.entries[-1] == "… and 3 more"
    assert len(line.entries) == MOST_TOLD + 1
