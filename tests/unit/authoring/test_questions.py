"""The two indices tell plain from hard, and nothing makes them fall over."""

from __future__ import annotations

import pytest

from involve_audit.authoring.questions import ari, lix, longest_words, reading_age

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
