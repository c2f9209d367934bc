"""The two indices tell plain from hard, and nothing makes them fall over."""

from __future__ import annotations

import re
from collections import Counter
from math import log
from random import Random

import pytest
from tests.unit.authoring.conftest import findings
from tests.unit.engine.building import gate, item, rubric_text

from involve_audit.authoring.questions import MOST_HELD_AGAINST, alike, ari, lix, longest_words, reading_age

PLAIN = "Do you meet? Do they act on what you say?"
HARD = "Notwithstanding organisational constraints, are governance responsibilities appropriately operationalised?"


def test_plain_words_come_out_below_hard_ones() -> None:
    assert ari(PLAIN) < 2 < 20 < ari(HARD)
    assert lix(PLAIN) < 20 < 70 < lix(HARD)


def test_the_known_figures_of_a_short_text() -> None:
    """Ten words of 25 letters in two sentences, none longer than six letters."""
    text = "We all met on a wet day. It was fun."
    assert ari(text) == pytest.approx(4.71 * 25 / 10 + 0.5 * 10 / 2 - 21.43)
    assert lix(text) == pytest.approx(10 / 2)


@pytest.mark.parametrize("text", ["", "?", "…", "42", "Wort"])
def test_a_text_of_next_to_nothing_has_figures_too(text: str) -> None:
    assert isinstance(ari(text) + lix(text), float)


def test_a_grade_is_told_as_an_age_and_the_longest_words_are_named() -> None:
    assert reading_age(6.2) == 12
    assert longest_words(HARD) == ["responsibilities", "Notwithstanding", "operationalised"]
    assert longest_words(PLAIN) == []


def test_each_question_that_is_like_an_earlier_one_is_told_once_and_no_other() -> None:
    chance = Random(1)
    for _ in range(40):
        words = [f"w{number}" for number in range(chance.choice((6, 12, 40)))]
        texts = {f"q{place}": " ".join(chance.sample(words, chance.randint(0, 6))) for place in range(40)}
        found = list(alike(texts, []))
        pairs = _alike_in_every_pair(texts)
        assert set(found) <= pairs
        assert [name for _one, name in found] == [name for name in texts if any(other == name for _one, other in pairs)]


def _alike_in_every_pair(texts: dict[str, str]) -> set[tuple[str, str]]:
    words = {name: set(re.findall(r"\w+", text)) for name, text in texts.items()}
    used = Counter(word for its_words in words.values() for word in its_words)

    def worth(some: set[str]) -> float:
        return sum(log(1 + len(texts) / used[word]) for word in some)

    pairs = [(one, other) for place, one in enumerate(texts) for other in list(texts)[place + 1 :]]
    return {
        (one, other)
        for one, other in pairs
        if worth(words[one] & words[other]) >= 0.8 * worth(words[one] | words[other]) > 0
    }


def test_of_a_thousand_questions_with_the_same_words_each_is_told_once() -> None:
    assert len(list(alike(dict.fromkeys(map(str, range(1_000)), "Is it there?"), []))) == 999


def test_of_very_many_questions_with_the_same_few_words_some_are_held_against_each_other_and_it_is_said() -> None:
    few, chance = [f"word{number}" for number in range(20)], Random(1)
    texts = {f"q{place}": " ".join(chance.sample(few, 10)) for place in range(MOST_HELD_AGAINST * 2)}
    cut_off: list[str] = []
    list(alike(texts, cut_off))
    assert cut_off
    assert set(cut_off).isdisjoint(list(texts)[: MOST_HELD_AGAINST + 1])


def test_an_author_is_told_of_questions_that_were_not_held_against_all_others() -> None:
    few, chance = [f"word{number}" for number in range(20)], Random(1)
    names = [f"q{number}" for number in range(MOST_HELD_AGAINST * 2)]
    items = [item(name, ask=f"{' '.join(chance.sample(few, 10))}?") for name in names]
    text = rubric_text(items, {"high": [gate("share", names, at_least="50%")]}).decode()
    (said,) = (found.problem.what for found in findings(text) if "with so many others" in found.problem.what)
    assert said.endswith(f"each was held against {MOST_HELD_AGAINST} of them only")
