"""What came back on paper, typed: any rubric has a letter for each answer, and what comes out is a view of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.shapes.large import large_rubric
from tests.unit.asking.rooms import TODAY, FakeTalk, Kept

from involve_audit.asking.draft import Draft
from involve_audit.asking.paper_form import PaperForm
from involve_audit.asking.prompts import meaning
from involve_audit.loading.rubric import load_rubric, parse_rubric
from involve_audit.loading.view import AnswerRules, read_view
from involve_audit.model.rubric import Rubric
from involve_audit.model.spelling import Spelling
from involve_audit.model.view import NOT_APPLICABLE

SHAPES = Path(__file__).parents[2] / "shapes"
SHIPPED = ("service-user-leadership-spectrum", "co-production-steps")
RUBRICS = [
    *(load_rubric(name).content for name in SHIPPED),
    *(load_rubric(str(path)).content for path in sorted(SHAPES.glob("*.yaml"))),
    (LARGE := parse_rubric(large_rubric().encode(), "village-hall.yaml").content).changed(
        indicators=LARGE.indicators[::5], anti_patterns=LARGE.anti_patterns[::5]
    ),
]


@pytest.mark.parametrize("rubric", RUBRICS, ids=lambda rubric: rubric.id)
def test_a_letter_means_one_answer_and_nothing_else_wherever_answers_are_typed(rubric: Rubric) -> None:
    spelling = Spelling(rubric)
    assert sorted(spelling.letters.values()) == sorted(spelling.titles), "each answer has one here"
    for letter, answer in spelling.letters.items():
        understood = meaning(letter, spelling)
        assert not understood.command
        assert set(understood.answers) <= {answer}


@pytest.mark.parametrize("rubric", RUBRICS, ids=lambda rubric: rubric.id)
def test_every_answer_of_every_question_can_be_typed_and_is_kept_as_a_valid_view(rubric: Rubric) -> None:
    by_answer = {answer: letter for letter, answer in Spelling(rubric).letters.items()}
    wanted = {
        item.id: rubric.answers_to(item)[place % len(rubric.answers_to(item))]
        for place, item in enumerate(rubric.items)
    }
    typed = ["", *["1"] * len(rubric.perspectives)]
    for answer in wanted.values():
        typed += [by_answer[answer], *["So it says."] * (answer == NOT_APPLICABLE)]
    talk, kept = FakeTalk([*typed, ""]), Kept()
    draft = Draft(rubric.reference, "Blue House")
    PaperForm(rubric, draft, talk, kept.save, TODAY).run()
    listed = any(line.startswith(f"  {by_answer[NOT_APPLICABLE]}  ") for line in talk.said)
    assert listed == any(item.not_applicable_when for item in rubric.items)
    read = read_view(kept.texts[-1].encode(), "view.yaml", TODAY)
    assert not [*read.problems, *AnswerRules(rubric).problems(read.tree)]
    assert read.source is not None
    assert {item: answer.answer for item, answer in read.source.content.answers.items()} == wanted
