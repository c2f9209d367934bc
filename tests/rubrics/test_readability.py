"""The questions of the shipped rubrics stay plain enough to be read by tired people.

Two indices, computed offline. ARI (automated readability index) gives a United States school grade: grade 6 is
age 11 to 12. LIX gives a number below 30 for children's books and simple news, 40 for an ordinary newspaper.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from involve_audit.loading.rubric import load_rubric
from involve_audit.model.rubric import Rubric

RUBRICS = sorted(str(path) for path in (Path(__file__).parents[2] / "rubrics").glob("*.yaml"))

# Age 11 to 12 over all questions. One question may be harder, where a term of the source has no plainer word.
MOST_ARI, MOST_LIX, MOST_ARI_OF_ONE = 6.0, 35.0, 10.0


def words_and_sentences(text: str) -> tuple[list[str], int]:
    return re.findall(r"[\w'-]+", text), len(re.findall(r"[.?!](?:\s|$)", text))


def ari(text: str) -> float:
    words, sentences = words_and_sentences(text)
    return 4.71 * sum(map(len, words)) / len(words) + 0.5 * len(words) / sentences - 21.43


def lix(text: str) -> float:
    words, sentences = words_and_sentences(text)
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


@pytest.fixture(params=RUBRICS, ids=lambda path: Path(path).stem)
def rubric(request: pytest.FixtureRequest) -> Rubric:
    return load_rubric(request.param).content


def questions(rubric: Rubric) -> list[str]:
    return [item.ask for item in rubric.items] + [text for item in rubric.items for text in item.wording.values()]


def test_the_indices_tell_plain_from_hard() -> None:
    plain = "Do you meet? Do they act on what you say?"
    hard = "Notwithstanding organisational constraints, are governance responsibilities appropriately operationalised?"
    assert ari(plain) < 2 < 20 < ari(hard)
    assert lix(plain) < 20 < 70 < lix(hard)


def test_the_questions_together_can_be_read_at_eleven_or_twelve(rubric: Rubric) -> None:
    text = " ".join(questions(rubric))
    assert ari(text) <= MOST_ARI
    assert lix(text) <= MOST_LIX


def test_no_single_question_is_much_harder(rubric: Rubric) -> None:
    assert {question: ari(question) for question in questions(rubric) if ari(question) > MOST_ARI_OF_ONE} == {}


def test_every_question_is_one_sentence_with_one_question_mark_and_at_most_a_remark_before_it(rubric: Rubric) -> None:
    for question in questions(rubric):
        assert question.endswith("?"), question
        assert question.count("?") == 1, question
        assert words_and_sentences(question)[1] <= 2, question


def test_a_question_that_may_hurt_says_first_that_it_is_about_the_service() -> None:
    spectrum = load_rubric(next(path for path in RUBRICS if "spectrum" in path)).content
    (reach,) = (item for item in spectrum.items if item.id == "same-few-people")
    assert reach.ask.startswith("This is about how far the service reaches, and not about anyone who takes part.")
    assert all(text.startswith("This is about how far the service reaches") for text in reach.wording.values())


def test_every_item_has_all_the_help_that_a_group_needs(rubric: Rubric) -> None:
    for item in rubric.items:
        assert item.yes_looks_like, item.id
        assert item.not_enough, item.id
        assert item.who_to_ask, item.id
        assert item.next_step, item.id
        assert item.source, item.id
