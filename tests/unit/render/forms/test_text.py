"""An empty answers file: every question is there, it is valid once filled in, and its schema completes it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML
from tests.unit.engine.building import gate, item, load, rubric_text
from tests.unit.model.test_schemas import EditorLoader

from involve_audit.loading.rubric import load_rubric
from involve_audit.loading.tree import parse_tree
from involve_audit.loading.validation import validated
from involve_audit.loading.view import AnswerRules
from involve_audit.model.rubric import Rubric
from involve_audit.model.view import View
from involve_audit.render.forms.blank import BlankForm
from involve_audit.render.forms.text import render as written
from involve_audit.render.schema import render

SHAPES = Path(__file__).parents[3] / "shapes"
TODAY = date(2026, 11, 23)
RUBRICS = {
    "spectrum": load_rubric("service-user-leadership-spectrum").content,
    **{path.stem: load_rubric(str(path)).content for path in SHAPES.glob("*.yaml")},
}


def form(rubric: Rubric, today: date, with_help: bool = False) -> str:
    return written(BlankForm(rubric, today, with_help=with_help))


def filled_in(text: str) -> str:
    assert text.count("  name:\n") == 1
    return text.replace("  name:\n", "  name: Blue House\n")


def read(rubric: Rubric, text: str) -> View:
    tree = parse_tree(text.encode(), "v.yaml")
    view, problems = validated(View, tree)
    assert problems + AnswerRules(rubric).problems(tree) == []
    assert view
    return view


@pytest.mark.parametrize("name", RUBRICS)
@pytest.mark.parametrize("with_help", [False, True])
def test_with_the_subject_filled_in_it_is_a_valid_view_of_nothing_but_open_questions(
    name: str, with_help: bool
) -> None:
    rubric = RUBRICS[name]
    view = read(rubric, filled_in(form(rubric, TODAY, with_help)))
    assert view.rubric == f"{rubric.id}@{rubric.version}"
    assert view.date == TODAY
    assert list(view.answers) == [item.id for item in rubric.items], "the order of their numbers"
    assert {answer.answer for answer in view.answers.values()} == {None}
    assert view.present == {}


def test_every_question_stands_above_its_answer_with_the_answers_that_it_can_have() -> None:
    text = form(RUBRICS["spectrum"], TODAY)
    assert (
        """
  # 14. Are user groups here getting ready to be independent of the service?
  # Answers: yes, partly, planned, no, not-applicable, unknown
  groups-preparing-for-independence:
"""
        in text
    )
    assert (
        """
  # 5. Are staff free to do nothing about what people tell them?
  # Answers: yes, partly, no, unknown
  feedback-need-not-be-acted-on:
