"""What is near to a misspelt word, and which words there are."""

from __future__ import annotations

from involve_audit.errors import one_of, suggestion


def test_a_near_word_is_suggested_whatever_its_case() -> None:
    assert suggestion("pary", ["yes", "partly", "no"]) == "Did you mean `partly`?"
    assert suggestion("PARTLY", ["yes", "partly", "no"]) == "Did you mean `partly`?"


def test_where_nothing_is_near_the_few_possible_words_are_listed() -> None:
    assert suggestion("tea", ["yes", "no"]) == "It can be `yes` or `no`."
    assert suggestion("tea", ["yes"]) == "It can be `yes`."


def test_where_nothing_is_near_and_the_words_are_many_or_none_nothing_is_suggested() -> None:
    assert suggestion("tea", [f"number-{n}" for n in range(13)]) == ""
    assert suggestion("tea", []) == ""


def test_what_is_not_text_can_be_held_against_words() -> None:
    assert suggestion(None, ["yes", "no"]) == "It can be `yes` or `no`."


def test_words_are_joined_as_in_a_sentence() -> None:
    assert one_of(["a"]) == "`a`"
    assert one_of(["a", "b", "c"]) == "`a`, `b` or `c`"
