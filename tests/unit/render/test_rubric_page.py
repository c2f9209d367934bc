"""A rubric for people: every question with its help in files, the rule in every format, text as text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.unit.engine.building import gate, item, load, rubric_text

from involve_audit.loading.rubric import load_rubric
from involve_audit.model.rubric import Sourced
from involve_audit.render.formats import RUBRIC
from involve_audit.render.options import Options
from involve_audit.render.rubric_page import RubricPage

SHAPES = Path(__file__).parents[2] / "shapes"
RENDER = {form.name: form.render for form in RUBRIC.formats}
READY = RubricPage(load_rubric(str(SHAPES / "ready-to-open.yaml")), Options())
NASTY = "<script>alert(1)</script> [/b] | \x1b[31m ](javascript:x) `code` *a*"


@pytest.fixture(params=sorted(RENDER))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_question_and_condition_is_in_every_format(name: str) -> None:
    text = " ".join(re.sub(r"<[^>]+>", " ", RENDER[name](READY)).split())
    for question in READY.rubric.items:
        assert question.ask in text.replace("&#39;", "'")
    for stage in READY.stages:
        for condition in stage.conditions:
            assert condition.words in text.replace("\\", "")


@pytest.mark.parametrize("name", ["html", "markdown"])
def test_files_have_the_help_with_every_question(name: str) -> None:
    text = RENDER[name](READY).replace("\\", "")
    for question in READY.rubric.items:
        for line in (*question.yes_looks_like, *question.not_enough, *question.who_to_ask, question.next_step):
            assert line in text.replace("&#39;", "'")
    assert "Could you eat here if you had no money?" in text
    assert "A full yes here limits “2. Two ways out”." in text
    assert "It does not apply when:" in text


def test_questions_stand_under_their_themes_in_order() -> None:
    found = [(theme, [question.title for question in questions]) for theme, questions in READY.themes]
    assert found == [
        ("The place", ["1. Clean water", "2. Two ways out", "3. A fridge that is cold enough", "7. Knives lie about"]),
        (
            "The people",
            ["4. A rota for four weeks", "5. The menu is made together", "6. Nobody is turned away for money"],
        ),
    ]
    assert [question.title for question in READY.anti_patterns] == ["8. One person does it all"]


def test_what_a_rubric_does_not_have_leaves_no_empty_heading() -> None:
    page = RubricPage(load_rubric(str(SHAPES / "quiet-evenings.yaml")), Options())
    text = RENDER["markdown"](page)
    assert "Who answers" not in text
    assert "What looks right but is not" not in text
    assert "- **Every day**: 1\n- **Most days**: 0.8\n" in text


def test_an_option_kept_for_some_kinds_says_so() -> None:
    page = RubricPage(load_rubric("service-user-leadership-spectrum"), Options())
    assert dict(page.answers)["Planned"].startswith("0 (only for achievements)")


def test_text_of_a_rubric_stays_text(name: str) -> None:
    items = [item("a", ask=NASTY, title=NASTY, yes_looks_like=[NASTY], next_step=NASTY), item("t", "anti-pattern")]
    rubric = load(rubric_text(items, {"high": [gate("share", ["a"], at_least="50%", because=NASTY)]}, title=NASTY))
    text = RENDER[name](RubricPage(Sourced(rubric, "r.yaml", "0" * 64), Options()))
    assert "\x1b" not in text
    if name != "text":
        assert "<script>" not in text
    if name == "markdown":
        assert re.search(r"(?<!\\)\]\(javascript", text) is None
        assert "`code`" not in text


def test_the_terminal_keeps_to_its_width_and_hangs_its_bullets() -> None:
    page = RubricPage(READY.found, Options(width=50))
    lines = RENDER["text"](page).splitlines()
    assert max(map(len, lines)) <= 50
    place = next(number for number, line in enumerate(lines) if line.startswith("   - At least two thirds"))
    assert lines[place + 1].startswith("     ")


def test_how_answers_count_is_said_in_the_words_of_the_scale() -> None:
    page = RubricPage(load_rubric(str(SHAPES / "quiet-evenings.yaml")), Options())
    assert "An achievement is something to reach: “Every day” is the good answer." in page.counting
    assert "A deficit is something to leave behind: “Never” is the good answer." in page.counting
    assert "Here “Every day” is a problem, and “Never” is the good answer." in str(RENDER["text"](page))


def test_stages_that_have_numbers_in_their_names_are_not_counted_too(name: str) -> None:
    rubric = READY.rubric
    stages = [stage.changed(title=f"Level {at}", short=f"L {at}") for at, stage in enumerate(rubric.stages)]
    numbered = Sourced(rubric.changed(stages=tuple(stages)), "r.yaml", "0" * 64)
    assert not RubricPage(numbered, Options()).numbers_stages
    assert "1. Level 0" not in RENDER[name](RubricPage(numbered, Options())).replace("\\", "")
    assert READY.numbers_stages