"""
        in text
    )


def test_the_help_is_there_where_it_was_asked_for() -> None:
    rubric = RUBRICS["ready-to-open"]
    assert "# - It was tested this year." in form(rubric, TODAY, with_help=True)
    assert "It was tested this year" not in form(rubric, TODAY)
    assert "# - Who has a key?" in form(rubric, TODAY, with_help=True)


def test_the_examples_in_its_comments_are_valid_answers() -> None:
    rubric = RUBRICS["spectrum"]
    text = filled_in(form(rubric, TODAY))
    example = text[text.index("#   the-question:") : text.index("# “not-applicable”")]
    aside = text[text.index("#   the-question: {answer: not") : text.index("answers:\n")]
    lines = example.replace("#   the-question", "  governance-led").replace("#   ", "  ")
    lines += aside.replace("#   the-question", "  hosted-to-independence")
    head = text[: text.index("answers:\n")]
    view = read(rubric, f"{head}answers:\n{lines}".replace("# audit:", "audit:"))
    assert view.audit == f"my-service-{TODAY}", "as a session names it"
    assert view.answers["governance-led"].evidence
    assert view.answers["hosted-to-independence"].reason


def test_a_rubric_that_asks_nobody_who_they_are_has_no_respondents() -> None:
    assert "respondents" not in form(RUBRICS["quiet-evenings"], TODAY)


def test_text_of_a_rubric_cannot_leave_its_comment() -> None:
    items = [item("a", ask="First line\nsecond: line\u2028third \x1b[31m", title="T")]
    rubric = load(
        rubric_text(
            items,
            {"high": [gate("share", ["a"], at_least="50%")]},
            title="T\n- x: [",
            themes=[{"id": "theme", "title": "V\nw: ["}],
        )
    )
    text = form(rubric, TODAY, with_help=True)
    assert list(read(rubric, filled_in(text)).answers) == ["a"]
    assert "\x1b" not in text


@pytest.mark.parametrize("name", RUBRICS)
def test_the_schema_of_one_rubric_accepts_its_form_and_refuses_what_the_rubric_does_not_know(name: str) -> None:
    rubric = RUBRICS[name]
    schema = json.loads(render("answers", rubric))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    data = yaml.load(filled_in(form(rubric, TODAY)), EditorLoader)
    assert [error.message for error in validator.iter_errors(data)] == []
    first = next(iter(data["answers"]))
    word = rubric.scale[0].id
    for good in (word, {"answer": word, "note": "n"}, "unknown", None):
        assert validator.is_valid(data | {"answers": {first: good}})
    for bad in ("pertly", {"answer": "pertly"}, {"anwser": word}):
        assert not validator.is_valid(data | {"answers": {first: bad}})
    assert not validator.is_valid(data | {"answers": {"no-such-question": word}})


def test_options_that_are_numbers_may_be_written_as_numbers() -> None:
    scale = [{"id": "0", "value": 0}, {"id": "5", "value": 1}]
    items = [item("a")]
    rubric = load(rubric_text(items, {"high": [gate("share", ["a"], at_least="50%")]}, scale=scale, limit_to="0"))
    validator = Draft202012Validator(json.loads(render("answers", rubric)))
    data = yaml.load(filled_in(form(rubric, TODAY)), EditorLoader) | {"answers": {"a": 5}}
    assert validator.is_valid(data)


def test_every_reader_of_yaml_reads_the_form_as_text() -> None:
    items = [item(name) for name in ("no", "null", "1e5", "2026-11-22", "0o7")]
    names = [entry["id"] for entry in items]
    perspectives = [{"id": "on", "title": "T"}, {"id": "123", "title": "T"}]
    gates = {"high": [gate("share", names, at_least="50%")]}
    text = form(load(rubric_text(items, gates, id="1e5", perspectives=perspectives)), TODAY)
    for found in (yaml.safe_load(text), YAML(typ="safe", pure=True).load(text)):
        assert list(found["answers"]) == names
        assert found["respondents"] == {"on": 0, "123": 0}
        assert (found["date"], found["rubric"]) == (str(TODAY), "1e5@1.0.0")
    example = "\n".join(line[2:] for line in text.splitlines() if line.startswith("#   "))
    assert 'answer: "yes"' in example
    assert 'date: "2026-11-22"' in example


def test_what_a_yes_means_is_said_where_it_turns_and_nowhere_else() -> None:
    text = form(RUBRICS["spectrum"], TODAY)
    turns = [line for line in text.splitlines() if line.startswith("  # ===")]
    assert turns == [
        "  # === Here “Yes” is a beginning: neither good nor bad by itself. ===",
        "  # === Here “Yes” is a problem, and “No” is the good answer. ===",
        "  # === Here “Yes” is the good answer. ===",
        "  # === Here “Yes” is a problem, and “No” is the good answer. ===",
    ]
    assert text.index(turns[2]) < text.index("  # 10. ") < text.index("  # 26. ") < text.rindex(turns[3])


def test_an_answer_whose_id_is_another_word_is_shown_with_its_title() -> None:
    rubric = RUBRICS["spectrum"]
    scale = tuple(one.changed(title="Now\n and then") if one.id == "partly" else one for one in rubric.scale)
    text = form(rubric.changed(scale=scale), TODAY)
    assert "# Answers: yes, partly (Now and then), no, unknown" in text
